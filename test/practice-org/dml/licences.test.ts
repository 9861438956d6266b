import { beforeEach, describe, expect, it } from 'vitest';
import { DmlOrg, refusal } from './dml-org.ts';

describe('Given an integration user and a permission set that reads Accounts', () => {
  let sut: DmlOrg;
  let user: string;
  let set: string;
  beforeEach(() => {
    sut = new DmlOrg();
    user = sut.integrationUser();
    set = sut.permissionSet('Integration_Account_Read');
    sut.grantObject(set, 'Account');
  });

  const licence = () => sut.idWhere('PermissionSetLicense', { DeveloperName: 'SalesforceAPIIntegrationPsl' });

  it('When the set is assigned without the permission set licence, Then the user licence does not allow it', () => {
    expect(refusal(() => sut.assign(set, user))).toEqual({
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
      message:
        'Can\'t assign permission set "Integration Account Read" to user "HubSpot Integration". The user license doesn\'t allow the permission: Read Accounts',
      fields: [],
    });
  });

  it('When the licence is assigned first, Then the set can be assigned', () => {
    sut.assignIntegrationLicence(user);

    sut.assign(set, user);

    expect(sut.count('PermissionSetAssignment', { AssigneeId: user, PermissionSetId: set })).toBe(1);
  });

  it('When the licence is assigned, Then one of its seats is used', () => {
    sut.assignIntegrationLicence(user);

    expect(sut.find('PermissionSetLicense', licence())['UsedLicenses']).toBe(1);
  });

  it('When the licence is assigned twice, Then it is a duplicate value', () => {
    sut.assignIntegrationLicence(user);

    const { errorCode, message } = refusal(() => sut.assignIntegrationLicence(user));

    expect([errorCode, message.startsWith('duplicate value found')]).toEqual(['DUPLICATE_VALUE', true]);
  });

  it('When the holder is deactivated, Then the seat of the permission set licence stays used', () => {
    sut.assignIntegrationLicence(user);

    sut.update('User', user, { IsActive: false });

    expect(sut.find('PermissionSetLicense', licence())['UsedLicenses']).toBe(1);
  });

  it('When five inactive holders keep the licence, Then a sixth user gets none', () => {
    for (let n = 1; n <= 5; n++) {
      const holder = sut.integrationUser({ Username: `holder${n}@acme.example`, IsActive: false });
      sut.assignIntegrationLicence(holder);
    }

    expect(refusal(() => sut.assignIntegrationLicence(user)).errorCode).toBe('LICENSE_LIMIT_EXCEEDED');
  });

  it('When the set is assigned twice, Then the duplicate names both in 15 characters', () => {
    sut.assignIntegrationLicence(user);
    sut.assign(set, user);

    expect(refusal(() => sut.assign(set, user))).toEqual({
      errorCode: 'DUPLICATE_VALUE',
      message: `Duplicate PermissionSetAssignment.  Assignee: ${user.slice(0, 15)}; Permission Set: ${set.slice(0, 15)}`,
      fields: ['AssigneeId', 'PermissionSetId'],
    });
  });

  it('When the licence is taken away under the set, Then it is refused', () => {
    const assignment = sut.assignIntegrationLicence(user);
    sut.assign(set, user);

    expect(refusal(() => sut.delete('PermissionSetLicenseAssign', assignment)).message).toContain(
      "The user license doesn't allow the permission: Read Accounts",
    );
  });

  it('When the set is taken away first, Then the licence can go', () => {
    const assignment = sut.assignIntegrationLicence(user);
    sut.delete('PermissionSetAssignment', sut.assign(set, user));

    sut.delete('PermissionSetLicenseAssign', assignment);

    expect(sut.find('PermissionSetLicense', licence())['UsedLicenses']).toBe(0);
  });

  it('When the assignment is updated, Then only create and delete exist', () => {
    const assignment = sut.assignIntegrationLicence(user);

    expect(refusal(() => sut.update('PermissionSetLicenseAssign', assignment, { AssigneeId: user })).errorCode).toBe(
      'INVALID_TYPE_FOR_OPERATION',
    );
  });

  it('When the set names the licence, Then assigning the set assigns the licence', () => {
    const own = sut.permissionSet('With_Licence', { LicenseId: licence() });
    sut.grantObject(own, 'Contact');

    sut.assign(own, user);

    expect(sut.count('PermissionSetLicenseAssign', { AssigneeId: user, PermissionSetLicenseId: licence() })).toBe(1);
  });

  it('When the set names another user licence, Then it cannot be assigned', () => {
    const other = sut.permissionSet('Full_Licence', { LicenseId: sut.idWhere('UserLicense', { Name: 'Salesforce' }) });

    expect(refusal(() => sut.assign(other, user)).errorCode).toBe('FIELD_INTEGRITY_EXCEPTION');
  });

  it('When an assigned set gains an object that the licences do not allow, Then the set is refused, not the user', () => {
    const custom = sut.permissionSet('Empty_Set');
    sut.assign(custom, user);

    expect(refusal(() => sut.grantObject(custom, 'Contact')).message).toBe(
      "The user license doesn't allow the permission: Read Contacts",
    );
  });

  it('When a system permission lies outside the licences, Then the set cannot be assigned', () => {
    const activities = sut.permissionSet('Activities', { PermissionsEditTask: true });
    sut.assignIntegrationLicence(user);

    expect(refusal(() => sut.assign(activities, user)).message).toContain('EditTask');
  });

  it('When a user on the full licence gets the set, Then no permission set licence is needed', () => {
    const assignment = sut.assign(set, sut.org.adminUserId);

    expect(sut.find('PermissionSetAssignment', assignment)['PermissionSetId']).toBe(set);
  });

  it('When the assignment of the profile’s own set is deleted, Then it is refused', () => {
    const own = sut.idWhere('PermissionSetAssignment', { AssigneeId: user });

    expect(refusal(() => sut.delete('PermissionSetAssignment', own)).errorCode).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
  });

  it('When a group of the set is assigned, Then the assignment names the set that the group owns', () => {
    sut.assignIntegrationLicence(user);
    const group = sut.insert('PermissionSetGroup', { DeveloperName: 'Integrations', MasterLabel: 'Integrations' });
    sut.insert('PermissionSetGroupComponent', { PermissionSetGroupId: group, PermissionSetId: set });

    const assignment = sut.insert('PermissionSetAssignment', { AssigneeId: user, PermissionSetGroupId: group });

    const aggregate = sut.idWhere('PermissionSet', { PermissionSetGroupId: group });
    expect(sut.find('PermissionSetAssignment', assignment)['PermissionSetId']).toBe(aggregate);
  });

  it('When neither set nor group is named, Then the set is missing', () => {
    expect(refusal(() => sut.insert('PermissionSetAssignment', { AssigneeId: user })).message).toBe(
      'Required fields are missing: [PermissionSetId]',
    );
  });

  it('When a user of the full licence who has the set moves to the integration licence, Then it is refused', () => {
    const other = sut.idWhere('User', { Username: 'otto.nyberg@practice.example' });
    sut.assign(set, other);

    expect(refusal(() => sut.update('User', other, { ProfileId: sut.integrationProfile() })).message).toContain(
      "The user license doesn't allow the permission: Read Accounts",
    );
  });
});
