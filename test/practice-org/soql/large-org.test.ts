import { beforeAll, describe, expect, it } from 'vitest';
import type { PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import { runQuery } from '../../../practice-org/soql/query.ts';
import { timedOrg } from '../access/practice-settings.ts';

const second = 1_000;

/** Milliseconds from the query to its first page. */
function timeOf(org: PracticeOrg, soql: string): number {
  const start = performance.now();
  const result = runQuery(org, { userId: org.adminUserId, apiVersion: 66 }, soql);
  for (let index = 0; index < Math.min(2_000, result.size); index++) result.record(index);
  return performance.now() - start;
}

describe('queries in an org of 1,000,000 accounts', () => {
  let org: PracticeOrg;
  beforeAll(() => {
    ({ org } = timedOrg({ records: 1_000_000 }));
  });

  it.each([
    'SELECT COUNT() FROM Account',
    "SELECT COUNT() FROM Account WHERE Industry = 'Technology'",
    "SELECT COUNT() FROM Account WHERE Name LIKE '%99'",
    'SELECT Id, Name, Owner.Name FROM Account',
    'SELECT Id FROM Account ORDER BY Id DESC LIMIT 200',
  ])('Given %s, When it runs, Then the first page is there within two seconds', (soql) => {
    expect(timeOf(org, soql)).toBeLessThan(2 * second);
  });
});
