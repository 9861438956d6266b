import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { countOf, flag, flagField, makeFlag, rowsChanged, whereRequest, writeRequests } from '../support/flagging.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

const records = 8_000;
const request = whereRequest("Industry = 'Technology' OR Industry != 'Technology'");

/** Requests of one undisturbed run of these rows. */
const interruptible = [
  ...Array.from({ length: 14 }, (_, index) => ({ drop: 'before', afterN: index }) as const),
  ...Array.from({ length: 14 }, (_, index) => ({ drop: 'after', afterN: index }) as const),
];

describe('Given more records than collections take', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;

  beforeEach(async () => {
    server = await startPracticeServer({ records });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    await makeFlag(client, ['Account']);
  });
  afterEach(async () => {
    await server.close();
  });

  const flagged = (): Promise<number> => countOf(client, `${flagField} = true`);

  it('When they are flagged, Then one bulk job writes each of them once, and a second run writes nothing', async () => {
    const { exitCode, result } = await flag(connection, request);
    const changed = await rowsChanged(client);
    const second = await flag(connection, request);
    expect({
      exitCode,
      written: result.records.written,
      flagged: await flagged(),
      changed,
      second: [second.exitCode, second.result.changes.map(({ status }) => status)],
      secondWrites: await writeRequests(client),
    }).toEqual({
      exitCode: 0,
      written: records,
      flagged: records,
      changed: records,
      second: [0, ['unchanged']],
      secondWrites: [],
    });
  });

  it.each(interruptible)(
    'When the connection is dropped $drop request $afterN, Then this run or the next one ends with all flagged, each written once',
    async (fault) => {
      await client.post('/__practice__/faults', [{ ...fault, path: '/services/', times: 1 }]);
      await flag(connection, request).catch(() => undefined);
      await client.send('DELETE', '/__practice__/faults');
      const { exitCode } = await flag(connection, request);
      expect({ exitCode, flagged: await flagged(), changed: await rowsChanged(client) }).toEqual({
        exitCode: 0,
        flagged: records,
        changed: records,
      });
    },
  );

  it.each([
    [
      'polls are answered with 503 for a while',
      { path: '/jobs/ingest/750\\w+$', method: 'GET', status: 503, times: 3 },
    ],
    ['the upload is answered with 500', { path: '/batches$', method: 'PUT', status: 500, times: 1 }],
    [
      'the start of the job is answered with 500',
      { path: '/jobs/ingest/750\\w+$', method: 'PATCH', status: 500, times: 1 },
    ],
    ['the query job is answered with 503', { path: '/jobs/query$', method: 'POST', status: 503, times: 1 }],
    ['the failed rows are answered with 502', { path: '/failedResults$', method: 'GET', status: 502, times: 1 }],
  ])('When %s, Then the same run ends with all flagged, each written once', async (_, fault) => {
    await client.post('/__practice__/faults', [
      fault,
      { errorCode: 'UNABLE_TO_LOCK_ROW', path: '/jobs/ingest/', times: 20 },
    ]);
    const { exitCode } = await flag(connection, request);
    expect({ exitCode, flagged: await flagged(), changed: await rowsChanged(client) }).toEqual({
      exitCode: 0,
      flagged: records,
      changed: records,
    });
  });

  it('When somebody aborts the job in the org, Then the exit code is 68, the finding names it, and the next run writes what is left', async () => {
    const port = createOrgPort(connection);
    const aborted = { ...port, bulk: { ...port.bulk, start: (jobId: string) => port.bulk.abort(jobId) } };
    const first = await flag(connection, request, { port: aborted });
    const second = await flag(connection, request);
    expect({
      first: [first.exitCode, first.result.changes[0]?.status, first.result.records.failed],
      findings: first.result.findings.map(({ code }) => code),
      second: second.exitCode,
      flagged: await flagged(),
      changed: await rowsChanged(client),
    }).toEqual({
      first: [68, 'failed', records],
      findings: ['JobStopped'],
      second: 0,
      flagged: records,
      changed: records,
    });
  });

  it('When uploads are limited, Then several jobs of one run write all of them', async () => {
    const port = createOrgPort(connection);
    const small = { ...port, bulk: { ...port.bulk, uploadBytes: 60_000 } };
    const { result } = await flag(connection, request, { port: small });
    const jobs = (await writeRequests(client)).filter(({ method }) => method === 'PUT');
    expect({ isSeveral: jobs.length > 1, written: result.records.written, flagged: await flagged() }).toEqual({
      isSeveral: true,
      written: records,
      flagged: records,
    });
  });

  it('When there is no time to wait, Then the job goes on, and the same command takes it up', async () => {
    const first = await flag(connection, request, { waitMs: 0 });
    const second = await flag(connection, request);
    expect({
      first: [first.exitCode, first.result.jobIds.length, first.result.changes[0]?.status],
      second: second.exitCode,
      changed: await rowsChanged(client),
      flagged: await flagged(),
    }).toEqual({ first: [69, 1, 'pending'], second: 0, changed: records, flagged: records });
  });

  it('When a job is named, Then it is waited for, and nothing is written a second time', async () => {
    const { result } = await flag(connection, request, { waitMs: 0 });
    const [jobId = ''] = result.jobIds;
    const second = await flag(connection, request, { jobId });
    expect({ written: second.result.records.written, changed: await rowsChanged(client) }).toEqual({
      written: records,
      changed: records,
    });
  });

  it('When the named job’s upload was never finished, Then it is given up, and its rows are written', async () => {
    const jobId = await createOrgPort(connection).bulk.createUpdate('Account');
    const { exitCode } = await flag(connection, request, { jobId });
    const { state } = await createOrgPort(connection).bulk.job(jobId);
    expect({ exitCode, state, flagged: await flagged() }).toEqual({ exitCode: 0, state: 'Aborted', flagged: records });
  });

  it('When another upload of the same user is not finished, Then it is left alone and named', async () => {
    const jobId = await createOrgPort(connection).bulk.createUpdate('Account');
    const { result } = await flag(connection, request);
    const { state } = await createOrgPort(connection).bulk.job(jobId);
    expect({ state, findings: result.findings.map(({ code, subject }) => `${code} ${subject}`) }).toEqual({
      state: 'Open',
      findings: [`UploadNotFinished ${jobId}`],
    });
  });

  it('When the named job does something else, Then it is refused by name, and nothing is written', async () => {
    const jobId = await createOrgPort(connection).bulk.createUpdate('Contact');
    await expect(flag(connection, request, { jobId })).rejects.toMatchObject({ name: 'OtherJobError' });
  });

  it('When 1 % of the rows are locked, Then all of them end flagged', async () => {
    await client.post('/__practice__/faults', [{ errorCode: 'UNABLE_TO_LOCK_ROW', path: '/jobs/ingest/', times: 80 }]);
    const { exitCode, result } = await flag(connection, request);
    expect({
      exitCode,
      written: result.records.written,
      flagged: await flagged(),
      changed: await rowsChanged(client),
    }).toEqual({ exitCode: 0, written: records, flagged: records, changed: records });
  });
});
