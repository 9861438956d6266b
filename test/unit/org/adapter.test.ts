import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createOrgPort } from '../../../src/org/adapter/connection-port.js';
import type { OrgPort, Read } from '../../../src/org/port.js';
import { useGateway } from '../../support/gateway.ts';
import { connectTo } from '../../support/login.ts';
import { usePracticeServer } from '../../support/practice-server.ts';

const rest = (soql: string) => ({ soql, api: 'rest' as const });
const sizes = (answers: ReadonlyArray<Read<readonly unknown[]>>): readonly (number | string)[] =>
  answers.map((answer) => (answer.ok ? answer.value.length : answer.refusal.errorCode));

const ownAccess = "SELECT DurableId FROM UserEntityAccess WHERE DurableId = 'Account.005000000000000AAA'";

describe('Given an org whose REST API does not know what the Tooling API knows', () => {
  const practice = usePracticeServer({ records: 0, quirks: { 'user-access': 'tooling' } });

  it('When it is asked through either, Then the Tooling API answers', async () => {
    const port = createOrgPort(await connectTo(practice.server));
    const answers = await port.queryAll([
      { soql: ownAccess, api: 'either' },
      { soql: ownAccess, api: 'rest' },
      { soql: 'SELECT Id FROM Nothing__c', api: 'either' },
    ]);
    expect(sizes(answers)).toEqual([0, 'INVALID_TYPE', 'INVALID_TYPE']);
  });
});

