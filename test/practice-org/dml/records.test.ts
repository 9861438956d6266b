import { beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../../practice-org/org/practice-org.ts';
import { upsert } from '../../../practice-org/dml/upsert.ts';
import { DmlOrg, refusal } from './dml-org.ts';

describe('Given business records and an administrator', () => {
  let sut: DmlOrg;
  beforeEach(() => {
    sut = new DmlOrg();
  });

  const account = (values = {}) => sut.insert('Account', { Name: 'Acme', ...values });

  it('When a record is created, Then the caller owns it', () => {
    expect(sut.find('Account', account())['OwnerId']).toBe(sut.org.adminUserId);
  });

  it('When a record is created, Then the caller stands as its creator', () => {
    expect(sut.find('Account', account())['CreatedById']).toBe(sut.org.adminUserId);
  });

  it('When a required field is missing, Then it is named', () => {
    expect(refusal(() => sut.insert('Contact', { FirstName: 'Ada' }))).toEqual({
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [LastName]',
      fields: ['LastName'],
    });
  });

  it('When a required field is emptied, Then it is missing', () => {
    const id = account();

    expect(refusal(() => sut.update('Account', id, { Name: null })).errorCode).toBe('REQUIRED_FIELD_MISSING');
  });

  it('When a field does not exist, Then there is no such column', () => {
    expect(refusal(() => account({ AccountNumer: '1' }))).toEqual({
      errorCode: 'INVALID_FIELD',
      message: "No such column 'AccountNumer' on sobject of type Account",
      fields: [],
    });
  });

  it('When the platform alone writes a field, Then it cannot be created', () => {
    expect(refusal(() => account({ CreatedDate: '2026-01-01T00:00:00Z' }))).toEqual({
      errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      message:
        'Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      fields: ['CreatedDate'],
    });
  });

  it('When a text is too long, Then the refusal names label and limit', () => {
    const name = 'x'.repeat(256);

    expect(refusal(() => sut.insert('Account', { Name: name })).message).toBe(
      `Account Name: data value too large: ${name} (max length=255)`,
    );
  });

  it('When a checkbox gets a text, Then the JSON reader refuses it', () => {
    sut.addField('Account', 'Send__c', 'boolean');

    expect(refusal(() => account({ Send__c: 'yes' })).message).toContain(
      'Cannot deserialize instance of boolean from VALUE_STRING value yes',
    );
  });

  it('When a reference names another object, Then the Id is of the wrong type', () => {
    expect(refusal(() => sut.insert('Contact', { LastName: 'A', AccountId: sut.org.adminUserId })).errorCode).toBe(
      'MALFORMED_ID',
    );
  });

  it('When an Id of 15 characters is given, Then the record holds 18', () => {
    const accountId = account();
    const contact = sut.insert('Contact', { LastName: 'A', AccountId: accountId.slice(0, 15) });

    expect(sut.find('Contact', contact)['AccountId']).toBe(accountId);
  });

  it('When an inactive user becomes the owner, Then it is refused', () => {
    const inactive = sut.idWhere('User', { IsActive: false });

    expect(refusal(() => account({ OwnerId: inactive }))).toEqual({
      errorCode: 'INACTIVE_OWNER_OR_USER',
      message: `operation performed with inactive user [${inactive.slice(0, 15)}] as owner of account`,
      fields: [],
    });
  });

  it('When a field changes, Then the update says that something changed', () => {
    const id = account();

    expect(sut.update('Account', id, { Name: 'Other' })).toBe(true);
  });

  it('When a field is set to what it is, Then the update says that nothing changed', () => {
    const id = account();

    expect(sut.update('Account', id, { Name: 'Acme' })).toBe(false);
  });

  it('When a deleted record is updated, Then the entity is deleted', () => {
    const id = account();
    sut.delete('Account', id);

    expect(refusal(() => sut.update('Account', id, { Name: 'B' })).errorCode).toBe('ENTITY_IS_DELETED');
  });

  it('When a record that never was is updated, Then the reference is invalid', () => {
    expect(refusal(() => sut.update('Account', '0010000000zzzzz', { Name: 'B' })).errorCode).toBe(
      'INVALID_CROSS_REFERENCE_KEY',
    );
  });

  it('When an Account is deleted, Then its Contacts go with it', () => {
    const accountId = account();
    sut.insert('Contact', { LastName: 'A', AccountId: accountId });

    sut.delete('Account', accountId);

    expect(sut.count('Contact', { AccountId: accountId })).toBe(0);
  });

  it('When an Account with a Case is deleted, Then it is refused and its Contacts stay', () => {
    const accountId = account();
    sut.insert('Contact', { LastName: 'A', AccountId: accountId });
    sut.insert('Case', { Subject: 'A', AccountId: accountId });
    refusal(() => sut.delete('Account', accountId));

    expect(sut.count('Contact', { AccountId: accountId })).toBe(1);
  });

  it('When a unique custom field gets a value twice, Then the other record is named', () => {
    sut.addField('Account', 'Key__c', 'string', { length: 20, unique: true });
    const first = account({ Key__c: 'A1' });

    expect(refusal(() => account({ Key__c: 'a1' })).message).toBe(
      `duplicate value found: Key__c duplicates value on record with id: ${first.slice(0, 15)}`,
    );
  });

  it('When an external Id is new, Then upsert creates the record', () => {
    sut.addField('Account', 'Ext__c', 'string', { length: 20, externalId: true, unique: true });

    expect(upsert(sut.org, sut.admin, 'Account', 'Ext__c', 'E1', { Name: 'Acme' }).created).toBe(true);
  });

  it('When an external Id is known, Then upsert updates its record', () => {
    sut.addField('Account', 'Ext__c', 'string', { length: 20, externalId: true, unique: true });
    const id = account({ Ext__c: 'E1' });

    expect(upsert(sut.org, sut.admin, 'Account', 'Ext__c', 'E1', { Name: 'Other' })).toEqual({
      id,
      created: false,
      changed: true,
    });
  });

  it('When a field is no external Id, Then upsert does not find it', () => {
    expect(refusal(() => upsert(sut.org, sut.admin, 'Account', 'Phone', '1', { Name: 'A' })).message).toBe(
      'Provided external ID field does not exist or is not accessible: Phone',
    );
  });

  it('When many rows are updated through one plan, Then each row takes its values', () => {
    const ids = [account(), account()];
    const update = sut.org.dml.prepareUpdate(sut.admin, 'Account', ['Name', 'Phone']);

    ids.forEach((id, n) => update(id, [`Account ${n}`, null]));

    expect(ids.map((id) => sut.find('Account', id)['Name'])).toEqual(['Account 0', 'Account 1']);
  });
});

describe('Given Accounts that are Private and a user who reads Accounts only', () => {
  let sut: DmlOrg;
  let reader: Caller;
  let foreign: string;
  beforeEach(() => {
    sut = new DmlOrg();
    const model = { internal: 'Private', external: 'Private' } as const;
    sut.org.sharing.setModels(
      new Map([
        ['Account', model],
        ['Opportunity', model],
        ['Case', model],
      ]),
    );
    sut.org.sharing.settle();
    reader = sut.accountUser({});
    foreign = sut.insert('Account', { Name: 'Foreign' });
  });

  it('When the user creates one, Then Accounts cannot be inserted', () => {
    expect(refusal(() => sut.insert('Account', { Name: 'A' }, reader)).message).toBe(
      'entity type cannot be inserted: Account',
    );
  });

  it('When the user updates one, Then the access rights do not suffice', () => {
    expect(refusal(() => sut.update('Account', foreign, { Name: 'A' }, reader))).toEqual({
      errorCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
      message: 'insufficient access rights on object id',
      fields: [],
    });
  });

  it('When the user names an object without any permission, Then it does not exist', () => {
    expect(refusal(() => sut.insert('Lead', { LastName: 'A', Company: 'B' }, reader)).errorCode).toBe('INVALID_TYPE');
  });
});

describe('Given Accounts that are Private and a user who edits Accounts', () => {
  let sut: DmlOrg;
  let editor: Caller;
  let foreign: string;
  let own: string;
  beforeEach(() => {
    sut = new DmlOrg();
    const model = { internal: 'Private', external: 'Private' } as const;
    sut.org.sharing.setModels(
      new Map([
        ['Account', model],
        ['Opportunity', model],
        ['Case', model],
      ]),
    );
    sut.org.sharing.settle();
    editor = sut.accountUser({ PermissionsCreate: true, PermissionsEdit: true });
    foreign = sut.insert('Account', { Name: 'Foreign' });
    own = sut.insert('Account', { Name: 'Own' }, editor);
  });

  it('When the user updates an Account of somebody else, Then the record is as good as none', () => {
    expect(refusal(() => sut.update('Account', foreign, { Name: 'A' }, editor)).errorCode).toBe(
      'INVALID_CROSS_REFERENCE_KEY',
    );
  });

  it('When the user updates an own Account, Then it changes', () => {
    expect(sut.update('Account', own, { Name: 'A' }, editor)).toBe(true);
  });

  it('When the user writes a field without field-level security, Then there is no such column', () => {
    expect(refusal(() => sut.update('Account', own, { Rating: 'Hot' }, editor)).message).toBe(
      "No such column 'Rating' on sobject of type Account",
    );
  });

  it('When the user may read but not edit a field, Then it cannot be updated', () => {
    const set = sut.permissionSet('Reads_Rating');
    sut.grantField(set, 'Account.Rating');
    sut.assign(set, editor.userId);

    expect(refusal(() => sut.update('Account', own, { Rating: 'Hot' }, editor)).fields).toEqual(['Rating']);
  });

  it('When the user has edit on the address, Then its parts can be written', () => {
    const set = sut.permissionSet('Edits_Address');
    sut.grantField(set, 'Account.BillingAddress', { PermissionsRead: true, PermissionsEdit: true });
    sut.assign(set, editor.userId);

    expect(sut.update('Account', own, { BillingCity: 'Oslo' }, editor)).toBe(true);
  });

  it('When the user deletes an own Account without the right to delete, Then it stays', () => {
    expect(refusal(() => sut.delete('Account', own, editor)).errorCode).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
  });

  it('When the user refers to an Account of somebody else, Then the reference is out of reach', () => {
    expect(refusal(() => sut.update('Account', own, { ParentId: foreign }, withParent(sut, editor))).message).toBe(
      `insufficient access rights on cross-reference id: ${foreign.slice(0, 15)}`,
    );
  });

  it('When an administrator shares an Account manually, Then the user may update it', () => {
    sut.insert('AccountShare', {
      AccountId: foreign,
      UserOrGroupId: editor.userId,
      AccountAccessLevel: 'Edit',
      OpportunityAccessLevel: 'None',
      CaseAccessLevel: 'None',
    });

    expect(sut.update('Account', foreign, { Name: 'A' }, editor)).toBe(true);
  });

  it('When the same share is created again, Then the existing record comes back', () => {
    const share = (level: string) =>
      sut.insert('AccountShare', {
        AccountId: foreign,
        UserOrGroupId: editor.userId,
        AccountAccessLevel: level,
        OpportunityAccessLevel: 'None',
        CaseAccessLevel: 'None',
      });

    expect(share('Edit')).toBe(share('Read'));
  });
});

describe('Given a Lead that is shared manually', () => {
  let sut: DmlOrg;
  let lead: string;
  beforeEach(() => {
    sut = new DmlOrg();
    sut.org.sharing.setModels(new Map([['Lead', { internal: 'Private', external: 'Private' }]]));
    sut.org.sharing.settle();
    lead = sut.insert('Lead', { LastName: 'A', Company: 'B' });
    const reader = sut.idWhere('User', { Username: 'otto.nyberg@practice.example' });
    sut.insert('LeadShare', { LeadId: lead, UserOrGroupId: reader, LeadAccessLevel: 'Read' });
  });

  it('When the owner changes, Then the manual share is gone', () => {
    sut.update('Lead', lead, { OwnerId: sut.idWhere('User', { Username: 'nora.haugen@practice.example' }) });

    expect(sut.count('LeadShare', { LeadId: lead })).toBe(0);
  });

  it('When the Lead is deleted, Then the share goes with it', () => {
    sut.delete('Lead', lead);

    expect(sut.count('LeadShare')).toBe(0);
  });
});

function withParent(sut: DmlOrg, caller: Caller): Caller {
  const set = sut.permissionSet('Edits_Parent');
  sut.grantField(set, 'Account.ParentId', { PermissionsRead: true, PermissionsEdit: true });
  sut.assign(set, caller.userId);
  return caller;
}

describe('Given Accounts that everybody may edit', () => {
  it('When one is shared for reading, Then the share is trivial', () => {
    const sut = new DmlOrg();
    const accountId = sut.insert('Account', { Name: 'Acme' });
    const share = {
      AccountId: accountId,
      UserOrGroupId: sut.idWhere('User', { Username: 'otto.nyberg@practice.example' }),
      AccountAccessLevel: 'Read',
    };

    expect(refusal(() => sut.insert('AccountShare', share)).message).toBe(
      'AccountAccessLevel (trivial share level Read, for organization with default level Edit)',
    );
  });
});
