import { describe, expect, it } from 'vitest';
import { useFlagOrg } from '../support/flag-org.ts';
import { flagField, rowsChanged, whereRequest, type FlagRunOverrides } from '../support/flagging.ts';

const records = 6_000;
const everything = 'Id != null';
const loginPage = { path: '/results', method: 'GET', status: 200, message: '<html>login</html>' };

describe('Given an org whose bulk answers are not always what was asked for', () => {
  const org = useFlagOrg({ records });

  const errorOf = (where: string, options: FlagRunOverrides = {}): Promise<unknown> =>
    org.flag(whereRequest(where), options).catch((thrown: unknown) => thrown);

  it.each(['<html>login</html>', '', 'Id,Name\n001000000000001AAA,x\n'])(
    'When a result is %j once, Then it is asked for again and all rows are flagged',
    async (message) => {
      await org.given({ ...loginPage, message, times: 1 });
      const { exitCode } = await org.flag(whereRequest(everything));
      expect({ exitCode, flagged: await org.flagged() }).toEqual({
        exitCode: 0,
        flagged: records,
      });
    },
  );

  it('When a result is a login page with --sync, Then only the right rows are unticked', async () => {
    await org.flag(whereRequest(everything));
    await org.given({ ...loginPage, times: 1 });
    const where = "Id IN (SELECT AccountId FROM Contact) AND Industry = 'Technology'";
    const { exitCode } = await org.flag(whereRequest(where, { mode: 'sync' }));
    expect({
      exitCode,
      flagged: await org.flagged(),
      right: await org.countOf(`${flagField} = true AND ${where}`),
    }).toEqual({ exitCode: 0, flagged: await org.countOf(where), right: await org.countOf(where) });
  });

  it('When a result is a login page for good, Then a named error says so and nothing is written', async () => {
    await org.given(loginPage);
    const error = await errorOf(everything);
    expect({ error, changed: await rowsChanged(org.client) }).toMatchObject({
      error: {
        name: 'UnexpectedAnswerError',
        message: expect.stringMatching(/login/) as string,
        actions: [expect.any(String)],
      },
      changed: 0,
    });
  });

  it('When a job is named that is not there or that only reads, Then the error names it and says what to do', async () => {
    const { body: query } = await org.client.post<{ readonly id: string }>('/services/data/v66.0/jobs/query', {
      operation: 'query',
      query: 'SELECT Id FROM Account',
    });
    for (const jobId of ['750000000000999AAA', query.id]) {
      expect(await errorOf(everything, { jobId })).toMatchObject({
        name: 'JobNotFoundError',
        message: expect.stringContaining(jobId) as string,
        actions: [expect.any(String), expect.any(String)],
      });
    }
  });

  it.each([
    ['EXCEEDEDQUOTA', 400, { path: '/jobs/ingest$', method: 'POST' }, 'BulkQuotaExceededError'],
    ['INSUFFICIENT_ACCESS', 403, { path: '/jobs/ingest', method: 'GET' }, 'BulkNotAllowedError'],
    ['FEATURE_NOT_ENABLED', 403, { path: '/jobs/ingest', method: 'GET' }, 'BulkNotAllowedError'],
    ['INVALIDJOBSTATE', 400, { path: '/jobs/ingest/750', method: 'PATCH' }, 'InvalidJobStateError'],
  ])(
    'When Salesforce answers %s with %i, Then the error has a name and actions',
    async (errorCode, status, fault, name) => {
      await org.given({ ...fault, errorCode, status });
      expect(await errorOf(everything)).toMatchObject({
        name,
        actions: expect.arrayContaining([expect.any(String)]) as string[],
      });
      expect(await org.flagged()).toBe(0);
    },
  );

  it('When a condition is longer than an address may be, Then exactly what it selects is flagged', async () => {
    const names = Array.from({ length: 600 }, (_, index) => `'Account number ${index}'`).join(', ');
    const where = `Industry = 'Technology' AND Name NOT IN (${names})`;
    const { exitCode } = await org.flag(whereRequest(where));
    const right = await org.countOf("Industry = 'Technology'");
    expect({ exitCode, isLong: where.length > 12_000, flagged: await org.flagged() }).toEqual({
      exitCode: 0,
      isLong: true,
      flagged: right,
    });
  });
});

describe('Given an org that refuses semi-joins in parentheses', () => {
  const org = useFlagOrg({ records: 60, quirks: { 'nested-semi-join': 'refuse' } });

  it.each([
    "Industry = 'Technology' AND Id IN (SELECT AccountId FROM Contact)",
    "Id NOT IN (SELECT AccountId FROM Opportunity WHERE Amount > 1000) AND (Industry = 'Technology' OR Industry = 'Energy')",
    'Id IN (SELECT AccountId FROM Contact WHERE LastName != null)',
  ])('When the condition is %s, Then exactly what it selects is flagged, with --sync as well', async (where) => {
    const selected = await org.countOf(where);
    const flagged = async () => ({
      all: await org.flagged(),
      right: await org.countOf(`${flagField} = true AND ${where}`),
    });
    const first = await org.flag(whereRequest(where));
    const afterFirst = await flagged();
    await org.flag(whereRequest("Industry = 'Energy' OR Name LIKE '%1'"));
    const synced = await org.flag(whereRequest(where, { mode: 'sync' }));
    const afterSync = await flagged();
    await rowsChanged(org.client);
    await org.flag(whereRequest(where, { mode: 'sync' }));
    expect({
      exitCodes: [first.exitCode, synced.exitCode],
      afterFirst,
      afterSync,
      changedAgain: await rowsChanged(org.client),
      isSelective: selected > 0,
    }).toEqual({
      exitCodes: [0, 0],
      afterFirst: { all: selected, right: selected },
      afterSync: { all: selected, right: selected },
      changedAgain: 0,
      isSelective: true,
    });
  });

  it('When the whole condition stands in parentheses, Then they do no harm', async () => {
    const where = "Industry = 'Technology' AND Id IN (SELECT AccountId FROM Contact)";
    const { exitCode } = await org.flag(whereRequest(`(${where})`));
    expect([exitCode, await org.flagged()]).toEqual([0, await org.countOf(where)]);
  });
});