describe('Given an org with 3,000 accounts', () => {
  const practice = usePracticeServer({ records: 3_000 });
  let port: OrgPort;

  beforeAll(async () => {
    port = createOrgPort(await connectTo(practice.server));
  });
  afterEach(async () => {
    await practice.send('DELETE', '/__practice__/faults');
  });

  const loggedPaths = async (): Promise<readonly string[]> => {
    const { body } = await practice.get<ReadonlyArray<{ readonly path: string }>>('/__practice__/requests');
    return body.map(({ path }) => path.replace(/\?.*/, ''));
  };

  it('When 30 queries are asked, Then they travel in two batches', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const queries = Array.from({ length: 30 }, (_, index) => rest(`SELECT Id FROM Account LIMIT ${index + 1}`));
    const answers = await port.queryAll(queries);
    expect({ sizes: sizes(answers), paths: await loggedPaths() }).toEqual({
      sizes: queries.map((_, index) => index + 1),
      paths: ['/services/data/v66.0/composite/batch', '/services/data/v66.0/composite/batch'],
    });
  });

  it('When a result has several pages, Then all of them are read, in a batch as well', async () => {
    const answers = await port.queryAll([rest('SELECT Id FROM Account'), rest('SELECT Id FROM Contact')]);
    expect(sizes(answers)).toEqual([3_000, 3_000]);
  });

  it('When one query of a batch is refused, Then the others are answered', async () => {
    const answers = await port.queryAll([
      rest('SELECT Id FROM Account LIMIT 1'),
      rest('SELECT Nothing FROM Account'),
      rest('SELECT Id FROM Nothing__c'),
      { soql: 'SELECT Id, Name FROM Profile LIMIT 1', api: 'tooling' },
    ]);
    expect(sizes(answers)).toEqual([1, 'INVALID_FIELD', 'INVALID_TYPE', 1]);
  });

  it('When an object may be asked about through either API, Then it travels with the other queries', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const answers = await port.queryAll([rest('SELECT Id FROM Account LIMIT 1'), { soql: ownAccess, api: 'either' }]);
    expect({ sizes: sizes(answers), paths: await loggedPaths() }).toEqual({
      sizes: [1, 0],
      paths: ['/services/data/v66.0/composite/batch'],
    });
  });

  it('When a single query is longer than a URL may be, Then it is answered all the same', async () => {
    const names = Array.from({ length: 1_500 }, (_, index) => `'Account number ${index}'`).join(', ');
    const [answer] = await port.queryAll([rest(`SELECT Id FROM Account WHERE Name IN (${names}) LIMIT 1`)]);
    expect(answer?.ok).toBe(true);
  });

  it('When a count is longer than a URL may be, Then it is counted all the same, in its time', async () => {
    const names = Array.from({ length: 1_500 }, (_, index) => `'Account number ${index}'`).join(', ');
    const soql = `SELECT COUNT() FROM Account WHERE Name NOT IN (${names})`;
    const counted = await port.count(soql, 10_000);
    await practice.post('/__practice__/faults', [{ path: 'composite/batch', latencyMs: 5_000, times: 1 }]);
    expect([counted, await port.count(soql, 100)]).toEqual([
      { ok: true, value: 3_000 },
      { ok: true, value: 'not counted' },
    ]);
  });

  it('When a long query is refused, Then the refusal is its answer', async () => {
    const nothing = `SELECT COUNT() FROM Account WHERE Nothing__c = '${'x'.repeat(15_000)}'`;
    expect(await port.count(nothing, 10_000)).toMatchObject({ ok: false, refusal: { errorCode: 'INVALID_FIELD' } });
  });

  it('When a long Tooling query is refused for its length, Then a named error says so without HTML', async () => {
    const soql = `SELECT Id FROM Profile WHERE Name = '${'x'.repeat(20_000)}'`;
    const error: unknown = await port.queryAll([{ soql, api: 'tooling' }]).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'RequestTooLongError',
      message: expect.not.stringContaining('<') as string,
      actions: [expect.any(String)],
    });
  });

  it('When a batch of n is sent, Then it counts as n calls', async () => {
    const before = port.requestCounts();
    await port.queryAll([rest('SELECT Id FROM Account LIMIT 1'), rest('SELECT Id FROM Lead LIMIT 1')]);
    const after = port.requestCounts();
    expect([after.apiRequests - before.apiRequests, after.apiCalls - before.apiCalls]).toEqual([1, 2]);
  });

  it('When a count takes longer than it may, Then it answers "not counted"', async () => {
    await practice.post('/__practice__/faults', [{ path: 'COUNT', latencyMs: 5_000, times: 1 }]);
    expect(await port.count('SELECT COUNT() FROM Account', 100)).toEqual({ ok: true, value: 'not counted' });
  });

  it('When a count is in time, Then it is the number', async () => {
    expect(await port.count('SELECT COUNT() FROM Account', 10_000)).toEqual({ ok: true, value: 3_000 });
  });

  it('When several counts are asked, Then they travel in one request', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const answers = await port.countAll([
      { soql: 'SELECT COUNT() FROM Account', timeoutMs: 10_000 },
      { soql: 'SELECT COUNT() FROM Nothing__c', timeoutMs: 10_000 },
      { soql: 'SELECT COUNT() FROM Account LIMIT 5', timeoutMs: 10_000 },
    ]);
    expect({ answers, requests: (await loggedPaths()).length }).toMatchObject({
      answers: [{ value: 3_000 }, { ok: false }, { value: 5 }],
      requests: 1,
    });
  });

  it('When several counts take too long together, Then each gets its own time', async () => {
    await practice.post('/__practice__/faults', [{ path: 'composite/batch', latencyMs: 5_000, times: 1 }]);
    const answers = await port.countAll([
      { soql: 'SELECT COUNT() FROM Account', timeoutMs: 500 },
      { soql: 'SELECT COUNT() FROM Lead', timeoutMs: 500 },
    ]);
    expect(answers).toEqual([
      { ok: true, value: 3_000 },
      { ok: true, value: 1_500 },
    ]);
  });

  it('When queries and descriptions are asked together, Then they travel in one request', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const { rows, descriptions } = await port.readTogether(
      [rest('SELECT Id FROM Account LIMIT 1')],
      ['User', 'Nothing__c'],
    );
    expect({
      rows: sizes(rows),
      described: descriptions.map(({ ok }) => ok),
      requests: (await loggedPaths()).length,
    }).toEqual({
      rows: [1],
      described: [true, false],
      requests: 1,
    });
  });

  it('When 450 rows are written, Then they go in three collections, each row with its own outcome', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const [answer] = await port.queryAll([rest('SELECT Id FROM Account LIMIT 449')]);
    const ids = answer?.ok === true ? answer.value.map((row) => row['Id']) : [];
    const rows = [...ids, '001000000000000AAA'].map((Id) => ({ Id, Description: 'changed' }));
    const outcomes = await port.writeRows('PATCH', 'Account', rows);
    const collections = (await loggedPaths()).filter((path) => path.endsWith('/composite/sobjects'));
    expect({
      collections: collections.length,
      written: outcomes.filter(({ ok }) => ok).length,
      last: outcomes.at(-1)?.ok,
    }).toEqual({ collections: 3, written: 449, last: false });
  });

  it('When an object is described, Then its fields come with what plans need of them', async () => {
    const answer = await port.describe('User');
    expect(answer).toMatchObject({
      ok: true,
      value: {
        name: 'User',
        fields: expect.arrayContaining([
          expect.objectContaining({ name: 'TimeZoneSidKey', type: 'picklist', nillable: false }),
        ]) as unknown[],
      },
    });
  });

  it('When an object does not exist, Then describing it is refused', async () => {
    expect(await port.describe('Nothing__c')).toMatchObject({ ok: false, refusal: { errorCode: 'NOT_FOUND' } });
  });

  it('When the identity is asked for twice, Then it costs one request', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    await port.identity();
    expect(await port.identity()).toMatchObject({
      username: 'admin@practice.example',
      userId: expect.stringMatching(/^005/) as string,
      organizationId: expect.stringMatching(/^00D/) as string,
    });
    expect(await loggedPaths()).toHaveLength(1);
  });
});

