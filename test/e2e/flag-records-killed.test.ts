import type { Connection } from '@salesforce/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FlagRunOutcome } from '../../src/records/run.js';
import { countOf, flag, flagField, loggedRequests, makeFlag, rowsChanged, whereRequest } from '../support/flagging.ts';
import { connectTo, PluginCli } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

const records = 20_000;
const everything = "Industry != 'Nothing'";
const argv = [
  ...['integration-user', 'flag-records', '--target-org', 'practice', '--integration', 'HubSpot', '--no-prompt'],
  ...['--sobject', 'Account', '--where', everything],
];

const endings = [
  ['Ctrl-C', 'SIGINT'],
  ['the end of a pipeline', 'SIGTERM'],
] as const;

/** What the org has been asked for when the process dies. */
const moments = ['/jobs/query$', '/jobs/query/.+/results', '/jobs/ingest$', '/batches$', '/jobs/ingest/750\\w+$'];

describe('Given a process that flags many records', () => {
  const { practice, start, resume, unflagAll, untilRequested } = flaggingProcess();

  it.each(moments)(
    'When it is killed at its request %s, Then the next run ends with all flagged, each written once',
    async (path) => {
      await unflagAll();
      // The request arrives and is answered late: the process dies while it waits for it.
      await practice.post('/__practice__/faults', [{ path, latencyMs: 3_000, times: 1 }]);
      const { child, finished } = start();
      await untilRequested(path);
      child.kill('SIGKILL');
      await finished;
      await practice.send('DELETE', '/__practice__/faults');
      const { exitCode } = await resume();
      const changed = await rowsChanged(practice);
      const third = await resume();
      expect({
        exitCode,
        flagged: await countOf(practice, `${flagField} = true`),
        changed,
        thirdWritten: third.result.records.written,
        changedByThird: await rowsChanged(practice),
      }).toEqual({ exitCode: 0, flagged: records, changed: records, thirdWritten: 0, changedByThird: 0 });
    },
    60_000,
  );
});

describe('Given a process whose bulk job runs', () => {
  const { practice, start, resume, unflagAll, untilRequested } = flaggingProcess();

  it.each(endings)(
    'When %s stops it while the job runs, Then it names the job and how to go on, and exits with 130',
    async (_, signal) => {
      await resume();
      await unflagAll();
      await practice.post('/__practice__/faults', [
        { method: 'GET', path: '/jobs/ingest/750\\w+$', latencyMs: 20_000, times: 1 },
      ]);
      const { child, finished } = start();
      await untilRequested('/jobs/ingest/750\\w+$', 'GET');
      child.kill(signal);
      const { exitCode, stderr } = await finished;
      await practice.send('DELETE', '/__practice__/faults');
      expect({ exitCode, stderr }).toEqual({
        exitCode: 130,
        stderr: expect.stringMatching(/Stopped\. .*750\w+\. Run the same command again, or with --job-id/) as string,
      });
    },
    60_000,
  );
});

describe('Given a process that uploads', () => {
  const { practice, start, untilRequested } = flaggingProcess();

  it.each(endings)(
    'When %s stops it while it uploads, Then no open job is left, and it says how to go on',
    async (_, signal) => {
      await practice.send('DELETE', '/__practice__/requests');
      await practice.post('/__practice__/faults', [{ method: 'PUT', path: '/batches$', latencyMs: 20_000, times: 1 }]);
      const { child, finished } = start();
      await untilRequested('/batches$', 'PUT');
      child.kill(signal);
      const { exitCode, stderr } = await finished;
      await practice.send('DELETE', '/__practice__/faults');
      const { body } = await practice.get<{ readonly records: readonly { readonly state: string }[] }>(
        '/services/data/v66.0/jobs/ingest',
      );
      expect({ exitCode, stderr, states: body.records.map(({ state }) => state).slice(-1) }).toEqual({
        exitCode: 130,
        stderr: expect.stringContaining('Run the same command again to go on') as string,
        states: ['Aborted'],
      });
    },
    60_000,
  );
});

/** An org of its own for each group of tests: a job that an interrupted process left behind goes on in its org. */
function flaggingProcess() {
  const practice = usePracticeServer({ records });
  let cli: PluginCli;
  let connection: Connection;

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
    connection = await connectTo(practice.server);
    await makeFlag(practice, ['Account']);
  });
  afterAll(() => cli.dispose());

  const resume = (): Promise<FlagRunOutcome> => flag(connection, whereRequest(everything));
  const unflagAll = async (): Promise<void> => {
    await flag(connection, whereRequest(everything, { mode: 'unflag' }));
    await rowsChanged(practice);
  };

  function untilRequested(path: string, method?: string): Promise<void> {
    const pattern = new RegExp(path);
    return vi.waitFor(
      async () => {
        const found = (await loggedRequests(practice)).some((entry) => {
          const [withoutQuery = ''] = entry.path.split('?');
          return pattern.test(withoutQuery) && (method === undefined || entry.method === method);
        });
        if (!found) throw new Error(`${path} was not requested`);
      },
      { interval: 20, timeout: 30_000 },
    );
  }

  return { practice, start: () => cli.start(argv), resume, unflagAll, untilRequested };
}
