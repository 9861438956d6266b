import { SalesforceError } from '../../org/errors.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import type { Value, Values } from '../../storage/table.ts';
import { insufficientAccess } from '../object-access.ts';
import { textOf, type ObjectRule, type StoredRecord } from '../object-rule.ts';
import { changeRow, recordsWhere, removeRow, removeRowsWhere } from '../table-rows.ts';

/** What a profile grants stands in the permission set that it owns; both show the same system permissions. */
export const profileRule: ObjectRule = {
  completeInsert({ org }, values) {
    assertNameFree(org, values['Name'] ?? null, undefined);
    return values;
  },
  afterInsert({ org }, profile) {
    const name = `X${profile.id.slice(0, 15)}`;
    org.store.table('PermissionSet').insert({
      Name: name,
      Label: name,
      ProfileId: profile.id,
      LicenseId: profile.get('UserLicenseId'),
      IsOwnedByProfile: true,
      IsCustom: true,
      Type: 'Profile',
      ...systemPermissions(profile, permissionColumns(org)),
    });
  },
  /** "You can edit all settings except name, user license, description, object permissions, and user permissions." */
  completeUpdate({ org, caller }, profile, changes) {
    if (!caller.system && !isCustom(org, profile)) throw insufficientAccess();
    if ('Name' in changes) assertNameFree(org, changes['Name'] ?? null, profile.id);
    return changes;
  },
  afterUpdate({ org }, profile, previous) {
    const changed = Object.keys(previous).filter((column) => column.startsWith('Permissions'));
    for (const { id } of ownedSets(org, profile))
      changeRow(org, 'PermissionSet', id, systemPermissions(profile, changed));
  },
  beforeDelete({ org, caller }, profile) {
    if (!caller.system && !isCustom(org, profile)) throw insufficientAccess();
    if (recordsWhere(org, 'User', { ProfileId: profile.id }).length > 0) throw profileInUse(profile);
    for (const { id } of ownedSets(org, profile)) {
      for (const child of ['ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess']) {
        removeRowsWhere(org, child, { ParentId: id });
      }
      removeRow(org, 'PermissionSet', id);
    }
  },
};

function assertNameFree(org: PracticeOrg, name: Value, ownId: string | undefined): void {
  if (name === null || recordsWhere(org, 'Profile', { Name: name }).every(({ id }) => id === ownId)) return;
  throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', 'The profile name is already in use: Name', {
    fields: ['Name'],
  });
}

function ownedSets(org: PracticeOrg, profile: StoredRecord): readonly StoredRecord[] {
  return recordsWhere(org, 'PermissionSet', { ProfileId: profile.id, IsOwnedByProfile: true });
}

function isCustom(org: PracticeOrg, profile: StoredRecord): boolean {
  return ownedSets(org, profile).some((set) => set.get('IsCustom') === true);
}

function permissionColumns(org: PracticeOrg): readonly string[] {
  const fields = org.schema.object('Profile')?.fields.values() ?? [];
  return [...fields].map(({ name }) => name).filter((name) => name.startsWith('Permissions'));
}

function systemPermissions(profile: StoredRecord, columns: readonly string[]): Values {
  return Object.fromEntries(columns.map((column) => [column, profile.get(column)]));
}

function profileInUse(profile: StoredRecord): SalesforceError {
  return new SalesforceError(
    'DELETE_FAILED',
    `Your attempt to delete ${textOf(profile, 'Name')} could not be completed because users are assigned to it.`,
  );
}
