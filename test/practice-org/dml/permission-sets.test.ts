import { beforeEach, describe, expect, it } from 'vitest';
import { DmlOrg, refusal } from './dml-org.ts';

describe('Given permission sets and permission set groups', () => {
  let sut: DmlOrg;
  beforeEach(() => {
    sut = new DmlOrg();
  });

  const group = (name: string) => sut.insert('PermissionSetGroup', { DeveloperName: name, MasterLabel: name });
  const join = (groupId: string, set: string) =>
    sut.insert('PermissionSetGroupComponent', { PermissionSetGroupId: groupId, PermissionSetId: set });
  const aggregateRows = (groupId: string, object: string) =>
    sut.org.store.select(object, {
      ParentId: sut.idWhere('PermissionSet', { PermissionSetGroupId: groupId, Type: 'Group' }),
    });

  it('When a set is created, Then it is a custom one of the regular type', () => {
    const { Type, IsCustom, IsOwnedByProfile } = sut.find('PermissionSet', sut.permissionSet('My_Set'));

    expect({ Type, IsCustom, IsOwnedByProfile }).toEqual({ Type: 'Regular', IsCustom: true, IsOwnedByProfile: false });
  });

  it('When a second set takes the name in another letter case, Then the name is in use', () => {
    sut.permissionSet('My_Set');

    expect(refusal(() => sut.permissionSet('MY_SET')).message).toBe('The API name you entered is already in use');
  });

  it('When a group takes a set’s name, Then the name is in use', () => {
    sut.permissionSet('My_Set');

    expect(refusal(() => group('My_Set')).message).toBe('The API name you entered is already in use');
  });

  it.each(['1st', 'Two__Underscores', 'Ends_', 'With Space', 'Ümlaut'])(
    'When the name is %s, Then it is refused',
    (name) => {
      expect(refusal(() => sut.permissionSet(name)).errorCode).toBe('FIELD_INTEGRITY_EXCEPTION');
    },
  );

  it('When the name has 81 characters, Then it is too long', () => {
    expect(refusal(() => sut.permissionSet('A'.repeat(81))).errorCode).toBe('STRING_TOO_LONG');
  });

  it('When Modify All Data stands without what it depends on, Then the dependency is named', () => {
    expect(refusal(() => sut.permissionSet('Powerful', { PermissionsModifyAllData: true })).message).toMatch(
      /^Permission ModifyAllData depends on permission\(s\): .*ViewAllData/,
    );
  });

  it('When an assigned set is deleted, Then it is refused', () => {
    const set = sut.permissionSet('My_Set');
    sut.assign(set, sut.org.adminUserId);

    expect(refusal(() => sut.delete('PermissionSet', set)).errorCode).toBe('DELETE_FAILED');
  });

  it('When an unassigned set is deleted, Then its field permissions go with it', () => {
    const set = sut.permissionSet('My_Set');
    sut.grantField(set, 'Account.Rating');

    sut.delete('PermissionSet', set);

    expect(sut.count('FieldPermissions', { ParentId: set })).toBe(0);
  });

  it('When a profile’s own set is updated, Then it is read-only', () => {
    const owned = sut.idWhere('PermissionSet', { IsOwnedByProfile: true });

    expect(refusal(() => sut.update('PermissionSet', owned, { Label: 'Mine' })).errorCode).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
  });

  it('When sets join a group, Then the group’s own set holds what they grant together', () => {
    const [one, other, integrations] = [sut.permissionSet('One'), sut.permissionSet('Other'), group('Integrations')];
    sut.grantObject(one, 'Account');
    sut.grantObject(other, 'Account', { PermissionsRead: true, PermissionsEdit: true });

    join(integrations, one);
    join(integrations, other);

    expect(aggregateRows(integrations, 'ObjectPermissions').map((row) => row['PermissionsEdit'])).toEqual([true]);
  });

  it('When a muting set mutes edit on a field, Then the group’s own set only reads it', () => {
    const [granting, integrations] = [sut.permissionSet('Granting'), group('Integrations')];
    sut.grantField(granting, 'Account.Rating', { PermissionsRead: true, PermissionsEdit: true });
    const muting = sut.org.dml.insert({ ...sut.admin, system: true }, 'PermissionSet', {
      Name: 'Muting',
      Label: 'Muting',
      Type: 'Muting',
    });
    sut.grantField(muting, 'Account.Rating', { PermissionsRead: false, PermissionsEdit: true });
    join(integrations, granting);
    join(integrations, muting);

    const [row] = aggregateRows(integrations, 'FieldPermissions');
    expect([row?.['PermissionsRead'], row?.['PermissionsEdit']]).toEqual([true, false]);
  });

  it('When a set in a group gains a permission, Then the group’s own set follows', () => {
    const [set, integrations] = [sut.permissionSet('One'), group('Integrations')];
    join(integrations, set);

    sut.grantField(set, 'Account.Rating');

    expect(aggregateRows(integrations, 'FieldPermissions').map((row) => row['Field'])).toEqual(['Account.Rating']);
  });

  it('When a group is deleted, Then its own set goes with it', () => {
    const integrations = group('Integrations');

    sut.delete('PermissionSetGroup', integrations);

    expect(sut.count('PermissionSet', { PermissionSetGroupId: integrations })).toBe(0);
  });

  it('When a set joins the same group twice, Then it is a duplicate value', () => {
    const [set, integrations] = [sut.permissionSet('One'), group('Integrations')];
    join(integrations, set);

    expect(refusal(() => join(integrations, set)).errorCode).toBe('DUPLICATE_VALUE');
  });
});
