import { describe, expect, it } from 'vitest';
import { fieldPermissionRows } from './field-permission-rows.ts';
import { Scenario } from './scenario.ts';

function groupOf(scenario: Scenario, setIds: readonly string[], status = 'Updated'): string {
  const groupId = scenario.insert('PermissionSetGroup', {
    DeveloperName: 'Bundle',
    MasterLabel: 'Bundle',
    Status: status,
  });
  for (const setId of setIds) {
    scenario.insert('PermissionSetGroupComponent', { PermissionSetGroupId: groupId, PermissionSetId: setId });
  }
  return groupId;
}

describe('Given object permissions and field-level security', () => {
  it('when profile and permission sets grant different fields, then access is their union', () => {
    const scenario = new Scenario();
    const profile = scenario.insert('Profile', { Name: 'Narrow' });
    scenario.permissionSet(
      { fields: ['Account.Rating'] },
      { ProfileId: profile, IsOwnedByProfile: true, Type: 'Profile' },
    );
    const user = scenario.user({ objects: { Account: 'read' }, fields: ['Account.Industry'] }, { ProfileId: profile });
    const readable = ['Rating', 'Industry', 'Type'].map(
      (field) => scenario.org.access.fieldAccess(user, 'Account', field).read,
    );
    expect(readable).toEqual([true, true, false]);
  });

  it('when a field is required or a system field, then nothing hides it', () => {
    const scenario = new Scenario();
    const user = scenario.user({ objects: { Account: 'read' } });
    const readable = ['Id', 'Name', 'OwnerId', 'CreatedDate'].map(
      (field) => scenario.org.access.fieldAccess(user, 'Account', field).read,
    );
    expect(readable).toEqual([true, true, true, true]);
  });

  it('when the whole address is granted, then so are its parts', () => {
    const scenario = new Scenario();
    const user = scenario.user({ objects: { Account: 'read' }, fields: ['Account.BillingAddress'] });
    const readable = ['BillingCity', 'ShippingCity'].map(
      (field) => scenario.org.access.fieldAccess(user, 'Account', field).read,
    );
    expect(readable).toEqual([true, false]);
  });

  it('when the user has View All Fields on the object, then fields without a row can be read', () => {
    const scenario = new Scenario();
    const user = scenario.user({ objects: { Account: 'viewAllFields' } });
    expect(scenario.org.access.fieldAccess(user, 'Account', 'Rating')).toEqual({ read: true, edit: false });
  });

  it.each(['ViewAllData', 'ModifyAllData'])('when the user has %s, then fields stay hidden', (permission) => {
    const scenario = new Scenario();
    const user = scenario.user({ system: [permission] });
    expect(scenario.org.access.fieldAccess(user, 'Account', 'Rating').read).toBe(false);
  });

  it('when the user has Modify All Data, then every object is open without a row', () => {
    const scenario = new Scenario();
    const user = scenario.user({ system: ['ModifyAllData'] });
    expect(scenario.org.access.objectAccess(user, 'Lead')).toMatchObject({
      create: true,
      delete: true,
      modifyAllRecords: true,
    });
  });

  it('when a field is edited through a formula’s name, then it cannot be', () => {
    const scenario = new Scenario();
    const base = scenario.org.schema.field('Account', 'Site');
    if (!base) throw new Error('No field to copy');
    scenario.org.schema.putField('Account', {
      ...base,
      name: 'Shout__c',
      custom: true,
      calculated: true,
      updateable: false,
    });
    const user = scenario.user({ objects: { Account: 'edit' }, editFields: ['Account.Shout__c'] });
    expect(scenario.org.access.fieldAccess(user, 'Account', 'Shout__c')).toEqual({ read: true, edit: false });
  });

  it('when a new custom field has no row, then not even the administrator reads it', () => {
    const scenario = new Scenario();
    const base = scenario.org.schema.field('Account', 'Site');
    if (!base) throw new Error('No field to copy');
    scenario.org.schema.putField('Account', { ...base, name: 'Flag__c', custom: true });
    expect(scenario.org.access.fieldAccess(scenario.org.adminUserId, 'Account', 'Flag__c').read).toBe(false);
  });

  it('when a row of field permissions is deleted, then the field is hidden at once', () => {
    const scenario = new Scenario();
    const user = scenario.user({ objects: { Account: 'read' }, fields: ['Account.Rating'] });
    const before = scenario.org.access.fieldAccess(user, 'Account', 'Rating').read;
    const table = scenario.org.store.table('FieldPermissions');
    const rows = fieldPermissionRows(table, 'Account.Rating');
    table.delete(rows.at(-1) ?? -1);
    expect([before, scenario.org.access.fieldAccess(user, 'Account', 'Rating').read]).toEqual([true, false]);
  });
});

