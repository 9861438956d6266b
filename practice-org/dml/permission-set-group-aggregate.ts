import type { PracticeOrg } from '../org/practice-org.ts';
import type { Value, Values } from '../storage/table.ts';
import { systemPermissionNames } from './licence-entitlements.ts';
import { textOf, type StoredRecord } from './object-rule.ts';
import { changeRow, recordById, recordsWhere, removeRowsWhere } from './table-rows.ts';

/**
 * A permission set group has a permission set of its own that holds what its members grant together, net of muting (Object
 * Reference, PermissionSetGroup). Whoever reads permissions by ParentId finds the group's there.
 */
export function refreshAggregate(org: PracticeOrg, groupId: string): void {
  const group = recordById(org, 'PermissionSetGroup', groupId);
  if (!group) return;
  const aggregateId = aggregateOf(org, group);
  const members = recordsWhere(org, 'PermissionSetGroupComponent', { PermissionSetGroupId: groupId })
    .flatMap((component) => recordById(org, 'PermissionSet', component.get('PermissionSetId')) ?? [])
    .filter((set) => set.get('HasActivationRequired') !== true);
  const muting = members.filter((set) => set.get('Type') === 'Muting');
  const granting = members.filter((set) => set.get('Type') !== 'Muting');
  changeRow(org, 'PermissionSet', aggregateId, systemPermissions(org, granting, muting));
  for (const table of [objectRows, fieldRows]) rewriteRows(org, aggregateId, table, granting, muting);
}

export function refreshGroupsWith(org: PracticeOrg, permissionSetId: string): void {
  for (const component of recordsWhere(org, 'PermissionSetGroupComponent', { PermissionSetId: permissionSetId })) {
    refreshAggregate(org, textOf(component, 'PermissionSetGroupId'));
  }
}

export function removeAggregate(org: PracticeOrg, groupId: string): void {
  for (const { id } of recordsWhere(org, 'PermissionSet', { PermissionSetGroupId: groupId, Type: 'Group' })) {
    for (const { object } of [objectRows, fieldRows]) removeRowsWhere(org, object, { ParentId: id });
    removeRowsWhere(org, 'PermissionSet', { Id: id });
  }
}

function aggregateOf(org: PracticeOrg, group: StoredRecord): string {
  const where: Values = { PermissionSetGroupId: group.id, Type: 'Group' };
  const [existing] = recordsWhere(org, 'PermissionSet', where);
  if (existing) return existing.id;
  const table = org.store.table('PermissionSet');
  const label = textOf(group, 'MasterLabel');
  const row = table.insert({ ...where, Name: `X${group.id.slice(0, 15)}`, Label: label, IsCustom: false });
  return table.idOf(row);
}

type PermissionRows = { readonly object: string; readonly key: string; readonly rights: readonly string[] };

const objectRows: PermissionRows = {
  object: 'ObjectPermissions',
  key: 'SobjectType',
  rights: ['Read', 'Create', 'Edit', 'Delete', 'ViewAllRecords', 'ModifyAllRecords', 'ViewAllFields'],
};
const fieldRows: PermissionRows = { object: 'FieldPermissions', key: 'Field', rights: ['Read', 'Edit'] };

function systemPermissions(
  org: PracticeOrg,
  granting: readonly StoredRecord[],
  muting: readonly StoredRecord[],
): Values {
  const columns = systemPermissionNames(org).map((name) => `Permissions${name}`);
  return Object.fromEntries(columns.map((column) => [column, grants(granting, column) && !grants(muting, column)]));
}

function grants(records: readonly StoredRecord[], column: string): boolean {
  return records.some((record) => record.get(column) === true);
}

function rewriteRows(
  org: PracticeOrg,
  aggregateId: string,
  table: PermissionRows,
  granting: readonly StoredRecord[],
  muting: readonly StoredRecord[],
): void {
  removeRowsWhere(org, table.object, { ParentId: aggregateId });
  const muted = rowsByKey(org, table, muting);
  for (const [key, rows] of rowsByKey(org, table, granting)) {
    const rights = netRights(table, rows, muted.get(key) ?? []);
    const first = rows[0];
    if (!first || rights['PermissionsRead'] !== true) continue;
    const identity = { SobjectType: first.get('SobjectType'), [table.key]: first.get(table.key) };
    org.store.table(table.object).insert({ ParentId: aggregateId, ...identity, ...rights });
  }
}

function rowsByKey(
  org: PracticeOrg,
  table: PermissionRows,
  sets: readonly StoredRecord[],
): ReadonlyMap<string, readonly StoredRecord[]> {
  const rows = sets.flatMap(({ id }) => recordsWhere(org, table.object, { ParentId: id }));
  return Map.groupBy(rows, (row) => textOf(row, table.key).toLowerCase());
}

/** What needs an edit that is muted goes with it. */
function netRights(table: PermissionRows, rows: readonly StoredRecord[], muted: readonly StoredRecord[]): Values {
  const rights: Record<string, Value> = {};
  for (const right of table.rights) {
    const column = `Permissions${right}`;
    rights[column] = grants(rows, column) && !grants(muted, column);
  }
  if (rights['PermissionsEdit'] === false && 'PermissionsDelete' in rights) rights['PermissionsDelete'] = false;
  if (rights['PermissionsDelete'] === false && 'PermissionsModifyAllRecords' in rights) {
    rights['PermissionsModifyAllRecords'] = false;
  }
  return rights;
}
