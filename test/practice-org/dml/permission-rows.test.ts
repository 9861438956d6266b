import { beforeEach, describe, expect, it } from 'vitest';
import { DmlOrg, refusal } from './dml-org.ts';

describe('Given rows of FieldPermissions', () => {
  let sut: DmlOrg;
  let set: string;
  beforeEach(() => {
    sut = new DmlOrg();
    set = sut.permissionSet('My_Set');
  });

  const fieldsOf = (parentId: string) =>
    sut.org.store.select('FieldPermissions', { ParentId: parentId }).map((row) => row['Field']);

  it('When a part of an address is named, Then it is no legal field', () => {
    expect(refusal(() => sut.grantField(set, 'Contact.MailingCity'))).toEqual({
      errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
      message: 'Field Name: bad value for restricted picklist field: Contact.MailingCity',
      fields: ['Field'],
    });
  });

  it.each([
    'Account.Name',
    'Account.OwnerId',
    'Account.Id',
    'Account.CreatedDate',
    'Account.Nothing__c',
    'Nothing.Name',
  ])('When %s is named, Then it is no legal field', (path) => {
    expect(refusal(() => sut.grantField(set, path)).errorCode).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
  });

  it('When the whole address is named, Then it is one row', () => {
    sut.grantField(set, 'Contact.MailingAddress');

    expect(fieldsOf(set)).toEqual(['Contact.MailingAddress']);
  });

  it('When Contact.Account is named, Then the row comes back as Contact.AccountId', () => {
    sut.grantField(set, 'Contact.Account');

    expect(fieldsOf(set)).toEqual(['Contact.AccountId']);
  });

  it('When edit comes without read, Then edit depends on read', () => {
    expect(refusal(() => sut.grantField(set, 'Account.Rating', { PermissionsEdit: true })).message).toBe(
      'Permission Edit Account.Rating depends on permission(s): Read Account.Rating',
    );
  });

  it('When a row is updated to neither read nor edit, Then it is gone', () => {
    const row = sut.grantField(set, 'Account.Rating');

    sut.update('FieldPermissions', row, { PermissionsRead: false, PermissionsEdit: false });

    expect(fieldsOf(set)).toEqual([]);
  });

  it('When read is taken while edit stays, Then it is refused and the row is as before', () => {
    const row = sut.grantField(set, 'Account.Rating', { PermissionsRead: true, PermissionsEdit: true });
    refusal(() => sut.update('FieldPermissions', row, { PermissionsRead: false }));

    expect(sut.find('FieldPermissions', row)['PermissionsRead']).toBe(true);
  });

  it('When a field gets a second row, Then it is a duplicate value', () => {
    sut.grantField(set, 'Account.Rating');

    expect(refusal(() => sut.grantField(set, 'Account.Rating')).errorCode).toBe('DUPLICATE_VALUE');
  });

  it('When a formula field is made editable, Then the row only reads', () => {
    sut.addField('Account', 'Score__c', 'double', {
      calculated: true,
      formula: '1',
      createable: false,
      updateable: false,
      permissionable: true,
    });

    const row = sut.grantField(set, 'Account.Score__c', { PermissionsRead: true, PermissionsEdit: true });

    expect(sut.find('FieldPermissions', row)['PermissionsEdit']).toBe(false);
  });

  it('When a field of Task is opened, Then the same field of Event is open too', () => {
    sut.grantField(set, 'Task.Description');

    expect(fieldsOf(set)).toContain('Event.Description');
  });

  it('When a field of Task is closed, Then the same field of Event is closed too', () => {
    const row = sut.grantField(set, 'Task.Description');

    sut.delete('FieldPermissions', row);

    expect(fieldsOf(set)).toEqual([]);
  });

  it('When the row belongs to the set of an integration profile, Then it can be written', () => {
    const owned = sut.integrationProfileSet();

    sut.grantField(owned, 'Account.Rating');

    expect(fieldsOf(owned)).toContain('Account.Rating');
  });

  it('When the org refuses such rows on integration profiles, Then they are read-only', () => {
    sut = new DmlOrg({ quirks: { 'field-permissions': 'refused' } });
    const owned = sut.integrationProfileSet();

    expect(refusal(() => sut.grantField(owned, 'Account.Rating')).errorCode).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
  });

  it('When a profile’s field is hidden, Then the setup audit trail tells the profile', () => {
    sut.grantField(sut.integrationProfileSet(), 'Account.Rating');

    expect(sut.count('SetupAuditTrail', { Action: 'profileFlsChanged' })).toBe(1);
  });

  it('When somebody without View Setup writes one, Then the object does not exist', () => {
    const other = sut.as(sut.integrationUser());

    expect(
      refusal(() =>
        sut.insert('FieldPermissions', { ParentId: set, SobjectType: 'Account', Field: 'Account.Rating' }, other),
      ).message,
    ).toMatch(/^sObject type 'FieldPermissions' is not supported\./);
  });
});

describe('Given rows of ObjectPermissions', () => {
  let sut: DmlOrg;
  let set: string;
  beforeEach(() => {
    sut = new DmlOrg();
    set = sut.permissionSet('My_Set');
  });

  it.each([
    [{ PermissionsCreate: true }, 'Permission Create Account depends on permission(s): Read Account'],
    [{ PermissionsEdit: true }, 'Permission Edit Account depends on permission(s): Read Account'],
    [
      { PermissionsRead: true, PermissionsDelete: true },
      'Permission Delete Account depends on permission(s): Edit Account',
    ],
    [{ PermissionsViewAllRecords: true }, 'Permission View All Account depends on permission(s): Read Account'],
  ])('When %o is granted, Then the missing permission is named', (rights, message) => {
    expect(refusal(() => sut.grantObject(set, 'Account', rights)).message).toBe(message);
  });

  it.each(['User', 'OrderItem', 'Task', 'Nothing__c'])('When %s is named, Then it is no legal value', (object) => {
    expect(refusal(() => sut.grantObject(set, object)).errorCode).toBe('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
  });

  it('When View All is granted on Product2, Then it says success and leaves it off', () => {
    const row = sut.grantObject(set, 'Product2', { PermissionsRead: true, PermissionsViewAllRecords: true });

    expect(sut.find('ObjectPermissions', row)['PermissionsViewAllRecords']).toBe(false);
  });

  it('When View All Fields is granted, Then every field has a placeholder row', () => {
    sut.grantObject(set, 'Account', { PermissionsRead: true, PermissionsViewAllFields: true });

    expect(sut.count('FieldPermissions', { ParentId: set, Field: 'Account.AnnualRevenue' })).toBe(1);
  });

  it('When a row is updated to grant nothing, Then it is gone', () => {
    const row = sut.grantObject(set, 'Account');

    sut.update('ObjectPermissions', row, { PermissionsRead: false });

    expect(sut.count('ObjectPermissions', { ParentId: set })).toBe(0);
  });

  it('When the row belongs to a standard profile, Then it is read-only', () => {
    const owned = sut.idWhere('PermissionSet', { ProfileId: sut.idWhere('Profile', { Name: 'Standard User' }) });
    const row = sut.idWhere('ObjectPermissions', { ParentId: owned, SobjectType: 'Account' });

    expect(refusal(() => sut.update('ObjectPermissions', row, { PermissionsDelete: false })).errorCode).toBe(
      'INSUFFICIENT_ACCESS_OR_READONLY',
    );
  });
});
