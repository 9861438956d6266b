import { beforeEach, describe, expect, it } from 'vitest';
import type { FlagRunOutcome } from '../../src/records/run.js';
import { useFlagOrg } from '../support/flag-org.ts';
import { whereRequest, writeRequests } from '../support/flagging.ts';

const records = 5_000;
const all = whereRequest('Id != null');
const few = whereRequest("Name LIKE '%7'");

const org = useFlagOrg({ records });

const codes = ({ result }: FlagRunOutcome): readonly string[] => result.findings.map(({ code }) => code);
const shown = ({ result }: FlagRunOutcome) => result.changes.map(({ status, after }) => `${status}: ${after ?? ''}`);

describe('Given answers that don’t agree with what the org shows', () => {
  it('When a job says it is complete without having tried its rows, Then that is partly done, and said', async () => {
    const port = org.portWith((bulk) => ({
      start: (id) => bulk.abort(id),
      job: async (id) => ({ ...(await bulk.job(id)), state: 'JobComplete' }),
    }));
    const outcome = await org.flag(all, { port });
    expect({
      exitCode: outcome.exitCode,
      codes: codes(outcome),
      shown: shown(outcome),
      flagged: await org.flagged(),
    }).toEqual({
      exitCode: 68,
      codes: ['JobStopped'],
      shown: [`failed: 0 of ${records} records`],
      flagged: 0,
    });
  });

  it('When all rows are said to be written and are not, Then the count afterwards tells', async () => {
    const port = org.portWith((bulk) => ({
      start: (id) => bulk.abort(id),
      job: async (id) => ({ ...(await bulk.job(id)), state: 'JobComplete', processed: records }),
    }));
    const outcome = await org.flag(all, { port });
    expect({ exitCode: outcome.exitCode, codes: codes(outcome) }).toEqual({ exitCode: 68, codes: ['RowsLeft'] });
  });

  it('When a job is stopped and some of its rows were locked, Then both are known at the end', async () => {
    await org.given({ errorCode: 'UNABLE_TO_LOCK_ROW', path: '/jobs/ingest/', times: 5 });
    let stopped: string | undefined;
    const port = org.portWith((bulk) => ({
      job: async (id) => {
        const job = await bulk.job(id);
        stopped ??= id;
        return id === stopped && job.state === 'JobComplete'
          ? { ...job, state: 'Aborted', processed: records - 100 }
          : job;
      },
    }));
    const outcome = await org.flag(all, { port });
    expect({ exitCode: outcome.exitCode, codes: codes(outcome), failed: outcome.result.records.failed }).toEqual({
      exitCode: 68,
      codes: ['JobStopped'],
      failed: 100,
    });
  });

  it('When the session ends between two collections, Then what was written is told, with how to go on', async () => {
    await org.given({
      method: 'PATCH',
      path: 'composite/sobjects',
      afterN: 1,
      status: 401,
      errorCode: 'INVALID_SESSION_ID',
    });
    const outcome = await org.flag(few);
    expect({
      exitCode: outcome.exitCode,
      codes: codes(outcome),
      shown: shown(outcome),
      flagged: await org.flagged(),
    }).toEqual({ exitCode: 68, codes: ['WritingStopped'], shown: ['failed: 200 of 500 records'], flagged: 200 });
  });

  it('When the session ends before anything is written, Then the error carries what was planned', async () => {
    await org.given({ method: 'PATCH', path: 'composite/sobjects', status: 401, errorCode: 'INVALID_SESSION_ID' });
    await expect(org.flag(few)).rejects.toMatchObject({
      name: 'SessionExpiredError',
      data: { records: { toFlag: 500, written: 0 } },
    });
  });

  it('When nobody says how a job goes until the time is over, Then it is still in progress, with its Id', async () => {
    await org.given({ method: 'GET', path: '/jobs/ingest/750', status: 503, errorCode: 'SERVER_UNAVAILABLE' });
    const outcome = await org.flag(all, { waitMs: 0 });
    expect({ exitCode: outcome.exitCode, codes: codes(outcome), jobs: outcome.result.jobIds.length }).toEqual({
      exitCode: 69,
      codes: ['JobGoesOn'],
      jobs: 1,
    });
  });

  it('When the session ends while a job is waited for, Then that is told, and which job goes on', async () => {
    await org.given({ method: 'GET', path: '/jobs/ingest/750', status: 401, errorCode: 'INVALID_SESSION_ID' });
    const outcome = await org.flag(all);
    expect({ exitCode: outcome.exitCode, codes: codes(outcome), jobs: outcome.result.jobIds.length }).toEqual({
      exitCode: 68,
      codes: ['WritingStopped', 'JobGoesOn'],
      jobs: 1,
    });
  });
});

