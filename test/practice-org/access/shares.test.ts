import { describe, expect, it } from 'vitest';
import { Scenario } from './scenario.ts';

const readers = { objects: { Account: 'read', Contact: 'read', Lead: 'read' } } as const;

function sharedAccount() {
  const scenario = new Scenario();
  scenario.privateAccounts();
  const owner = scenario.user(readers);
  const user = scenario.user(readers);
  const group = scenario.group('Integration', [user]);
  const account = scenario.insert('Account', { Name: 'One', OwnerId: owner, Type: 'Customer' });
  scenario.insert('Account', { Name: 'Two', OwnerId: owner });
  scenario.rule('Account', { kind: 'group', name: 'Integration' });
  return { scenario, owner, user, group, account };
}

/** Object Reference: AccountShare, ContactShare; design of record access (draes). */
describe('Given share rows', () => {
  it('when a record has an owner and is shared by a rule, then there is a row for each cause', () => {
    const { scenario, owner, group, account } = sharedAccount();
    const rows = scenario.query(
      scenario.org.adminUserId,
      `SELECT UserOrGroupId, RowCause, AccountAccessLevel FROM AccountShare WHERE AccountId = '${account}'`,
    );
    expect(rows.map((row) => [row['UserOrGroupId'], row['RowCause'], row['AccountAccessLevel']])).toEqual([
      [owner, 'Owner', 'All'],
      [group, 'Rule', 'Read'],
    ]);
  });

  it('when rows of rules for a group are counted, then they are as many as the shared records', () => {
    const { scenario, group } = sharedAccount();
    const rows = scenario.query(
      scenario.org.adminUserId,
      `SELECT Id FROM AccountShare WHERE RowCause = 'Rule' AND UserOrGroupId = '${group}'`,
    );
    expect(rows).toHaveLength(1);
  });

  it('when a child is owned by somebody else than its account, then the account has an implicit parent row', () => {
    const { scenario, user, account } = sharedAccount();
    scenario.insert('Contact', { LastName: 'Child', AccountId: account, OwnerId: user });
    const rows = scenario.query(
      scenario.org.adminUserId,
      `SELECT UserOrGroupId, AccountAccessLevel FROM AccountShare WHERE RowCause = 'ImplicitParent'`,
    );
    expect(rows.map((row) => [row['UserOrGroupId'], row['AccountAccessLevel']])).toEqual([[user, 'Read']]);
  });

  it('when the caller cannot read a record, then its shares are hidden as well', () => {
    const { scenario, user } = sharedAccount();
    const rows = scenario.query(user, `SELECT AccountId FROM AccountShare WHERE RowCause = 'Owner'`);
    expect(rows).toHaveLength(1);
  });

  it('when an object is Controlled by Parent, then it has no share rows', () => {
    const { scenario, owner } = sharedAccount();
    scenario.insert('Contact', { LastName: 'Alone', OwnerId: owner });
    scenario.defaults({ Contact: 'ControlledByParent' });
    expect(scenario.query(scenario.org.adminUserId, 'SELECT Id FROM ContactShare')).toEqual([]);
  });

  it('when a manual share is read, then it has the Id under which it was stored', () => {
    const { scenario, account } = sharedAccount();
    const other = scenario.user(readers);
    const id = scenario.insert('AccountShare', {
      AccountId: account,
      UserOrGroupId: other,
      AccountAccessLevel: 'Edit',
      OpportunityAccessLevel: 'None',
      CaseAccessLevel: 'None',
      RowCause: 'Manual',
    });
    const rows = scenario.query(scenario.org.adminUserId, `SELECT Id FROM AccountShare WHERE RowCause = 'Manual'`);
    expect(rows.map((row) => row['Id'])).toEqual([id]);
  });
});
