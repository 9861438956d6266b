import { describe, expect, it } from 'vitest';
import { useFlagOrg } from '../support/flag-org.ts';
import { rowsChanged, whereRequest, writeRequests } from '../support/flagging.ts';

const records = 8_000;
const request = whereRequest("Industry = 'Technology' OR Industry != 'Technology'");

/** Requests of one undisturbed run of these rows. */
const interruptible = [
  ...Array.from({ length: 14 }, (_, index) => ({ drop: 'before', afterN: index }) as const),
  ...Array.from({ length: 14 }, (_, index) => ({ drop: 'after', afterN: index }) as const),
];

describe('Given more records than collections take', () => {
  const org = useFlagOrg({ records });

  it('When they are flagged, Then one bulk job writes each of them once, and a second run writes nothing', async () => {
    const { exitCode, result } = await org.flag(request);
    const changed = await rowsChanged(org.client);
    const second = await org.flag(request);
    expect({
      exitCode,
      written: result.records.written,
      flagged: await org.flagged(),
      changed,
      second: [second.exitCode, second.result.changes.map(({ status }) => status)],
      secondWrites: await writeRequests(org.client),
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
      await org.given({ ...fault, path: '/services/', times: 1 });
      await org.flag(request).catch(() => undefined);
      await org.client.send('DELETE', '/__practice__/faults');
      const { exitCode } = await org.flag(request);
      expect({ exitCode, flagged: await org.flagged(), changed: await rowsChanged(org.client) }).toEqual({
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
    await org.given(fault, { errorCode: 'UNABLE_TO_LOCK_ROW', path: '/jobs/ingest/', times: 20 });
    const { exitCode } = await org.flag(request);
    expect({ exitCode, flagged: await org.flagged(), changed: await rowsChanged(org.client) }).toEqual({
      exitCode: 0,
      flagged: records,
      changed: records,
    });
  });

  it('When somebody aborts the job in the org, Then the exit code is 68, the finding names it, and the next run writes what is left', async () => {
    const port = org.port;
    const aborted = { ...port, bulk: { ...port.bulk, start: (jobId: string) => port.bulk.abort(jobId) } };
    const first = await org.flag(request, { port: aborted });
    const second = await org.flag(request);
    expect({
      first: [first.exitCode, first.result.changes[0]?.status, first.result.records.failed],
      findings: first.result.findings.map(({ code }) => code),
      second: second.exitCode,
      flagged: await org.flagged(),
      changed: await rowsChanged(org.client),
    }).toEqual({
      first: [68, 'failed', records],
      findings: ['JobStopped'],
      second: 0,
      flagged: records,
      changed: records,
    });
  });

  it('When uploads are limited, Then several jobs of one run write all of them', async () => {
    const port = org.port;
    const small = { ...port, bulk: { ...port.bulk, uploadBytes: 60_000 } };
    const { result } = await org.flag(request, { port: small });
    const jobs = (await writeRequests(org.client)).filter(({ method }) => method === 'PUT');
    expect({ isSeveral: jobs.length > 1, written: result.records.written, flagged: await org.flagged() }).toEqual({
      isSeveral: true,
      written: records,
      flagged: records,
    });
  });

  it('When there is no time to wait, Then the job goes on, and the same command takes it up', async () => {
    const first = await org.flag(request, { waitMs: 0 });
    const second = await org.flag(request);
    expect({
      first: [first.exitCode, first.result.jobIds.length, first.result.changes[0]?.status],
      second: second.exitCode,
      changed: await rowsChanged(org.client),
      flagged: await org.flagged(),
    }).toEqual({ first: [69, 1, 'pending'], second: 0, changed: records, flagged: records });
  });

  it('When a job is named, Then it is waited for, and nothing is written a second time', async () => {
    const { result } = await org.flag(request, { waitMs: 0 });
    const [jobId = ''] = result.jobIds;
    const second = await org.flag(request, { jobId });
    expect({ written: second.result.records.written, changed: await rowsChanged(org.client) }).toEqual({
      written: records,
      changed: records,
    });
  });

  it('When the named job’s upload was never finished, Then it is given up, and its rows are written', async () => {
    const jobId = await org.port.bulk.createUpdate('Account');
    const { exitCode } = await org.flag(request, { jobId });
    const { state } = await org.port.bulk.job(jobId);
    expect({ exitCode, state, flagged: await org.flagged() }).toEqual({
      exitCode: 0,
      state: 'Aborted',
      flagged: records,
    });
  });

  it('When another upload of the same user is not finished, Then it is left alone and named', async () => {
    const jobId = await org.port.bulk.createUpdate('Account');
    const { result } = await org.flag(request);
    const { state } = await org.port.bulk.job(jobId);
    expect({ state, findings: result.findings.map(({ code, subject }) => `${code} ${subject}`) }).toEqual({
      state: 'Open',
      findings: [`UploadNotFinished ${jobId}`],
    });
  });

  it('When the named job does something else, Then it is refused by name, and nothing is written', async () => {
    const jobId = await org.port.bulk.createUpdate('Contact');
    await expect(org.flag(request, { jobId })).rejects.toMatchObject({ name: 'OtherJobError' });
  });

  it('When 1 % of the rows are locked, Then all of them end flagged', async () => {
    await org.given({ errorCode: 'UNABLE_TO_LOCK_ROW', path: '/jobs/ingest/', times: 80 });
    const { exitCode, result } = await org.flag(request);
    expect({
      exitCode,
      written: result.records.written,
      flagged: await org.flagged(),
      changed: await rowsChanged(org.client),
    }).toEqual({ exitCode: 0, written: records, flagged: records, changed: records });
  });
});