describe('Given permission set assignments', () => {
  it('when a group’s muting set mutes a field, then the group does not grant it', () => {
    const scenario = new Scenario();
    const granting = scenario.permissionSet({
      objects: { Account: 'edit' },
      fields: ['Account.Rating', 'Account.Site'],
    });
    const muting = scenario.permissionSet({ fields: ['Account.Rating'] }, { Type: 'Muting' });
    const user = scenario.user();
    scenario.insert('PermissionSetAssignment', {
      AssigneeId: user,
      PermissionSetGroupId: groupOf(scenario, [granting, muting]),
    });
    const readable = ['Rating', 'Site'].map((field) => scenario.org.access.fieldAccess(user, 'Account', field).read);
    expect(readable).toEqual([false, true]);
  });

  it('when the muted field is granted by another set directly, then it can be read', () => {
    const scenario = new Scenario();
    const granting = scenario.permissionSet({ objects: { Account: 'read' }, fields: ['Account.Rating'] });
    const muting = scenario.permissionSet({ fields: ['Account.Rating'] }, { Type: 'Muting' });
    const user = scenario.user({ fields: ['Account.Rating'] });
    scenario.insert('PermissionSetAssignment', {
      AssigneeId: user,
      PermissionSetGroupId: groupOf(scenario, [granting, muting]),
    });
    expect(scenario.org.access.fieldAccess(user, 'Account', 'Rating').read).toBe(true);
  });

  it.each(['Outdated', 'Updating', 'Failed'])('when the group is %s, then it grants nothing', (status) => {
    const scenario = new Scenario();
    const user = scenario.user();
    const granting = scenario.permissionSet({ objects: { Account: 'read' } });
    scenario.insert('PermissionSetAssignment', {
      AssigneeId: user,
      PermissionSetGroupId: groupOf(scenario, [granting], status),
    });
    expect(scenario.org.access.objectAccess(user, 'Account').read).toBe(false);
  });

  it('when a set needs a session activation, then it is assigned but grants nothing', () => {
    const scenario = new Scenario();
    const user = scenario.user();
    scenario.assign(user, scenario.permissionSet({ objects: { Account: 'read' } }, { HasActivationRequired: true }));
    expect(scenario.org.access.objectAccess(user, 'Account').read).toBe(false);
  });

  it('when an assignment expires, then its permissions go without any change to the rows', () => {
    const scenario = new Scenario();
    const user = scenario.user();
    const ExpirationDate = '2026-01-31T00:01:00.000+0000';
    scenario.assign(user, scenario.permissionSet({ objects: { Account: 'read' } }), { ExpirationDate });
    const before = scenario.org.access.objectAccess(user, 'Account').read;
    scenario.wait(61_000);
    expect([before, scenario.org.access.objectAccess(user, 'Account').read]).toEqual([true, false]);
  });

  it('when a system permission requires others, then the user has those too', () => {
    const scenario = new Scenario();
    const user = scenario.user({ system: ['ModifyAllData'] });
    const has = ['ViewAllData', 'ViewSetup', 'ManageUsers'].map((name) =>
      scenario.org.access.systemPermission(user, name),
    );
    expect(has).toEqual([true, true, false]);
  });
});

describe('Given a user on the Salesforce Integration licence', () => {
  function integrationUser(scenario: Scenario): string {
    const licence = scenario.org.store.select('UserLicense', { Name: 'Salesforce Integration' })[0]?.['Id'] ?? null;
    const profile = scenario.org.store.select('Profile', { UserLicenseId: licence })[0]?.['Id'] ?? null;
    return scenario.user({ objects: { Account: 'read' } }, { ProfileId: profile });
  }

  it('when the permission set licence is missing, then standard objects stay closed', () => {
    const scenario = new Scenario();
    expect(scenario.org.access.objectAccess(integrationUser(scenario), 'Account').read).toBe(false);
  });

  it('when the permission set licence is assigned, then the permission set opens them', () => {
    const scenario = new Scenario();
    const user = integrationUser(scenario);
    const licence = scenario.org.store.select('PermissionSetLicense', {
      DeveloperName: 'SalesforceAPIIntegrationPsl',
    })[0];
    scenario.insert('PermissionSetLicenseAssign', {
      AssigneeId: user,
      PermissionSetLicenseId: licence?.['Id'] ?? null,
    });
    expect(scenario.org.access.objectAccess(user, 'Account').read).toBe(true);
  });

  it('when it queries Organization, then the object does not exist for it', () => {
    const scenario = new Scenario();
    const user = integrationUser(scenario);
    expect(() => scenario.query(user, 'SELECT Id FROM Organization')).toThrow(
      "sObject type 'Organization' is not supported",
    );
  });
});

describe('Given setup objects', () => {
  it('when the user lacks View Setup, then FieldPermissions does not exist', () => {
    const scenario = new Scenario();
    expect(() => scenario.query(scenario.user(), 'SELECT Id FROM FieldPermissions')).toThrow(
      "sObject type 'FieldPermissions' is not supported",
    );
  });

  it('when the user has View Setup only, then FieldPermissions can be read but not written', () => {
    const scenario = new Scenario();
    const user = scenario.user({ system: ['ViewSetup'] });
    expect(scenario.org.access.objectAccess(user, 'FieldPermissions')).toMatchObject({ read: true, create: false });
  });

  it('when the user may assign permission sets, then assignments can be created', () => {
    const scenario = new Scenario();
    const user = scenario.user({ system: ['AssignPermissionSets'] });
    const { access } = scenario.org;
    expect([
      access.objectAccess(user, 'PermissionSetAssignment').create,
      access.objectAccess(user, 'User').create,
    ]).toEqual([true, false]);
  });
});
