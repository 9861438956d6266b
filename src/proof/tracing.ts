import type { ProofSubject } from '../features/verification/proof-subjects.js';
import { shareColumns } from '../features/verification/share-objects.js';
import type { Row } from '../observation/question.js';
import { textAt } from '../observation/row.js';
import type { OrgPort } from '../org/port.js';
import type { Cause } from '../planning/verification.js';
import {
  accountsOf,
  childShares,
  childSharesBelow,
  ownersOf,
  sharesOf,
  sharesWithSubordinates,
  usersInRoles,
  withFlaggedAccount,
} from './queries.js';
import { forIds, idsIn, rowsOfAll } from './reading.js';
import { causeOf } from './row-cause.js';

/** A record, why it is visible, and through what. */
export type Note = (id: string, cause: Cause, detail?: string) => void;

/** Objects whose visible records show their Account as well, and that come with it (Help, "Sharing Across Objects"). */
const childrenOfAccount: readonly string[] = ['Contact', 'Opportunity', 'Case'];

/** Asks for all causes that stand on their own at once, and for those that follow from other records where none was found. */
export async function traceCauses(
  subject: ProofSubject,
  ids: readonly string[],
  port: OrgPort,
  note: Note,
): Promise<void> {
  const found = new Set<string>();
  const left = (): readonly string[] => ids.filter((id) => !found.has(id));
  const noteFirst: Note = (id, cause, detail) => {
    if (found.has(id)) return;
    found.add(id);
    note(id, cause, detail);
  };
  await noteOwn(subject, ids, port, noteFirst);
  if (subject.sobject === 'Account') await noteParents(subject, left(), port, noteFirst);
  if (childrenOfAccount.includes(subject.sobject)) await noteChildren(subject, left(), port, noteFirst);
}

/** What a person or a rule did explains more than what follows from it, so owners come before shares. */
async function noteOwn(subject: ProofSubject, ids: readonly string[], port: OrgPort, note: Note): Promise<void> {
  const hasSubordinates = subject.subordinateRoleIds.length > 0;
  const [owners, shares, sharesBelow, related, subordinates] = await rowsOfAll(port, [
    forIds(ids, (chunk) => ownersOf(subject, chunk)),
    forIds(ids, (chunk) => sharesOf(subject, chunk)),
    hasSubordinates ? forIds(ids, (chunk) => sharesWithSubordinates(subject, chunk)) : [],
    subject.comesWithFlagged === null ? [] : forIds(ids, (chunk) => withFlaggedAccount(subject, chunk)),
    hasSubordinates ? [usersInRoles(subject.subordinateRoleIds)] : [],
  ] as const);
  noteOwners(subject, owners, new Set(idsIn(subordinates)), note);
  noteShares(subject, shares, sharesBelow, note);
  for (const id of idsIn(related)) note(id, 'accountRule');
}

function noteOwners(
  { userId, groupNames }: ProofSubject,
  rows: readonly Row[],
  subordinates: ReadonlySet<string>,
  note: Note,
): void {
  for (const row of rows) {
    const owner = textAt(row, 'OwnerId') ?? '';
    const id = textAt(row, 'Id') ?? '';
    if (owner === userId) note(id, 'owner');
    else if (subordinates.has(owner)) note(id, 'subordinateOwner');
    else if (groupNames.has(owner)) note(id, 'queue', groupNames.get(owner));
  }
}

function noteShares(subject: ProofSubject, rows: readonly Row[], below: readonly Row[], note: Note): void {
  const { record } = shareColumns(subject.sobject);
  for (const row of rows.toSorted((a, b) => Number(isImplicit(a)) - Number(isImplicit(b)))) {
    const through = subject.groupNames.get(textAt(row, 'UserOrGroupId') ?? '') ?? '';
    note(textAt(row, record) ?? '', causeOf(textAt(row, 'RowCause') ?? ''), through);
  }
  for (const row of below) note(textAt(row, record) ?? '', 'subordinateOwner');
}

/**
 * Salesforce need not store the shares of parents: then a child that the user owns or got tells. That a child is visible does not:
 * with an open account everything below it is. Nor do children controlled by their parent or open to all, which have no such shares
 * (Help, "Sharing Across Objects").
 */
async function noteParents(subject: ProofSubject, ids: readonly string[], port: OrgPort, note: Note): Promise<void> {
  if (ids.length === 0) return;
  const hasSubordinates = subject.subordinateRoleIds.length > 0;
  const children = await rowsOfAll(
    port,
    childrenOfAccount.flatMap((child) => [
      forIds(ids, (chunk) => childShares(child, subject, chunk)),
      hasSubordinates ? forIds(ids, (chunk) => childSharesBelow(child, subject, chunk)) : [],
    ]),
  );
  for (const [index, rows] of children.entries()) {
    const child = childrenOfAccount[Math.floor(index / 2)] ?? '';
    for (const row of rows) note(textAt(row, `${child}.AccountId`) ?? '', 'implicitParent', child);
  }
}

/** Whoever owns an account, or got it, has its contacts, opportunities and cases as far as role, team or share say so. */
async function noteChildren(subject: ProofSubject, ids: readonly string[], port: OrgPort, note: Note): Promise<void> {
  if (ids.length === 0) return;
  const [rows] = await rowsOfAll(port, [forIds(ids, (chunk) => accountsOf(subject, chunk))] as const);
  const accountIds = [...new Set(idsIn(rows, 'AccountId'))];
  const reached = new Set<string>();
  await noteOwn({ ...subject, sobject: 'Account', comesWithFlagged: null }, accountIds, port, (id, cause) => {
    if (cause !== 'implicitParent') reached.add(id);
  });
  for (const row of rows) {
    if (reached.has(textAt(row, 'AccountId') ?? '')) note(textAt(row, 'Id') ?? '', 'implicitChild');
  }
}

function isImplicit(row: Row): boolean {
  return (textAt(row, 'RowCause') ?? '').startsWith('Implicit');
}
