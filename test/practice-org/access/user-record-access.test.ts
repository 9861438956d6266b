import { describe, expect, it } from 'vitest';
import { Scenario } from './scenario.ts';

const readers = { objects: { Account: 'read' }, system: ['ViewSetup'] } as const;

function twoAccounts() {
  const scenario = new Scenario();
  scenario.privateAccounts();
  const owner = scenario.user(readers);
  const accounts = ['One', 'Two'].map((name) => scenario.insert('Account', { Name: name, OwnerId: owner }));
  return { scenario, owner, accounts };
}

function accessQuery(
  userId: string,
  ids: readonly string[],
  select = 'RecordId, HasReadAccess, MaxAccessLevel',
): string {
  return `SELECT ${select} FROM UserRecordAccess WHERE UserId = '${userId}' AND RecordId IN (${ids.map((id) => `'${id}'`).join()})`;
}

/** Object Reference, UserRecordAccess. */
describe('Given a query of UserRecordAccess', () => {
  it('when it names one user and some records, then there is a row for each', () => {
    const { scenario, owner, accounts } = twoAccounts();
    const rows = scenario.query(scenario.org.adminUserId, accessQuery(owner, accounts));
    expect(rows.map((row) => [row['RecordId'], row['HasReadAccess'], row['MaxAccessLevel']])).toEqual(
      accounts.map((id) => [id, true, 'All']),
    );
  });

  it('when it names records in 15 characters, then they are found', () => {
    const { scenario, owner, accounts } = twoAccounts();
    const short = accounts.map((id) => id.slice(0, 15));
    expect(scenario.query(scenario.org.adminUserId, accessQuery(owner, short))).toHaveLength(2);
  });

  it('when the record is not readable for the running user, then its row is left out', () => {
    const { scenario, owner, accounts } = twoAccounts();
    expect(scenario.query(scenario.user(readers), accessQuery(owner, accounts))).toEqual([]);
  });

  it('when a record does not exist, then its row is left out', () => {
    const { scenario, owner } = twoAccounts();
    expect(scenario.query(scenario.org.adminUserId, accessQuery(owner, ['001000000000000AAA']))).toEqual([]);
  });

  it('when it names more than 200 records, then it is refused', () => {
    const { scenario, owner } = twoAccounts();
    const ids = Array.from({ length: 201 }, () => '001000000000000AAA');
    expect(() => scenario.query(scenario.org.adminUserId, accessQuery(owner, ids))).toThrow(
      'Number of records exceeds limit:200',
    );
  });

  it('when it selects anything else, then it is refused', () => {
    const { scenario, owner, accounts } = twoAccounts();
    expect(() => scenario.query(scenario.org.adminUserId, accessQuery(owner, accounts, 'UserId'))).toThrow(
      'Can select only RecordId, a Has*Access field, and MaxAccessLevel',
    );
  });

  it('when it filters by a level of access, then the other records are left out', () => {
    const { scenario, accounts } = twoAccounts();
    const user = scenario.user(readers);
    scenario.update('Account', accounts[0] ?? '', { OwnerId: user });
    const soql = `${accessQuery(user, accounts, 'RecordId')} AND HasReadAccess = true`;
    expect(scenario.query(scenario.org.adminUserId, soql).map((row) => row['RecordId'])).toEqual([accounts[0]]);
  });

  it('when a restriction rule hides the record, then the row says that it is readable all the same', () => {
    const scenario = new Scenario();
    const user = scenario.user({ objects: { Contract: 'read', Account: 'read' } });
    const account = scenario.insert('Account', { Name: 'One', OwnerId: user });
    const contract = scenario.insert('Contract', { AccountId: account, OwnerId: scenario.org.adminUserId });
    scenario.org.sharing.putRestrictionRule({
      fullName: 'Own_contracts',
      active: true,
      description: 'Own contracts',
      enforcementType: 'Restrict',
      masterLabel: 'Own contracts',
      recordFilter: 'OwnerId = $User.Id',
      targetEntity: 'Contract',
      userCriteria: `$User.Id = '${user}'`,
      version: 1,
    });
    const row = scenario.query(scenario.org.adminUserId, accessQuery(user, [contract]))[0];
    expect([scenario.sees(user, 'Contract', contract), row?.['HasReadAccess']]).toEqual([false, true]);
  });
});
