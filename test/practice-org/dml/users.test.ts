import { beforeEach, describe, expect, it } from 'vitest';
import { DmlOrg, refusal } from './dml-org.ts';

describe('Given an org with five seats of the integration licence', () => {
  let sut: DmlOrg;
  beforeEach(() => {
    sut = new DmlOrg();
  });

  const usedSeats = () =>
    sut.find('UserLicense', sut.idWhere('UserLicense', { Name: 'Salesforce Integration' }))['UsedLicenses'];

  it('When a user is created with all required fields, Then the user is active', () => {
    const id = sut.integrationUser();

    expect(sut.find('User', id)['IsActive']).toBe(true);
  });

  it('When a user is created, Then one more seat is used', () => {
    sut.integrationUser();

    expect(usedSeats()).toBe(1);
  });

  it('When a user is created, Then it has the assignment of the set that its profile owns', () => {
    const id = sut.integrationUser();

    const owned = sut.idWhere('PermissionSet', { ProfileId: sut.integrationProfile() });
    expect(sut.count('PermissionSetAssignment', { AssigneeId: id, PermissionSetId: owned })).toBe(1);
  });

  it('When a user is created, Then it has a login record that is not frozen', () => {
    const id = sut.integrationUser();

    expect(sut.org.store.select('UserLogin', { UserId: id })[0]?.['IsFrozen']).toBe(false);
  });

  it('When a user is created without a nickname, Then it gets one', () => {
    const id = sut.integrationUser();

    expect(sut.find('User', id)['CommunityNickname']).toMatch(/^User/);
  });

  it('When a user is created, Then the setup audit trail says so', () => {
    sut.integrationUser();

    expect(
      sut.count('SetupAuditTrail', { Action: 'createduser', Display: 'Created new user HubSpot Integration' }),
    ).toBe(1);
  });

  it.each([
    'Username',
    'LastName',
    'Email',
    'Alias',
    'TimeZoneSidKey',
    'LocaleSidKey',
    'EmailEncodingKey',
    'LanguageLocaleKey',
    'ProfileId',
  ])('When %s is missing, Then it is named as the missing field', (missing) => {
    const values = Object.fromEntries(Object.entries(sut.userValues()).filter(([name]) => name !== missing));

    expect(refusal(() => sut.insert('User', values))).toEqual({
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: `Required fields are missing: [${missing}]`,
      fields: [missing],
    });
  });

  it('When the user name is taken in this org in another letter case, Then it is a duplicate', () => {
    sut.integrationUser();

    expect(refusal(() => sut.integrationUser({ Username: 'HubSpot@ACME.example' }))).toEqual({
      errorCode: 'DUPLICATE_USERNAME',
      message:
        "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address). ",
      fields: ['Username'],
    });
  });

  it('When the user name is taken in another org, Then it is a duplicate although no user here has it', () => {
    expect(refusal(() => sut.integrationUser({ Username: 'taken@elsewhere.example' })).errorCode).toBe(
      'DUPLICATE_USERNAME',
    );
  });

  it('When the user name is no e-mail address, Then it is refused', () => {
    expect(refusal(() => sut.integrationUser({ Username: 'hubspot' }))).toEqual({
      errorCode: 'INVALID_EMAIL_ADDRESS',
      message: 'Username: invalid email address: hubspot',
      fields: ['Username'],
    });
  });

  it('When the e-mail is malformed, Then it is refused', () => {
    expect(refusal(() => sut.integrationUser({ Email: 'ops@acme' })).message).toBe(
      'Email: invalid email address: ops@acme',
    );
  });

  it('When the alias is longer than eight characters, Then it is too long', () => {
    expect(refusal(() => sut.integrationUser({ Alias: 'hubspot-1' }))).toEqual({
      errorCode: 'STRING_TOO_LONG',
      message: 'Alias: data value too large: hubspot-1 (max length=8)',
      fields: ['Alias'],
    });
  });

  it('When the nickname is somebody else’s, Then it is a duplicate', () => {
    expect(refusal(() => sut.integrationUser({ CommunityNickname: 'ADMIN' }))).toEqual({
      errorCode: 'DUPLICATE_COMM_NICKNAME',
      message: 'Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select another.',
      fields: ['CommunityNickname'],
    });
  });

  it('When the time zone is unknown, Then the restricted picklist refuses it', () => {
    expect(refusal(() => sut.integrationUser({ TimeZoneSidKey: 'Mars/Olympus' })).errorCode).toBe(
      'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    );
  });

  it('When the profile is another object’s Id, Then the Id is of the wrong type', () => {
    expect(refusal(() => sut.integrationUser({ ProfileId: sut.org.adminUserId })).errorCode).toBe('MALFORMED_ID');
  });

  it('When the profile does not exist, Then the reference is invalid', () => {
    expect(refusal(() => sut.integrationUser({ ProfileId: '00e000000000zzz' })).errorCode).toBe(
      'INVALID_CROSS_REFERENCE_KEY',
    );
  });

  it('When all seats are taken, Then the sixth user exceeds the licence', () => {
    for (let n = 1; n <= 5; n++) sut.integrationUser({ Username: `user${n}@acme.example` });

    expect(refusal(() => sut.integrationUser({ Username: 'user6@acme.example' }))).toEqual({
      errorCode: 'LICENSE_LIMIT_EXCEEDED',
      message: 'License Limit Exceeded - Salesforce Integration',
      fields: [],
    });
  });

  it('When a refused user would have been the sixth, Then nothing of it is left', () => {
    for (let n = 1; n <= 5; n++) sut.integrationUser({ Username: `user${n}@acme.example` });
    refusal(() => sut.integrationUser({ Username: 'user6@acme.example' }));

    expect(sut.count('User', { Username: 'user6@acme.example' })).toBe(0);
  });

  it('When a user is deactivated, Then the seat is free again', () => {
    const id = sut.integrationUser();

    sut.update('User', id, { IsActive: false });

    expect(usedSeats()).toBe(0);
  });

  it('When a user is reactivated and no seat is left, Then the licence is exceeded', () => {
    const first = sut.integrationUser({ Username: 'first@acme.example' });
    sut.update('User', first, { IsActive: false });
    for (let n = 1; n <= 5; n++) sut.integrationUser({ Username: `user${n}@acme.example` });

    expect(refusal(() => sut.update('User', first, { IsActive: true })).errorCode).toBe('LICENSE_LIMIT_EXCEEDED');
  });

  it('When a setting names the user, Then it cannot be deactivated', () => {
    const id = sut.integrationUser();
    sut.org.dml.indispensableUsers.set(id, 'You cannot deactivate a user who is the default owner of cases');

    expect(refusal(() => sut.update('User', id, { IsActive: false })).message).toBe(
      'You cannot deactivate a user who is the default owner of cases',
    );
  });

  it('When a user is deleted, Then the platform has no such operation', () => {
    const id = sut.integrationUser();

    expect(refusal(() => sut.delete('User', id)).errorCode).toBe('INVALID_TYPE_FOR_OPERATION');
  });

  it('When the profile changes, Then the assignment follows to the new profile’s own set', () => {
    const id = sut.integrationUser();
    const standard = sut.idWhere('Profile', { Name: 'Standard User' });

    sut.update('User', id, { ProfileId: standard });

    const sets = sut.org.store
      .select('PermissionSetAssignment', { AssigneeId: id })
      .map((row) => row['PermissionSetId']);
    expect(sets).toEqual([sut.idWhere('PermissionSet', { ProfileId: standard })]);
  });

  it('When a user is frozen, Then the seat stays used', () => {
    const id = sut.integrationUser();

    sut.update('UserLogin', sut.idWhere('UserLogin', { UserId: id }), { IsFrozen: true });

    expect(usedSeats()).toBe(1);
  });

  it('When somebody who manages no users creates one, Then users cannot be inserted', () => {
    const other = sut.as(sut.integrationUser());

    expect(refusal(() => sut.insert('User', sut.userValues({ Username: 'b@acme.example' }), other))).toEqual({
      errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
      message: 'entity type cannot be inserted: User',
      fields: [],
    });
  });

  it('When the user is given a role, Then it is accepted', () => {
    const role = sut.idWhere('UserRole', { DeveloperName: 'CEO' });

    expect(sut.find('User', sut.integrationUser({ UserRoleId: role }))['UserRoleId']).toBe(role);
  });
});

describe('Given an org that refuses roles on the integration licence', () => {
  it('When an integration user is created with a role, Then it is refused', () => {
    const sut = new DmlOrg({ quirks: { role: 'refuse' } });
    const role = sut.idWhere('UserRole', { DeveloperName: 'CEO' });

    expect(refusal(() => sut.integrationUser({ UserRoleId: role })).fields).toEqual(['UserRoleId']);
  });
});
