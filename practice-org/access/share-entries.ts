import type { PracticeOrg } from '../org/practice-org.ts';
import { isControlledByParent } from '../sharing/models.ts';
import type { SharingRule } from '../sharing/sharing.ts';
import type { Table, Value } from '../storage/table.ts';
import { recordsOfRule } from './direct-levels.ts';
import { rowReference } from './row-references.ts';
import { accountChildren, shareColumns, type AccountChild } from './share-columns.ts';
import { storedGrants } from './stored-grants.ts';

/** Why and how far a principal has access; many records have the same. */
type ShareGrant = {
  readonly principalId: string;
  readonly rowCause: string;
  readonly accessLevel: string;
  /** On shares of accounts: what the share brings on their children. */
  readonly children: Readonly<Record<AccountChild, string>>;
  /** Of a stored row. */
  readonly id: string | null;
};
export type ShareEntry = { readonly row: number; readonly grant: ShareGrant };

/** Narrows what is generated; the caller filters again. */
export type ShareFilter = {
  readonly rowCauses?: ReadonlySet<Value>;
  readonly principalIds?: ReadonlySet<Value>;
  readonly rows?: readonly number[];
};
type Sources = Pick<PracticeOrg, 'store' | 'schema' | 'sharing'>;

const noChildren = { Contact: 'None', Opportunity: 'None', Case: 'None' } as const;
const implicitParent = { rowCause: 'ImplicitParent', accessLevel: 'Read', children: noChildren, id: null };

/**
 * The share rows of an object. None but manual ones are stored: "it's possible that we'll stop storing certain share
 * records" holds for implicit child rows already, so that these are not listed at all.
 */
export function* shareEntries(sources: Sources, object: string, filter: ShareFilter = {}): Generator<ShareEntry> {
  const model = sources.sharing.effective.models.get(object)?.internal ?? 'ReadWrite';
  const wanted = (cause: string): boolean => filter.rowCauses?.has(cause) ?? true;
  if (isControlledByParent(model)) return;
  if (wanted('Owner')) yield* ownerEntries(sources, object, filter);
  if (wanted('Rule') || wanted('GuestRule')) yield* ruleEntries(sources, object, filter);
  yield* storedEntries(sources, object, filter);
  if (object === 'Account' && wanted('ImplicitParent')) yield* implicitParentEntries(sources, filter);
}

function* candidates(table: Table, filter: ShareFilter): Generator<number> {
  if (filter.rows) yield* filter.rows;
  else for (let row = 0; row < table.rowCount; row++) if (table.isLive(row)) yield row;
}

function isWanted(filter: ShareFilter, { principalId, rowCause }: ShareGrant): boolean {
  return (filter.principalIds?.has(principalId) ?? true) && (filter.rowCauses?.has(rowCause) ?? true);
}

function* ownerEntries(sources: Sources, object: string, filter: ShareFilter): Generator<ShareEntry> {
  const table = sources.store.table(object);
  if (!table.object.fields.has('ownerid')) return;
  const read = table.reader('OwnerId');
  const grants = new Map<Value, ShareGrant>();
  for (const row of candidates(table, filter)) {
    const ownerId = read(row);
    const grant = grants.get(ownerId) ?? ownerGrant(sources, String(ownerId));
    grants.set(ownerId, grant);
    if (isWanted(filter, grant)) yield { row, grant };
  }
}

function ownerGrant({ sharing }: Sources, ownerId: string): ShareGrant {
  const role = sharing.effective.membership.roleOf(ownerId);
  const children = role
    ? { Contact: role.contactAccess, Opportunity: role.opportunityAccess, Case: role.caseAccess }
    : noChildren;
  return { principalId: ownerId, rowCause: 'Owner', accessLevel: 'All', children, id: null };
}

