import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { OrgPort } from '../org/port.js';
import type { Cause, Explanation } from '../planning/verification.js';
import { withoutAccount } from './queries.js';
import { forIds, idsIn, rowsOfAll } from './reading.js';
import { proofTexts } from './texts.js';
import { traceCauses } from './tracing.js';

/** Records by cause, each of them with one cause: the first that applies. */
export type Causes = ReadonlyMap<Cause, CauseCount>;
export type CauseCount = { readonly count: number; readonly examples: readonly string[]; readonly detail: string };

const mostExamples = 5;
const expectedCauses: ReadonlySet<Cause> = new Set(['implicitParent', 'accountRule', 'noAccount']);

/** Why the user sees rows that nobody flagged. */
export async function explainVisible(subject: ProofSubject, ids: readonly string[], port: OrgPort): Promise<Causes> {
  if (ids.length === 0) return new Map();
  const global = globalCause(subject);
  if (global !== null) return new Map([[global.cause, counted(ids, global.detail)]]);
  const found = new Map<string, { readonly cause: Cause; readonly detail: string }>();
  await traceCauses(subject, ids, port, (id, cause, detail = '') => void found.set(id, { cause, detail }));
  return grouped(ids, found);
}

/** Why the user doesn't see rows that are flagged. */
export async function explainHidden(subject: ProofSubject, ids: readonly string[], port: OrgPort): Promise<Causes> {
  if (ids.length === 0) return new Map();
  // Sharing rules don't reach contacts without an account (Help, "Contacts: Sharing Considerations").
  const orphans =
    subject.sobject === 'Contact'
      ? idsIn((await rowsOfAll(port, [forIds(ids, (chunk) => withoutAccount(subject, chunk))])).flat())
      : [];
  const isOrphan = new Set(orphans);
  const others = ids.filter((id) => !isOrphan.has(id));
  return new Map<Cause, CauseCount>([
    ...(orphans.length === 0 ? [] : [['noAccount', counted(orphans, '')] as const]),
    ...(others.length === 0 ? [] : [['unexplained', counted(others, '')] as const]),
  ]);
}

/** Something that shows every row, so that no row needs an explanation of its own. */
export function globalCause(subject: ProofSubject): { readonly cause: Cause; readonly detail: string } | null {
  if (subject.seesEverything.length > 0) return { cause: 'viewAll', detail: subject.seesEverything.join(', ') };
  if (subject.openDefault !== null) return { cause: 'organizationWideDefault', detail: subject.openDefault };
  return null;
}

/** Rows that were counted, but of which nothing could be learned, have no explanation: they are not forgotten. */
export function withUnexplained(causes: Causes, rows: number): Causes {
  const rest = rows - [...causes.values()].reduce((sum, { count }) => sum + count, 0);
  if (rest <= 0) return causes;
  const known = causes.get('unexplained') ?? counted([], '');
  return new Map(causes).set('unexplained', { ...known, count: known.count + rest });
}

export function toExplanations(
  subject: ProofSubject,
  records: Explanation['records'],
  causes: Causes,
): readonly Explanation[] {
  return [...causes].map(([cause, { count, examples, detail }]) => ({
    cause,
    records,
    count,
    expected: subject.flagField === null || expectedCauses.has(cause),
    message: proofTexts.getMessage(`${records}.${cause}`, [
      countText(subject, records, count),
      subject.sobject,
      detail,
    ]),
    examples,
  }));
}

function countText({ flagField }: ProofSubject, records: Explanation['records'], count: number): string {
  const kind = records === 'hiddenFlagged' ? 'flagged' : flagField === null ? 'any' : 'unflagged';
  return proofTexts.getMessage(`count.${kind}${count === 1 ? '.one' : ''}`, [count]);
}

export function counted(ids: readonly string[], detail: string): CauseCount {
  return { count: ids.length, examples: ids.slice(0, mostExamples), detail };
}

function grouped(
  ids: readonly string[],
  found: ReadonlyMap<string, { readonly cause: Cause; readonly detail: string }>,
): Causes {
  const groups = new Map<Cause, { readonly ids: string[]; readonly details: Set<string> }>();
  for (const id of ids) {
    const { cause, detail } = found.get(id) ?? { cause: 'unexplained', detail: '' };
    const group = groups.get(cause) ?? { ids: [], details: new Set<string>() };
    groups.set(cause, group);
    group.ids.push(id);
    if (detail !== '') group.details.add(detail);
  }
  return new Map(
    [...groups].map(([cause, group]) => [cause, counted(group.ids, [...group.details].sort().join(', '))]),
  );
}
