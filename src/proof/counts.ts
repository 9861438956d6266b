import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { OrgPort } from '../org/port.js';
import { countQuestions, totalsFrom, type Totals } from './proof-questions.js';

/** Rows of every object on both sides of its flag, as whoever the port belongs to sees them. */
export async function countRows(subjects: readonly ProofSubject[], port: OrgPort): Promise<readonly Totals[]> {
  const questions = subjects.map(countQuestions);
  const answers = await port.countAll(questions.flat());
  const counts = answers.map((answer) => (answer.ok ? answer.value : 'not counted')).values();
  return questions.map((ofSubject) => totalsFrom(ofSubject.map(() => counts.next().value ?? 'not counted')));
}
