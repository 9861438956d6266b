import type { ProofSubject } from '../features/verification/proof-subjects.js';
import { shareColumns } from '../features/verification/share-objects.js';
import { soql, soqlName, SoqlFragment } from '../org/soql.js';

/** Every query of the record proof, in one place. */
export function countQueries({ sobject, flagField }: ProofSubject): readonly string[] {
  if (flagField === null) return [soql`SELECT COUNT() FROM ${soqlName(sobject)}`];
  return [true, false].map(
    (value) => soql`SELECT COUNT() FROM ${soqlName(sobject)} WHERE ${soqlName(flagField)} = ${value}`,
  );
}

export function allRows({ sobject, flagField }: ProofSubject): string {
  const columns = flagField === null ? 'Id' : `Id, ${flagField}`;
  return soql`SELECT ${new SoqlFragment(columns)} FROM ${soqlName(sobject)}`;
}

/** Ids of the rows on one side of the flag. */
export function rowsWithFlag({ sobject, flagField }: ProofSubject, value: boolean): string {
  return soql`SELECT Id FROM ${soqlName(sobject)}${withFlag(flagField, value, ' WHERE ')}`;
}

export function accessTo(userId: string, ids: readonly string[]): string {
  return soql`SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = ${userId} AND RecordId IN ${ids}`;
}

export type OwnedColumns = 'Id' | 'COUNT(Id) rows';

/** Unflagged rows that belong to the user. */
export function ownedRows({ sobject, flagField, userId }: ProofSubject, columns: OwnedColumns): string {
  return soql`SELECT ${new SoqlFragment(columns)} FROM ${soqlName(sobject)} WHERE OwnerId = ${userId}${withFlag(flagField, false, ' AND ')}`;
}

/** Those of people in roles below: a query of its own, because Salesforce refuses sub-selects beside OR. */
export function rowsOwnedBelow(subject: ProofSubject, columns: OwnedColumns): string {
  const { sobject, flagField, subordinateRoleIds } = subject;
  const owners = soql`OwnerId IN (SELECT Id FROM User WHERE UserRoleId IN ${subordinateRoleIds})`;
  return soql`SELECT ${new SoqlFragment(columns)} FROM ${soqlName(sobject)} WHERE ${new SoqlFragment(owners)}${withFlag(flagField, false, ' AND ')}`;
}

/** Shares of unflagged rows with the user or its groups, counted by their reason and with whom. */
export function shareCounts(subject: ProofSubject): string {
  const { shareObject } = shareColumns(subject.sobject);
  return soql`SELECT RowCause, UserOrGroupId, COUNT(Id) rows FROM ${soqlName(shareObject)} WHERE ${sharedWithUser(subject)} GROUP BY RowCause, UserOrGroupId`;
}

/** How many rows there are behind them, each counted once. */
export function sharedRowCount(subject: ProofSubject): string {
  const { shareObject, record } = shareColumns(subject.sobject);
  return soql`SELECT COUNT_DISTINCT(${soqlName(record)}) rows FROM ${soqlName(shareObject)} WHERE ${sharedWithUser(subject)}`;
}

/** The rows themselves; where a row is visible only as the parent of others, the number says enough. */
export function sharedRows(subject: ProofSubject): string {
  const { shareObject, record } = shareColumns(subject.sobject);
  return soql`SELECT ${soqlName(record)} FROM ${soqlName(shareObject)} WHERE ${sharedWithUser(subject)} AND RowCause != 'ImplicitParent'`;
}

export function ownersOf({ sobject }: ProofSubject, ids: readonly string[]): string {
  return soql`SELECT Id, OwnerId FROM ${soqlName(sobject)} WHERE Id IN ${ids}`;
}

export function sharesOf({ sobject, principals }: ProofSubject, ids: readonly string[]): string {
  const { shareObject, record } = shareColumns(sobject);
  return soql`SELECT ${soqlName(record)}, UserOrGroupId, RowCause FROM ${soqlName(shareObject)} WHERE ${soqlName(record)} IN ${ids} AND UserOrGroupId IN ${principals}`;
}

export function sharesWithSubordinates({ sobject, subordinateRoleIds }: ProofSubject, ids: readonly string[]): string {
  const { shareObject, record } = shareColumns(sobject);
  return soql`SELECT ${soqlName(record)} FROM ${soqlName(shareObject)} WHERE ${soqlName(record)} IN ${ids} AND UserOrGroupId IN (SELECT Id FROM User WHERE UserRoleId IN ${subordinateRoleIds})`;
}

export function accountsOf({ sobject }: ProofSubject, ids: readonly string[]): string {
  return soql`SELECT Id, AccountId FROM ${soqlName(sobject)} WHERE Id IN ${ids} AND AccountId != null`;
}

/**
 * Children that the user has in their own right: theirs are the owner's, queue's, team's, territory's, rule's and manual shares.
 * What comes from the account says nothing about why the account is visible.
 */
export function childShares(child: string, { principals }: ProofSubject, accountIds: readonly string[]): string {
  return soql`${childSharesOf(child, accountIds)} AND UserOrGroupId IN ${principals}`;
}

export function childSharesBelow(
  child: string,
  { subordinateRoleIds }: ProofSubject,
  accountIds: readonly string[],
): string {
  return soql`${childSharesOf(child, accountIds)} AND UserOrGroupId IN (SELECT Id FROM User WHERE UserRoleId IN ${subordinateRoleIds})`;
}

function childSharesOf(child: string, accountIds: readonly string[]): SoqlFragment {
  const { shareObject, parent } = shareColumns(child);
  const account = soqlName(`${parent}.AccountId`);
  return new SoqlFragment(
    soql`SELECT ${account} FROM ${soqlName(shareObject)} WHERE ${account} IN ${accountIds} AND RowCause != 'ImplicitChild'`,
  );
}

export function withFlaggedAccount({ sobject, comesWithFlagged }: ProofSubject, ids: readonly string[]): string {
  return soql`SELECT Id FROM ${soqlName(sobject)} WHERE Id IN ${ids} AND ${soqlName(`Account.${comesWithFlagged ?? ''}`)} = true`;
}

export function withoutAccount({ sobject }: ProofSubject, ids: readonly string[]): string {
  return soql`SELECT Id FROM ${soqlName(sobject)} WHERE Id IN ${ids} AND AccountId = null`;
}

export function usersInRoles(roleIds: readonly string[]): string {
  return soql`SELECT Id FROM User WHERE UserRoleId IN ${roleIds}`;
}

function sharedWithUser({ sobject, principals, flagField }: ProofSubject): SoqlFragment {
  const { parent } = shareColumns(sobject);
  const flag = flagField === null ? '' : soql` AND ${soqlName(`${parent}.${flagField}`)} = false`;
  return new SoqlFragment(soql`UserOrGroupId IN ${principals}${new SoqlFragment(flag)}`);
}

function withFlag(flagField: string | null, value: boolean, keyword: string): SoqlFragment {
  return new SoqlFragment(flagField === null ? '' : `${keyword}${soqlName(flagField).text} = ${String(value)}`);
}
