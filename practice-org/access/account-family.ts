import { isControlledByParent } from '../sharing/models.ts';
import type { RoleEntry } from '../sharing/membership.ts';
import type { Value } from '../storage/table.ts';
import {
  actsAsOwner,
  highestOf,
  noLevel,
  recordsOfRule,
  rulesFor,
  type AccessSources,
  type RowLevel,
} from './direct-levels.ts';
import { level, levelNamed, levelNumbered, type Level } from './levels.ts';
import { rowReference } from './row-references.ts';
import { accountChildren, type AccountChild } from './share-columns.ts';
import { grantedLevels } from './stored-grants.ts';

/** Implicit sharing between accounts and their contacts, opportunities and cases (Salesforce Help, sharing_across_objects). */

const roleColumns = {
  Contact: 'contactAccess',
  Opportunity: 'opportunityAccess',
  Case: 'caseAccess',
} as const satisfies Record<AccountChild, keyof RoleEntry>;
const ruleSettings = {
  Contact: 'contactAccessLevel',
  Opportunity: 'opportunityAccessLevel',
  Case: 'caseAccessLevel',
} as const satisfies Record<AccountChild, string>;

/** What access to an account brings on its children of one kind, by row of the account. */
function levelOnChildren(sources: AccessSources, userId: string, child: AccountChild): RowLevel {
  const { store, sharing } = sources;
  const { membership, rules } = sharing.effective;
  const byRules = rulesFor(rules, membership, userId, 'Account').map((rule) => {
    const granted = levelNamed(rule.accountSettings?.[ruleSettings[child]]);
    if (granted === level.none) return noLevel;
    const selects = recordsOfRule(sources, rule);
    return (row: number): Level => (selects(row) ? granted : level.none);
  });
  const grants = grantedLevels(store, 'Account', membership, userId, `${child}AccessLevel`);
  const granted: RowLevel = grants.size === 0 ? noLevel : (row) => grants.get(row) ?? level.none;
  return highestOf([levelOfAccountOwner(sources, userId, child), ...byRules, granted]);
}

/** The role of the account's owner says how far the owner, and everybody above, reaches into the account's children. */
function levelOfAccountOwner({ store, sharing }: AccessSources, userId: string, child: AccountChild): RowLevel {
  const { membership } = sharing.effective;
  const read = store.table('Account').reader('OwnerId');
  const byOwner = new Map<Value, Level>();
  return (row) => {
    const ownerId = read(row);
    const known = byOwner.get(ownerId);
    if (known !== undefined) return known;
    const role = typeof ownerId === 'string' && actsAsOwner(membership, userId, ownerId) && membership.roleOf(ownerId);
    const found = role ? levelNamed(role[roleColumns[child]]) : level.none;
    byOwner.set(ownerId, found);
    return found;
  };
}

/** Implicit child access, by row of the child; good while no account changes. */
export function implicitChildLevel(sources: AccessSources, userId: string, child: AccountChild): RowLevel {
  const { store } = sources;
  const accounts = store.table('Account');
  const onChildren = levelOnChildren(sources, userId, child);
  const byAccount = new Uint8Array(accounts.rowCount);
  let isGranted = false;
  for (let row = 0; row < byAccount.length; row++) {
    const granted = onChildren(row);
    if (granted === level.none) continue;
    byAccount[row] = granted;
    isGranted = true;
  }
  if (!isGranted) return noLevel;
  const accountOf = rowReference(store.table(child), 'AccountId', accounts);
  return (row) => {
    const account = accountOf(row);
    return account < 0 ? level.none : levelNumbered(byAccount[account]);
  };
}

/**
 * Accounts that a user may read because of a contact, opportunity or case that the user owns or has been shared. "Not used
 * when sharing on the child is controlled by its parent", and not a consequence of View All or of a public default.
 */
export function implicitParents(sources: AccessSources, childLevel: (child: AccountChild) => RowLevel): Uint8Array {
  const { store, sharing } = sources;
  const accounts = store.table('Account');
  const readable = new Uint8Array(accounts.rowCount);
  for (const child of accountChildren) {
    const model = sharing.effective.models.get(child)?.internal ?? 'ReadWrite';
    if (isControlledByParent(model)) continue;
    const table = store.table(child);
    const accountOf = rowReference(table, 'AccountId', accounts);
    const levelOf = childLevel(child);
    for (let row = 0; row < table.rowCount; row++) {
      if (levelOf(row) === level.none || !table.isLive(row)) continue;
      const account = accountOf(row);
      if (account >= 0) readable[account] = 1;
    }
  }
  return readable;
}
