import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { OrgPort } from '../org/port.js';
import { countQueries } from './queries.js';

/** Null: not filtered by a flag, refused, or not counted in time. */
export type Totals = { readonly flagged: number | null; readonly unflagged: number | null };

const countTimeoutMs = 100_000;

/** Rows of every object on both sides of its flag, as whoever the port belongs to sees them. */
export async function countRows(subjects: readonly ProofSubject[], port: OrgPort): Promise<readonly Totals[]> {
  const queries = subjects.map((subject) => countQueries(subject));
  const answers = await port.countAll(queries.flat().map((soql) => ({ soql, timeoutMs: countTimeoutMs })));
  const numbers = answers.map((answer) => (answer.ok && answer.value !== 'not counted' ? answer.value : null));
  let next = 0;
  return queries.map((ofSubject): Totals => {
    const mine = numbers.slice(next, (next += ofSubject.length));
    const [first = null, second = null] = mine;
    return ofSubject.length === 1 ? { flagged: null, unflagged: first } : { flagged: first, unflagged: second };
  });
}
