import { beforeEach, describe, expect, it } from 'vitest';
import { DmlOrg, refusal } from './dml-org.ts';

describe('Given public groups', () => {
  let sut: DmlOrg;
  beforeEach(() => {
    sut = new DmlOrg();
  });

  const group = (name: string, values = {}) => sut.insert('Group', { Name: name, Type: 'Regular', ...values });
  const join = (groupId: string, memberId: string) =>
    sut.insert('GroupMember', { GroupId: groupId, UserOrGroupId: memberId });

  it('When no developer name is given, Then it is derived from the name', () => {
    expect(sut.find('Group', group('HubSpot Integration'))['DeveloperName']).toBe('HubSpot_Integration');
  });

  it('When a second group takes the developer name, Then it is a duplicate', () => {
    group('HubSpot');

    expect(refusal(() => group('HubSpot')).errorCode).toBe('DUPLICATE_DEVELOPER_NAME');
  });

  it('When a queue takes a group’s developer name, Then both exist', () => {
    group('HubSpot');

    group('HubSpot', { Type: 'Queue' });

    expect(sut.count('Group', { DeveloperName: 'HubSpot' })).toBe(2);
  });

  it('When a member is added twice, Then the existing record comes back', () => {
    const groupId = group('HubSpot');
    const first = join(groupId, sut.org.adminUserId);

    expect(join(groupId, sut.org.adminUserId)).toBe(first);
  });

  it('When a group would contain itself through another, Then it is refused', () => {
    const [outer, inner] = [group('Outer'), group('Inner')];
    join(outer, inner);

    expect(refusal(() => join(inner, outer)).fields).toEqual(['UserOrGroupId']);
  });

  it('When a group is deleted, Then its members go with it', () => {
    const groupId = group('HubSpot');
    join(groupId, sut.org.adminUserId);

    sut.delete('Group', groupId);

    expect(sut.count('GroupMember', { GroupId: groupId })).toBe(0);
  });

  it('When a group that a rule uses is deleted, Then the rule goes with it', () => {
    const groupId = group('HubSpot');
    sut.org.sharing.setModels(new Map([['Lead', { internal: 'Private', external: 'Private' }]]));
    sut.org.sharing.settle();
    sut.org.sharing.putRule({
      kind: 'criteria',
      object: 'Lead',
      fullName: 'Send_to_HubSpot',
      label: 'Send to HubSpot',
      description: null,
      accessLevel: 'Read',
      accountSettings: null,
      sharedTo: { kind: 'group', name: 'HubSpot' },
      sharedFrom: null,
      booleanFilter: null,
      criteriaItems: [{ field: 'LastName', operation: 'equals', value: 'x' }],
      includeRecordsOwnedByAll: true,
      includeHVUOwnedRecords: false,
    });
    sut.org.sharing.settle();

    sut.delete('Group', groupId);

    expect(sut.org.sharing.declared.rules).toEqual([]);
  });

  it('When a group of a role is written, Then only the platform may', () => {
    expect(refusal(() => group('Mine', { Type: 'Role' })).errorCode).toBe('INSUFFICIENT_ACCESS_OR_READONLY');
  });
});

describe('Given the role hierarchy', () => {
  let sut: DmlOrg;
  beforeEach(() => {
    sut = new DmlOrg();
  });

  const role = (values = {}) =>
    sut.insert('UserRole', {
      Name: 'Integration User',
      OpportunityAccessForAccountOwner: 'Edit',
      CaseAccessForAccountOwner: 'Edit',
      ...values,
    });

  it('When a role is created, Then the platform keeps a group for it', () => {
    const id = role();

    expect(sut.count('Group', { RelatedId: id, Type: 'Role' })).toBe(1);
  });

  it('When the case access is below the organization default, Then the role is refused', () => {
    expect(refusal(() => role({ CaseAccessForAccountOwner: 'None' }))).toEqual({
      errorCode: 'FIELD_INTEGRITY_EXCEPTION',
      message: 'field integrity exception: unknown (Case access level below organization default)',
      fields: [],
    });
  });

  it('When a role is moved below itself, Then it is a cycle', () => {
    const top = sut.idWhere('UserRole', { DeveloperName: 'CEO' });
    const below = role({ ParentRoleId: top });

    expect(refusal(() => sut.update('UserRole', top, { ParentRoleId: below })).errorCode).toBe('CIRCULAR_DEPENDENCY');
  });

  it('When a role with users is deleted, Then it is refused', () => {
    expect(refusal(() => sut.delete('UserRole', sut.idWhere('UserRole', { DeveloperName: 'CEO' }))).errorCode).toBe(
      'DELETE_FAILED',
    );
  });
});

describe('Given an organization-wide default that is being recalculated', () => {
  it('When a group gets a member, Then the membership operation is locked', () => {
    const sut = new DmlOrg({ recalculationMs: 600_000 });
    const groupId = sut.insert('Group', { Name: 'HubSpot', Type: 'Regular' });
    sut.org.sharing.setModels(new Map([['Lead', { internal: 'Private', external: 'Private' }]]));

    expect(
      refusal(() => sut.insert('GroupMember', { GroupId: groupId, UserOrGroupId: sut.org.adminUserId })).message,
    ).toBe('Group membership operation already in progress');
  });

  it('When a member that is there already is added again, Then the record comes back all the same', () => {
    const sut = new DmlOrg({ recalculationMs: 600_000 });
    const groupId = sut.insert('Group', { Name: 'HubSpot', Type: 'Regular' });
    const member = () => sut.insert('GroupMember', { GroupId: groupId, UserOrGroupId: sut.org.adminUserId });
    const first = member();
    sut.org.sharing.settle();
    sut.org.sharing.setModels(new Map([['Lead', { internal: 'Private', external: 'Private' }]]));

    expect(member()).toBe(first);
  });
});
