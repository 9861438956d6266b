import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { practiceUsername } from '../support/engine.ts';
import { countOf, loggedRequests } from '../support/flagging.ts';
import { PluginCli } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { flagField, readingIntegrationUser } from '../support/sharing.ts';

const records = 8_000;
const argv = [
  ...['integration-user', 'share-by-flag', '--target-org', 'practice', '--integration', 'HubSpot'],
  ...['--username', practiceUsername, '--sobject', 'Account', '--allow-impact', 'owd', '--no-prompt'],
  ...['--flag-initially', "Account:Industry != 'Nothing'"],
];
const jobPath = '/jobs/ingest/750\\w+$';
const waitMs = 60_000;

describe('Given a share-by-flag that flags more records than collections take', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let cli: PluginCli;

  beforeAll(async () => {
    cli = await PluginCli.create();
  });
  afterAll(() => cli.dispose());
  beforeEach(async () => {
    server = await startPracticeServer({ records });
    client = new PracticeClient(() => server);
    await readingIntegrationUser(client, ['Account']);
    await cli.login(server, 'practice');
  });
  afterEach(async () => {
    await server.close();
  });

  function untilRequested(path: string, method: string): Promise<void> {
    const pattern = new RegExp(path);
    return vi.waitFor(
      async () => {
        const requests = await loggedRequests(client);
        const isThere = requests.some((entry) => entry.method === method && pattern.test(entry.path));
        if (!isThere) throw new Error(`${path} was not requested`);
      },
      { interval: 20, timeout: 30_000 },
    );
  }

  async function stoppedAt(path: string, method: string, signal: NodeJS.Signals) {
    await client.post('/__practice__/faults', [{ method, path, latencyMs: 20_000, times: 1 }]);
    const { child, finished } = cli.start(argv);
    await untilRequested(path, method);
    child.kill(signal);
    const run = await finished;
    await client.send('DELETE', '/__practice__/faults');
    return run;
  }

  const jobStates = async (): Promise<readonly string[]> => {
    type Jobs = { readonly records: ReadonlyArray<{ readonly state: string }> };
    const { body } = await client.get<Jobs>('/services/data/v66.0/jobs/ingest');
    return body.records.map(({ state }) => state);
  };
  const flagged = (): Promise<number> => countOf(client, `${flagField} = true`);

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'When %s stops it while the job runs, Then it names the job that goes on, and the same command ends with all flagged',
    async (signal) => {
      const { exitCode, stderr } = await stoppedAt(jobPath, 'GET', signal);
      const again = await cli.json(argv);
      expect({ exitCode, stderr, again: again.exitCode, flagged: await flagged(), jobs: await jobStates() }).toEqual({
        exitCode: 130,
        stderr: expect.stringMatching(/In the org the bulk job goes on: 750\w+\. The same command/) as string,
        again: 0,
        flagged: records,
        jobs: ['JobComplete'],
      });
    },
    waitMs,
  );

  it(
    'When Ctrl-C stops it while it uploads, Then no open job is left, and it says how to go on',
    async () => {
      const { exitCode, stderr } = await stoppedAt('/batches$', 'PUT', 'SIGINT');
      expect({ exitCode, stderr, jobs: await jobStates() }).toEqual({
        exitCode: 130,
        stderr: expect.stringMatching(/Interrupted\.[^]*Run the same command again/) as string,
        jobs: ['Aborted'],
      });
    },
    waitMs,
  );

  it(
    'When it runs undisturbed, Then it says which job writes, and how many records of how many are written',
    async () => {
      const { exitCode, stderr } = await cli.run(argv);
      expect({ exitCode, stderr }).toEqual({
        exitCode: 0,
        stderr: expect.stringMatching(/Account: Bulk job 750\w+ …\n[^]*Account: 8,000 of 8,000 records/) as string,
      });
    },
    waitMs,
  );
});
