import { describe, expect, it } from 'vitest';
import type { Value } from '../../../practice-org/storage/table.ts';
import { runQuery } from '../../../practice-org/soql/query.ts';
import { Scenario } from './scenario.ts';

/** Enough records for references to be resolved by arithmetic. */
const records = 21_000;

function sharedByIndustry() {
  const scenario = new Scenario({ records });
  scenario.privateAccounts();
  const user = scenario.user({
    objects: { Account: 'read', Contact: 'read', Opportunity: 'read' },
    fields: ['Account.Industry'],
  });
  scenario.group('Integration', [user]);
  const group = { kind: 'group', name: 'Integration' } as const;
  scenario.org.sharing.settle();
  const technology = [{ field: 'Industry', operation: 'equals', value: 'Technology' }];
  scenario.rule('Account', group, {
    criteriaItems: technology,
    accountSettings: { caseAccessLevel: 'None', contactAccessLevel: 'None', opportunityAccessLevel: 'Read' },
  });
  scenario.rule('Contact', group, { criteriaItems: [{ field: 'LeadSource', operation: 'equals', value: 'Web' }] });
  return { scenario, user };
}

function rowsWith(scenario: Scenario, object: string, field: string, value: Value): readonly number[] {
  const read = scenario.org.store.table(object).reader(field);
  return Array.from({ length: scenario.org.store.table(object).rowCount }, (_, row) => row).filter(
    (row) => read(row) === value,
  );
}

function accountIds(scenario: Scenario, object: string, rows: readonly number[]): ReadonlySet<Value> {
  const read = scenario.org.store.table(object).reader('AccountId');
  return new Set(rows.map((row) => read(row)).filter((id) => id !== null));
}

describe('Given many generated records, Private and shared by rules', () => {
  const { scenario, user } = sharedByIndustry();
  const count = (soql: string) => runQuery(scenario.org, { userId: user, apiVersion: 66 }, soql).totalSize;
  const accounts = scenario.org.store.table('Account');
  const shared = new Set<Value>(
    rowsWith(scenario, 'Account', 'Industry', 'Technology').map((row) => accounts.idOf(row)),
  );
  const webContacts = rowsWith(scenario, 'Contact', 'LeadSource', 'Web');

  it('when accounts are counted, then there are the shared ones and the parents of shared contacts', () => {
    const visible = new Set([...shared, ...accountIds(scenario, 'Contact', webContacts)]);
    expect(count('SELECT COUNT() FROM Account')).toBe(visible.size);
  });

  it('when contacts are counted, then there are the shared ones that have an account', () => {
    const read = scenario.org.store.table('Contact').reader('AccountId');
    expect(count('SELECT COUNT() FROM Contact')).toBe(webContacts.filter((row) => read(row) !== null).length);
  });

  it('when opportunities are counted, then there are those of the shared accounts', () => {
    const opportunities = scenario.org.store.table('Opportunity');
    const read = opportunities.reader('AccountId');
    const rows = Array.from({ length: opportunities.rowCount }, (_, row) => row).filter((row) => shared.has(read(row)));
    expect(count('SELECT COUNT() FROM Opportunity')).toBe(rows.length);
  });

  it('when only the shared ones are counted by their field, then none is missing', () => {
    expect(count("SELECT COUNT() FROM Account WHERE Industry = 'Technology'")).toBe(shared.size);
  });

  it('when a hidden field is queried, then there is no such column', () => {
    expect(() => count("SELECT COUNT() FROM Account WHERE Rating = 'Hot'")).toThrow(
      "No such column 'Rating' on entity 'Account'",
    );
  });
});
