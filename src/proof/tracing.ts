import type { ProofSubject } from '../features/verification/proof-subjects.js';
import { shareColumns } from '../features/verification/share-objects.js';
import type { Row } from '../observation/question.js';
import { textAt } from '../observation/row.js';
import type { OrgPort } from '../org/port.js';
import type { Cause } from '../planning/verification.js';
import {
  accountsOf,
  childrenOf,
  ownersOf,
  sharesOf,
  sharesWithSubordinates,
  usersInRoles,
  withFlaggedAccount,
} from './queries.js';
import { idsIn, rowsForIds, rowsOrNull, visibilityOf } from './reading.js';
import { causeOf } from './row-cause.js';

/** A record, why it is visible, and through what. */
export type Note = (id: string, cause: Cause, detail?: string) => void;

/** Objects whose visible records show their Account as well, and that come with it (Help, "Sharing Across Objects"). */
const childrenOfAccount: readonly string[] = ['Contact', 'Opportunity', 'Case'];

/** Asks for the causes one after the other, each only about the records that have none yet. */
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
  await noteOwners(subject, ids, port, noteFirst);
  await noteShares(subject, left(), port, noteFirst);
  await noteRelated(subject, left(), port, noteFirst);
  if (subject.sobject === 'Account') await noteParents(subject, left(), port, noteFirst);
  if (childrenOfAccount.includes(subject.sobject)) await noteChildren(subject, left(), port, noteFirst);
}

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
  if (subject.subordinateRoleIds.length === 0) return;
  const below = (await rowsForIds(port, ids, (chunk) => sharesWithSubordinates(subject, chunk))) ?? [];
  for (const row of below) note(textAt(row, record) ?? '', 'subordinateOwner');
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

/** Whoever owns an account, or got it, has its contacts, opportunities and cases as far as role, team or share say so. */
async function noteChildren(subject: ProofSubject, ids: readonly string[], port: OrgPort, note: Note): Promise<void> {
  if (ids.length === 0) return;
  const rows = (await rowsForIds(port, ids, (chunk) => accountsOf(subject, chunk))) ?? [];
  const accountIds = [...new Set(idsIn(rows, 'AccountId'))];
  const reached = new Set<string>();
  const account: ProofSubject = { ...subject, sobject: 'Account' };
  const noteAccount: Note = (id, cause) => {
    if (cause !== 'implicitParent') reached.add(id);
  };
  await noteOwners(account, accountIds, port, noteAccount);
  await noteShares(account, accountIds, port, noteAccount);
  for (const row of rows) {
    if (reached.has(textAt(row, 'AccountId') ?? '')) note(textAt(row, 'Id') ?? '', 'implicitChild');
  }
}

function isImplicit(row: Row): boolean {
  return (textAt(row, 'RowCause') ?? '').startsWith('Implicit');
}