describe('Given an org that doesn’t show who runs the command', () => {
  const practice = usePracticeServer({ records: 0 });
  const gateway = useGateway();
  const ownRow = /FROM\+User\+WHERE|FROM%20User%20WHERE/;

  it('When it refuses to, Then whoever asks gets the refusal, and may ask again', async () => {
    const port = createOrgPort(await connectTo(practice.server));
    const refusal = { status: 400, errorCode: 'INVALID_TYPE', message: "sObject type 'User' is not supported." };
    await practice.post('/__practice__/faults', [{ path: 'FROM User WHERE', times: 1, ...refusal }]);
    await expect(port.identity()).rejects.toMatchObject({ name: 'InvalidTypeError' });
    expect(await port.identity()).toMatchObject({ userId: expect.stringMatching(/^005/) as string });
  });

  it('When it has no such user, Then nobody is taken for the runner', async () => {
    const target = await gateway(practice.server, ({ path }, answer) =>
      ownRow.test(path) ? { ...answer, body: '{"totalSize":0,"done":true,"records":[]}' } : answer,
    );
    await expect(createOrgPort(await connectTo(target)).identity()).rejects.toMatchObject({
      name: 'UnknownRunnerError',
      actions: [expect.any(String)],
    });
  });
});

describe.each(['accept', 'refuse'] as const)('Given an org that composite-setup=%s', (compositeSetup) => {
  const practice = usePracticeServer({ records: 0, quirks: { 'composite-setup': compositeSetup } });
  const group = (name: string) =>
    ({
      method: 'POST',
      sobject: 'Group',
      values: { Name: name, DeveloperName: name, Type: 'Regular' },
      referenceId: name,
    }) as const;
  const member = (groupName: string, referenceId: string) =>
    ({
      method: 'POST',
      sobject: 'GroupMember',
      values: { GroupId: `@{${groupName}.id}`, UserOrGroupId: '@{Inner.id}' },
      referenceId,
    }) as const;

  it('When rows refer to each other, Then all are written in their order', async () => {
    const port = createOrgPort(await connectTo(practice.server));
    const outcomes = await port.write([group('Inner'), group('Outer'), member('Outer', 'm1')]);
    expect(outcomes).toMatchObject([{ ok: true }, { ok: true }, { ok: true, created: true }]);
  });

  it('When a row is refused, Then what refers to it was not attempted', async () => {
    const port = createOrgPort(await connectTo(practice.server));
    const refused = { ...group('Refused'), values: { DeveloperName: 'not a name' } };
    const outcomes = await port.write([refused, member('Refused', 'm2')]);
    expect([outcomes[0]?.ok, outcomes[1]]).toEqual([false, undefined]);
  });

  it('When there are more rows than a composite takes, Then references reach across requests', async () => {
    const port = createOrgPort(await connectTo(practice.server));
    const many = Array.from({ length: 30 }, (_, index) => group(`Many_${index}`));
    const nested = {
      ...member('Many_29', 'm3'),
      values: { GroupId: '@{Many_29.id}', UserOrGroupId: '@{Many_0.id}' },
    };
    const outcomes = await port.write([...many, nested]);
    expect(outcomes.every((outcome) => outcome?.ok)).toBe(true);
  });
});
