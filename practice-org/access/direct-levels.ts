import type { PracticeOrg } from '../org/practice-org.ts';
import { compileCriteria, type RowPredicate } from '../sharing/criteria.ts';
import type { Membership } from '../sharing/membership.ts';
import type { SharingRule } from '../sharing/sharing.ts';
import type { Table, Value } from '../storage/table.ts';
import { higher, level, levelNamed, type Level } from './levels.ts';
import { grantedLevels } from './stored-grants.ts';

export type RowLevel = (row: number) => Level;
export type AccessSources = Pick<PracticeOrg, 'store' | 'schema' | 'sharing'>;

export const noLevel: RowLevel = () => level.none;

export function highestOf(levels: readonly RowLevel[]): RowLevel {
  const relevant = levels.filter((one) => one !== noLevel);
  const [only] = relevant;
  if (!only) return noLevel;
  if (relevant.length === 1) return only;
  return (row) => {
    let highest: Level = level.none;
    for (const one of relevant) {
      highest = higher(highest, one(row));
      if (highest === level.all) break;
    }
    return highest;
  };
}

/** What a user has on each record by ownership, role hierarchy, rules, shares and teams: everything but the default. */
export function directLevel(sources: AccessSources, userId: string, object: string): RowLevel {
  const { store, sharing } = sources;
  const { membership, rules } = sharing.effective;
  const table = store.table(object);
  const ruleLevels = rulesFor(rules, membership, userId, object).map((rule) => {
    const selects = recordsOfRule(sources, rule);
    const granted = levelNamed(rule.accessLevel);
    return (row: number): Level => (selects(row) ? granted : level.none);
  });
  const grants = grantedLevels(store, object, membership, userId);
  const granted: RowLevel = grants.size === 0 ? noLevel : (row) => grants.get(row) ?? level.none;
  return highestOf([ownershipLevel(table, membership, userId), ...ruleLevels, granted]);
}

/** Owner, users above the owner in the hierarchy, and members of an owning queue have the whole record. */
function ownershipLevel(table: Table, membership: Membership, userId: string): RowLevel {
  if (!table.object.fields.has('ownerid')) return noLevel;
  const read = table.reader('OwnerId');
  const byOwner = new Map<Value, Level>();
  return (row) => {
    const ownerId = read(row);
    const known = byOwner.get(ownerId);
    if (known !== undefined) return known;
    const found = typeof ownerId === 'string' && actsAsOwner(membership, userId, ownerId) ? level.all : level.none;
    byOwner.set(ownerId, found);
    return found;
  };
}

export function actsAsOwner(membership: Membership, userId: string, ownerId: string): boolean {
  if (ownerId === userId || membership.isAbove(userId, ownerId)) return true;
  return membership.isGroup(ownerId) && membership.grantees(ownerId).has(userId);
}

export function rulesFor(
  rules: readonly SharingRule[],
  membership: Membership,
  userId: string,
  object: string,
): readonly SharingRule[] {
  return rules.filter((rule) => rule.object === object && membership.usersSharedTo(rule.sharedTo).has(userId));
}

/** The records that a rule shares. */
export function recordsOfRule({ store, sharing }: AccessSources, rule: SharingRule): RowPredicate {
  const table = store.table(rule.object);
  const { membership } = sharing.effective;
  const conditions: RowPredicate[] = [];
  if (rule.kind === 'owner') conditions.push(ownedBy(table, rule, membership));
  if (rule.kind !== 'owner') conditions.push(compileCriteria(rule, table, store));
  if (!sharesUsersWithoutRole(rule)) conditions.push(ownedByRoleBearer(table, membership));
  // Contacts without an account are private: rules do not reach them (Salesforce Help, contacts_sharing_considerations).
  if (rule.object === 'Contact') conditions.push(hasAccount(table));
  return allOf(conditions);
}

/** Spelled out for the usual lengths: rules are asked for every row of large tables. */
function allOf(conditions: readonly RowPredicate[]): RowPredicate {
  const [first, second, ...more] = conditions;
  if (!first) return () => true;
  if (!second) return first;
  const both: RowPredicate = (row) => first(row) && second(row);
  return more.length === 0 ? both : (row) => both(row) && more.every((condition) => condition(row));
}

function sharesUsersWithoutRole({ kind, includeRecordsOwnedByAll, includeHVUOwnedRecords }: SharingRule): boolean {
  if (kind === 'owner') return true;
  return kind === 'guest' ? includeHVUOwnedRecords : includeRecordsOwnedByAll;
}

function ownedBy(table: Table, { sharedFrom }: SharingRule, membership: Membership): RowPredicate {
  const owners: ReadonlySet<Value> = sharedFrom ? membership.ownersSharedFrom(sharedFrom) : new Set();
  const read = table.reader('OwnerId');
  return (row) => owners.has(read(row));
}

/** Leaves out records owned by "users who can't have an assigned role, such as high-volume users and system users". */
function ownedByRoleBearer(table: Table, membership: Membership): RowPredicate {
  if (!table.object.fields.has('ownerid')) return () => true;
  const read = table.reader('OwnerId');
  const byOwner = new Map<Value, boolean>();
  return (row) => {
    const ownerId = read(row);
    const known = byOwner.get(ownerId);
    if (known !== undefined) return known;
    const found = membership.canHaveRole(String(ownerId));
    byOwner.set(ownerId, found);
    return found;
  };
}

function hasAccount(table: Table): RowPredicate {
  const read = table.reader('AccountId');
  return (row) => read(row) !== null;
}
