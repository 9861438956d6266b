import { describe, expect, it } from 'vitest';
import { Scenario } from './scenario.ts';

const readers = { objects: { Account: 'read', Lead: 'read', Opportunity: 'read', Contact: 'read' } } as const;

function privateOrg(): Scenario {
  const scenario = new Scenario();
  scenario.privateAccounts();
  scenario.defaults({ Lead: 'Private' });
  return scenario;
}

describe('Given private records and the other ways to see them', () => {
  it('when a queue owns a lead, then the members of the queue have all of it', () => {
    const scenario = privateOrg();
    const member = scenario.user(readers);
    const queue = scenario.insert('Group', { Type: 'Queue', DeveloperName: 'Leads', DoesIncludeBosses: true });
    scenario.insert('GroupMember', { GroupId: queue, UserOrGroupId: member });
    scenario.org.sharing.settle();
    const lead = scenario.insert('Lead', { LastName: 'Queued', OwnerId: queue });
    expect(scenario.access(member, 'Lead', lead).maxAccessLevel).toBe('All');
  });

  it('when an account is shared by hand with a user, then the user above sees it too', () => {
    const scenario = privateOrg();
    const top = scenario.role('Top');
    const manager = scenario.user(readers, { UserRoleId: top });
    const user = scenario.user(readers, { UserRoleId: scenario.role('Bottom', top) });
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers) });
    share(scenario, account, user);
    expect(scenario.sees(manager, 'Account', account)).toBe(true);
  });

  it('when a share is deleted, then the record is gone at once', () => {
    const scenario = privateOrg();
    const user = scenario.user(readers);
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers) });
    const id = share(scenario, account, user);
    scenario.org.store.table('AccountShare').delete(scenario.org.store.table('AccountShare').rowOf(id) ?? -1);
    expect(scenario.sees(user, 'Account', account)).toBe(false);
  });

  it('when the user is a member of the account team, then the team member’s level holds', () => {
    const scenario = privateOrg();
    const user = scenario.user({ objects: { Account: 'edit' } });
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers) });
    scenario.insert('AccountTeamMember', { AccountId: account, UserId: user, AccountAccessLevel: 'Edit' });
    expect(scenario.access(user, 'Account', account).hasEditAccess).toBe(true);
  });

  it('when a rule shares with a public group, then managers of its members gain only where the group says so', () => {
    const scenario = privateOrg();
    const top = scenario.role('Top');
    const manager = scenario.user(readers, { UserRoleId: top });
    const member = scenario.user(readers, { UserRoleId: scenario.role('Bottom', top) });
    const lead = scenario.insert('Lead', { LastName: 'One', OwnerId: scenario.user(readers), LeadSource: 'Web' });
    const criteriaItems = [{ field: 'LeadSource', operation: 'equals', value: 'Web' }];
    const group = scenario.group('Integration', [member], false);
    scenario.rule('Lead', { kind: 'group', name: 'Integration' }, { criteriaItems });
    const without = scenario.sees(manager, 'Lead', lead);
    scenario.update('Group', group, { DoesIncludeBosses: true });
    scenario.org.sharing.settle();
    expect([without, scenario.sees(manager, 'Lead', lead)]).toEqual([false, true]);
  });

  it('when a rule shares with a role, then everybody above the role gains as well', () => {
    const scenario = privateOrg();
    const top = scenario.role('Top');
    const manager = scenario.user(readers, { UserRoleId: top });
    scenario.role('Bottom', top);
    const lead = scenario.insert('Lead', { LastName: 'One', OwnerId: scenario.user(readers), LeadSource: 'Web' });
    const criteriaItems = [{ field: 'LeadSource', operation: 'equals', value: 'Web' }];
    scenario.rule('Lead', { kind: 'role', name: 'Bottom' }, { criteriaItems });
    expect(scenario.sees(manager, 'Lead', lead)).toBe(true);
  });

  it('when an owner-based rule names a group, then records of an inactive member are shared too', () => {
    const scenario = privateOrg();
    const former = scenario.user({}, { IsActive: false });
    scenario.group('Sellers', [former]);
    const user = scenario.user(readers);
    scenario.group('Integration', [user]);
    const lead = scenario.insert('Lead', { LastName: 'Left behind', OwnerId: former });
    scenario.rule(
      'Lead',
      { kind: 'group', name: 'Integration' },
      {
        kind: 'owner',
        sharedFrom: { kind: 'group', name: 'Sellers' },
        criteriaItems: [],
      },
    );
    expect(scenario.sees(user, 'Lead', lead)).toBe(true);
  });

  it('when a rule leaves out owners who can have no role, then their records are not shared', () => {
    const scenario = privateOrg();
    const user = scenario.user(readers);
    scenario.group('Integration', [user]);
    const portalUser = scenario.user({}, { UserType: 'CspLitePortal' });
    const lead = scenario.insert('Lead', { LastName: 'Portal', OwnerId: portalUser, LeadSource: 'Web' });
    const criteriaItems = [{ field: 'LeadSource', operation: 'equals', value: 'Web' }];
    scenario.rule('Lead', { kind: 'group', name: 'Integration' }, { criteriaItems, includeRecordsOwnedByAll: false });
    expect(scenario.sees(user, 'Lead', lead)).toBe(false);
  });

  it('when the account is assigned to the territory of a user, then the territory’s level holds', () => {
    const scenario = privateOrg();
    const user = scenario.user({ objects: { Account: 'edit' } });
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers) });
    const territory = scenario.insert('Territory2', {
      Name: 'North',
      DeveloperName: 'North',
      AccountAccessLevel: 'Edit',
    });
    scenario.insert('UserTerritory2Association', { UserId: user, Territory2Id: territory });
    scenario.insert('ObjectTerritory2Association', { ObjectId: account, Territory2Id: territory });
    expect(scenario.access(user, 'Account', account).maxAccessLevel).toBe('Edit');
  });

  it('when a private task is related to a record that can be read, then the task can be read too', () => {
    const scenario = privateOrg();
    const activityReaders = { objects: { ...readers.objects, Task: 'edit' } } as const;
    const [user, stranger] = [scenario.user(activityReaders), scenario.user(activityReaders)];
    const account = scenario.insert('Account', { OwnerId: user });
    const task = scenario.insert('Task', { OwnerId: scenario.user(activityReaders), WhatId: account });
    expect([user, stranger].map((one) => scenario.access(one, 'Task', task).maxAccessLevel)).toEqual(['Read', 'None']);
  });

  it('when several rules share a record, then the most permissive one wins', () => {
    const scenario = privateOrg();
    const user = scenario.user({ objects: { Account: 'edit' } });
    scenario.group('Integration', [user]);
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers), Type: 'Customer' });
    scenario.rule('Account', { kind: 'group', name: 'Integration' }, { fullName: 'One', accessLevel: 'Read' });
    scenario.rule('Account', { kind: 'group', name: 'Integration' }, { fullName: 'Two', accessLevel: 'Edit' });
    expect(scenario.access(user, 'Account', account).maxAccessLevel).toBe('Edit');
  });

  it('when a record loses what a rule asks for, then it is hidden at once', () => {
    const scenario = privateOrg();
    const user = scenario.user(readers);
    scenario.group('Integration', [user]);
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers), Type: 'Customer' });
    scenario.rule('Account', { kind: 'group', name: 'Integration' });
    const before = scenario.sees(user, 'Account', account);
    scenario.update('Account', account, { Type: 'Prospect' });
    expect([before, scenario.sees(user, 'Account', account)]).toEqual([true, false]);
  });
});

function share(scenario: Scenario, accountId: string, userId: string): string {
  return scenario.insert('AccountShare', {
    AccountId: accountId,
    UserOrGroupId: userId,
    AccountAccessLevel: 'Read',
    OpportunityAccessLevel: 'None',
    CaseAccessLevel: 'None',
    RowCause: 'Manual',
  });
}