describe('Given flags that a sync would take from every record', () => {
  beforeEach(async () => {
    await org.flag(few);
    await org.client.send('DELETE', '/__practice__/requests');
  });

  const nothing = whereRequest("Industry = 'Tecnology'", { mode: 'sync' });

  it('When somebody can be asked, Then it asks, however few they are', async () => {
    const outcome = org.flag(nothing, { confirm: () => Promise.resolve(false) });
    await expect(outcome).rejects.toMatchObject({ name: 'ConfirmationRequiredError' });
    expect({ writes: await writeRequests(org.client), flagged: await org.flagged() }).toEqual({
      writes: [],
      flagged: 500,
    });
  });

  it.each([true, false])('When nobody is to be asked, and dry is %s, Then it is refused', async (dryRun) => {
    await expect(org.flag(nothing, { dryRun })).rejects.toMatchObject({
      name: 'NothingSelectedError',
      actions: [expect.stringContaining('Send_to_HubSpot__c = true')],
    });
    expect({ writes: await writeRequests(org.client), flagged: await org.flagged() }).toEqual({
      writes: [],
      flagged: 500,
    });
  });

  it('When a person says yes, Then it is done and said', async () => {
    const outcome = await org.flag(nothing, { confirm: () => Promise.resolve(true) });
    expect({ exitCode: outcome.exitCode, codes: codes(outcome), flagged: await org.flagged() }).toEqual({
      exitCode: 0,
      codes: ['NothingSelected'],
      flagged: 0,
    });
  });

  it('When no flag is to be taken, but the condition matches nothing, Then that is said', async () => {
    const outcome = await org.flag(whereRequest("Industry = 'Tecnology'"));
    expect({ exitCode: outcome.exitCode, codes: codes(outcome) }).toEqual({ exitCode: 0, codes: ['NothingMatches'] });
  });

  it('When the condition asks who wrote last, Then it is said that writing changes that', async () => {
    const outcome = await org.flag(whereRequest('LastModifiedDate = TODAY', { mode: 'sync' }), {
      dryRun: true,
    });
    expect(codes(outcome)).toEqual(['ConditionFollowsWriting']);
  });
});

describe('Given a job of an earlier run that the org has not finished', () => {
  it('When nothing seems to differ, Then the job is waited for before that is said', async () => {
    await org.flag(few);
    let isHeld = true;
    const held = org.portWith((bulk) => ({
      unfinishedUpdates: async (sobject) => {
        if (!isHeld) return bulk.unfinishedUpdates(sobject);
        isHeld = false;
        // The org gets round to the queued job only now.
        const { result } = await org.flag(whereRequest("Name LIKE '%7'", { mode: 'unflag' }));
        expect(result.records.written).toBe(500);
        const { userId } = await org.port.identity();
        const job = { id: '750000000000001AAA', sobject, operation: 'update', state: 'InProgress' } as const;
        return [{ ...job, processed: 0, failed: 0, createdById: userId, errorMessage: null }];
      },
      job: (id) =>
        Promise.resolve({
          ...{ id, sobject: 'Account', operation: 'update', state: 'JobComplete' },
          ...{ processed: 500, failed: 0, createdById: '', errorMessage: null },
        }),
    }));
    const outcome = await org.flag(few, { port: held });
    expect({
      exitCode: outcome.exitCode,
      written: outcome.result.records.written,
      flagged: await org.flagged(),
    }).toEqual({
      exitCode: 0,
      written: 500,
      flagged: 500,
    });
  });
});