function* ruleEntries(sources: Sources, object: string, filter: ShareFilter): Generator<ShareEntry> {
  const table = sources.store.table(object);
  for (const rule of sources.sharing.effective.rules.filter((one) => one.object === object)) {
    const grant = ruleGrant(sources, rule);
    if (!grant || !isWanted(filter, grant)) continue;
    const selects = recordsOfRule(sources, rule);
    for (const row of candidates(table, filter)) if (selects(row)) yield { row, grant };
  }
}

function ruleGrant({ sharing }: Sources, rule: SharingRule): ShareGrant | undefined {
  const principalId = sharing.effective.membership.principalId(rule.sharedTo);
  if (principalId === undefined) return undefined;
  const settings = rule.accountSettings;
  const children = settings
    ? {
        Contact: settings.contactAccessLevel,
        Opportunity: settings.opportunityAccessLevel,
        Case: settings.caseAccessLevel,
      }
    : noChildren;
  const rowCause = rule.kind === 'guest' ? 'GuestRule' : 'Rule';
  return { principalId, rowCause, accessLevel: rule.accessLevel, children, id: null };
}

function* storedEntries({ store }: Sources, object: string, filter: ShareFilter): Generator<ShareEntry> {
  const table = store.table(object);
  const rows = filter.rows && new Set(filter.rows);
  for (const { recordId, principalId, accessLevel, rowCause, column } of storedGrants(store, object)) {
    const row = typeof recordId === 'string' ? table.rowOf(recordId) : undefined;
    if (row === undefined || rows?.has(row) === false) continue;
    const children = {
      Contact: String(column('ContactAccessLevel') ?? 'None'),
      Opportunity: String(column('OpportunityAccessLevel') ?? 'None'),
      Case: String(column('CaseAccessLevel') ?? 'None'),
    };
    const id = rowCause === 'Manual' || rowCause.endsWith('__c') ? String(column('Id')) : null;
    const grant = { principalId, rowCause, accessLevel: String(accessLevel), children, id };
    if (isWanted(filter, grant)) yield { row, grant };
  }
}

/** One row for each account and each owner, or group of a rule, of its contacts, opportunities and cases. */
function* implicitParentEntries(sources: Sources, filter: ShareFilter): Generator<ShareEntry> {
  const accounts = sources.store.table('Account');
  const readOwner = accounts.reader('OwnerId');
  const seen = new Set<string>();
  for (const child of accountChildren) {
    const children = sources.store.table(child);
    const accountOf = rowReference(children, 'AccountId', accounts);
    for (const { row, grant } of shareEntries(sources, child, childFilter(children, accountOf, filter))) {
      const account = accountOf(row);
      if (account < 0 || readOwner(account) === grant.principalId) continue;
      const key = `${account}|${grant.principalId}`;
      if (seen.has(key)) continue;
      seen.add(key);
      yield { row: account, grant: { ...implicitParent, principalId: grant.principalId } };
    }
  }
}

/** Of the named accounts only, or of all. */
function childFilter(child: Table, accountOf: (row: number) => number, filter: ShareFilter): ShareFilter {
  const accounts = filter.rows && new Set(filter.rows);
  const rows = accounts && [...candidates(child, {})].filter((row) => accounts.has(accountOf(row)));
  return { ...(filter.principalIds && { principalIds: filter.principalIds }), ...(rows && { rows }) };
}

/** Columns of one share row, by the names of the object's share object. */
export function shareValue(object: string, table: Table, { row, grant }: ShareEntry, column: string): Value {
  const { record, accessLevel } = shareColumns(object);
  switch (column) {
    case record:
      return table.idOf(row);
    case accessLevel:
      return grant.accessLevel;
    case 'UserOrGroupId':
      return grant.principalId;
    case 'RowCause':
      return grant.rowCause;
    case 'ContactAccessLevel':
      return grant.children.Contact;
    case 'OpportunityAccessLevel':
      return grant.children.Opportunity;
    case 'CaseAccessLevel':
      return grant.children.Case;
    case 'LastModifiedDate':
    case 'LastModifiedById':
      return table.reader(column)(row);
    default:
      return column === 'IsDeleted' ? false : null;
  }
}
