import type { ProofSubject } from '../features/verification/proof-subjects.js';
import { shareColumns } from '../features/verification/share-objects.js';
import type { Row } from '../observation/question.js';
import { textAt } from '../observation/row.js';
import type { OrgPort } from '../org/port.js';
import type { Cause, Explanation } from '../planning/verification.js';
import { childrenOf, ownersOf, sharesOf, usersInRoles, withFlaggedAccount, withoutAccount } from './queries.js';
import { idsIn, rowsForIds, rowsOrNull, visibilityOf } from './reading.js';
import { proofTexts } from './texts.js';

/** Records by cause, each of them with one cause: the first that applies. */
export type Causes = ReadonlyMap<Cause, CauseCount>;
export type CauseCount = { readonly count: number; readonly examples: readonly string[]; readonly detail: string };

const mostExamples = 5;
/** Reasons of share rows by what they mean (Object Reference, AccountShare.RowCause); the rest is shared by code. */
const causeOfRow: Readonly<Record<string, Cause>> = {
  Owner: 'queue',
  Manual: 'manual',
  Rule: 'rule',
  GuestRule: 'rule',
  Team: 'team',
  Territory: 'territory',
  TerritoryRule: 'territory',
  TerritoryManual: 'territory',
  Territory2AssociationManual: 'territory',
  ImplicitParent: 'implicitParent',
  ImplicitChild: 'implicitChild',
};
/** Objects whose visible records show their Account as well (Help, "Sharing Across Objects"). */
const childrenOfAccount = ['Contact', 'Opportunity', 'Case'] as const;
const expectedCauses: ReadonlySet<Cause> = new Set(['implicitParent', 'accountRule', 'noAccount']);

/** Why the user sees rows that nobody flagged. */
export async function explainVisible(subject: ProofSubject, ids: readonly string[], port: OrgPort): Promise<Causes> {
  if (ids.length === 0) return new Map();
  const global = globalCause(subject);
  if (global !== null) return new Map([[global.cause, counted(ids, global.detail)]]);
  const found = new Map<string, { readonly cause: Cause; readonly detail: string }>();
  const note = (id: string, cause: Cause, detail = ''): void => {
    if (!found.has(id)) found.set(id, { cause, detail });
  };
  const left = (): readonly string[] => ids.filter((id) => !found.has(id));
  await noteOwners(subject, ids, port, note);
  await noteShares(subject, left(), port, note);
  await noteRelated(subject, left(), port, note);
  if (subject.sobject === 'Account') await noteParents(subject, left(), port, note);
  for (const id of left()) note(id, 'unexplained');
  return grouped(ids, found);
}

/** Why the user doesn't see rows that are flagged. */
export async function explainHidden(subject: ProofSubject, ids: readonly string[], port: OrgPort): Promise<Causes> {
  if (ids.length === 0) return new Map();
  // Sharing rules don't reach contacts without an account (Help, "Contacts: Sharing Considerations").
  const orphans =
    subject.sobject === 'Contact'
      ? idsIn((await rowsForIds(port, ids, (chunk) => withoutAccount(subject, chunk))) ?? [])
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
  if (records === 'hiddenFlagged') return String(count);
  return proofTexts.getMessage(flagField === null ? 'count.any' : 'count.unflagged', [count]);
}

export function counted(ids: readonly string[], detail: string): CauseCount {
  return { count: ids.length, examples: ids.slice(0, mostExamples), detail };
}

export function causeOf(rowCause: string): Cause {
  return causeOfRow[rowCause] ?? 'apex';
}

type Note = (id: string, cause: Cause, detail?: string) => void;

async function noteOwners(subject: ProofSubject, ids: readonly string[], port: OrgPort, note: Note): Promise<void> {
  const owners = (await rowsForIds(port, ids, (chunk) => ownersOf(subject, chunk))) ?? [];
  const { subordinateRoleIds, groupNames } = subject;
  const below =
    subordinateRoleIds.length === 0 ? [] : ((await rowsOrNull(port, [usersInRoles(subordinateRoleIds)])) ?? []);
  const subordinates = new Set(idsIn(below));
  for (const row of owners) {
    const owner = textAt(row, 'OwnerId') ?? '';
    const id = textAt(row, 'Id') ?? '';
    if (owner === subject.userId) note(id, 'owner');
    else if (subordinates.has(owner)) note(id, 'subordinateOwner');
    else if (groupNames.has(owner)) note(id, 'queue', groupNames.get(owner));
  }
}

async function noteShares(subject: ProofSubject, ids: readonly string[], port: OrgPort, note: Note): Promise<void> {
  const { record } = shareColumns(subject.sobject);
  const shares = (await rowsForIds(port, ids, (chunk) => sharesOf(subject, chunk))) ?? [];
  // What a person or a rule did explains more than what follows from it.
  for (const row of shares.toSorted((a, b) => Number(isImplicit(a)) - Number(isImplicit(b)))) {
    const through = subject.groupNames.get(textAt(row, 'UserOrGroupId') ?? '') ?? '';
    note(textAt(row, record) ?? '', causeOf(textAt(row, 'RowCause') ?? ''), through);
  }
}

async function noteRelated(subject: ProofSubject, ids: readonly string[], port: OrgPort, note: Note): Promise<void> {
  if (subject.comesWithFlagged === null || ids.length === 0) return;
  const rows = (await rowsForIds(port, ids, (chunk) => withFlaggedAccount(subject, chunk))) ?? [];
  for (const id of idsIn(rows)) note(id, 'accountRule');
}

/** Salesforce need not store the shares of parents: then a visible child tells. */
async function noteParents(subject: ProofSubject, ids: readonly string[], port: OrgPort, note: Note): Promise<void> {
  for (const child of ids.length === 0 ? [] : childrenOfAccount) {
    const children = (await rowsForIds(port, ids, (chunk) => childrenOf(child, chunk))) ?? [];
    const { visible } = await visibilityOf(port, subject.userId, idsIn(children));
    for (const row of children) {
      if (visible.has(textAt(row, 'Id') ?? '')) note(textAt(row, 'AccountId') ?? '', 'implicitParent', child);
    }
  }
}

function isImplicit(row: Row): boolean {
  return (textAt(row, 'RowCause') ?? '').startsWith('Implicit');
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
