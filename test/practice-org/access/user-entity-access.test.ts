import { describe, expect, it } from 'vitest';
import { Scenario } from './scenario.ts';

/** Tooling API reference: UserFieldAccess, UserEntityAccess. */
describe('Given the server’s own evaluation of what a user may do', () => {
  it('when a field is named by its durable id and the user, then the row tells what the user may do with it', () => {
    const scenario = new Scenario();
    const user = scenario.user({
      objects: { Account: 'edit' },
      fields: ['Account.Rating'],
      editFields: ['Account.Site'],
    });
    const ids = ['Rating', 'Site', 'Industry'].map((field) => `'Account.${field}.${user}'`).join();
    const rows = scenario.query(
      scenario.org.adminUserId,
      `SELECT DurableId, IsAccessible, IsUpdatable FROM UserFieldAccess WHERE DurableId IN (${ids})`,
      true,
    );
    expect(rows.map((row) => [row['IsAccessible'], row['IsUpdatable']])).toEqual([
      [true, false],
      [true, true],
      [false, false],
    ]);
  });

  it('when a custom field is named by its API name instead of its durable id, then there is no row', () => {
    const scenario = new Scenario();
    const base = scenario.org.schema.field('Account', 'Site');
    if (!base) throw new Error('No field to copy');
    scenario.org.schema.putField('Account', { ...base, name: 'Flag__c', custom: true });
    const soql = `SELECT IsAccessible FROM UserFieldAccess WHERE DurableId = 'Account.Flag__c.${scenario.org.adminUserId}'`;
    expect(scenario.query(scenario.org.adminUserId, soql, true)).toEqual([]);
  });

  it('when objects are asked about for a user, then the row tells what the user may do with them', () => {
    const scenario = new Scenario();
    const user = scenario.user({ objects: { Account: 'edit' } });
    const soql = `SELECT IsReadable, IsUpdatable, IsDeletable FROM UserEntityAccess WHERE UserId = '${user}' AND EntityDefinitionId = 'Account'`;
    const [row] = scenario.query(scenario.org.adminUserId, soql, true);
    expect(row).toMatchObject({ IsReadable: true, IsUpdatable: true, IsDeletable: false });
  });

  it('when somebody without View Setup asks about another user, then there is no row', () => {
    const scenario = new Scenario();
    const soql = `SELECT IsReadable FROM UserEntityAccess WHERE DurableId = 'Account.${scenario.org.adminUserId}'`;
    expect(scenario.query(scenario.user({ objects: { Account: 'read' } }), soql, true)).toEqual([]);
  });
});
