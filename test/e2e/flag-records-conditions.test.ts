import type { Connection } from '@salesforce/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { conditionProblem } from '../../src/definition/condition.js';
import { countOf, flag, flagField, makeFlag, rowsChanged, whereRequest } from '../support/flagging.ts';
import { connectTo } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';

const names = ["O'Neil & Söhne", 'Zoë \\ Ltd', 'Ｔｏｋｙｏ 東京 😀', '100 % (Holding) "AG"', 'ORDER BY Name LIMIT 1'];

const conditions = [
  "Name = 'O\\'Neil & Söhne'",
  "Name = 'Zoë \\\\ Ltd'",
  "Name LIKE '%東京 😀'",
  'Name = \'100 % (Holding) "AG"\'',
  "Name = 'ORDER BY Name LIMIT 1'",
  "Name LIKE '%LIMIT%' OR Name LIKE '%O\\'Neil%'",
  "Industry = 'Technology' OR Id != null",
  "Industry = 'Technology' AND (Name LIKE 'A%' OR Name LIKE 'B%')",
  'Id IN (SELECT AccountId FROM Contact WHERE LastName != null)',
  'Id NOT IN (SELECT AccountId FROM Opportunity WHERE Amount > 1000)',
  'CreatedDate = TODAY OR LastModifiedDate = LAST_N_DAYS:30',
  'CreatedDate > 2020-01-01T00:00:00Z',
  "NOT (Industry = 'Technology')",
  "Owner.Username != 'nobody@acme.example'",
  'Industry = null',
  "  Industry\n\tIN ('Technology', 'Energy')  ",
  'IsDeleted = false',
] as const;

describe('Given accounts whose names hold quotes, unicode and words of SOQL', () => {
  const practice = usePracticeServer({ records: 60 });
  let connection: Connection;

  beforeAll(async () => {
    connection = await connectTo(practice.server);
    await makeFlag(practice, ['Account']);
    for (const Name of names) await createRecord(practice, 'Account', { Name });
  });

  const reset = async (): Promise<void> => {
    await flag(connection, whereRequest('Id != null', { mode: 'unflag' }));
    await rowsChanged(practice);
  };

  it.each(conditions)('When the condition is %s, Then exactly what the preview said is flagged', async (where) => {
    await reset();
    const preview = await flag(connection, whereRequest(where), { dryRun: true });
    const { exitCode } = await flag(connection, whereRequest(where));
    expect({
      problem: conditionProblem(where),
      exitCode,
      changed: await rowsChanged(practice),
      flagged: await countOf(practice, `${flagField} = true`),
      right: await countOf(practice, `(${where}) AND ${flagField} = true`),
    }).toEqual({
      problem: null,
      exitCode: 0,
      changed: preview.result.records.toFlag,
      flagged: preview.result.records.toFlag,
      right: preview.result.records.toFlag,
    });
  });

  it.each(conditions)(
    'When --sync is given with the condition %s, Then flagged is exactly what it selects',
    async (where) => {
      await reset();
      await flag(connection, whereRequest("Industry = 'Energy' OR Name LIKE '%1'"));
      const confirm = (): Promise<boolean> => Promise.resolve(true);
      const { exitCode, result } = await flag(connection, whereRequest(where, { mode: 'sync' }), { confirm });
      expect({
        exitCode,
        flagged: await countOf(practice, `${flagField} = true`),
        right: await countOf(practice, `(${where}) AND ${flagField} = true`),
        selected: (result.records.alreadySo ?? 0) + (result.records.toFlag ?? 0),
      }).toEqual({
        exitCode: 0,
        flagged: await countOf(practice, where),
        right: await countOf(practice, where),
        selected: await countOf(practice, where),
      });
    },
  );

  it.each([
    ['(Id != null ORDER BY Name)', 'an ORDER BY in parentheses'],
    ['(Id != null LIMIT 1)', 'a LIMIT in parentheses'],
    ['Id != null; DELETE', 'a second statement'],
    ["Name = 'a' 'b'", 'two values'],
    ['Nothing__c = true', 'a field that is not there'],
    ["AnnualRevenue = 'much'", 'a value of the wrong type'],
    ['Industry = Technology', 'a value without quotes'],
    ['COUNT(Id) > 1', 'an aggregate'],
    ['{!SQL}', 'no SOQL at all'],
    ["Industry = 'Technology' -- not really", 'a comment'],
    ["Industry = 'Technology' /* not really */", 'another comment'],
    ['Industry = “Technology”', 'the quotes of a word processor'],
    ['Industry = "Technology"', 'the quotes of another language'],
    ['Name = :name', 'a variable'],
    ["Name = 'a' AND", 'nothing at its end'],
    ["(Industry = 'Technology' ALL ROWS)", 'deleted records'],
    ["(Industry = 'Technology' FOR UPDATE)", 'a lock'],
    ["Industry = 'Technology' AND Name LIKE 'A%' OR Name LIKE 'B%'", 'AND and OR without parentheses'],
    ["Id IN (SELECT AccountId FROM Contact) OR Industry = 'Technology'", 'a subquery with OR'],
    ['TYPEOF Owner WHEN User THEN Id END', 'a choice by type'],
    ["Id = 'abc'", 'an Id that is none'],
  ])('When the condition is %s (%s), Then Salesforce’s own words refuse it and nothing is written', async (where) => {
    await reset();
    const error: unknown = await flag(connection, whereRequest(where)).catch((thrown: unknown) => thrown);
    expect({ error, changed: await rowsChanged(practice) }).toMatchObject({
      error: {
        name: 'ConditionRefusedError',
        message: expect.stringContaining("doesn't accept the condition for Account") as string,
        actions: [expect.any(String)],
      },
      changed: 0,
    });
  });

  it('When the field is hidden from who flags, Then the message says what is wrong without the query around it', async () => {
    const error: unknown = await flag(connection, whereRequest('Hidden__c = true')).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/Hidden__c = true": .*No such column 'Hidden__c'/);
    expect(String(error)).not.toMatch(/SELECT|\^|ERROR at Row/);
  });
});
