import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FlagRecordsResult } from '../../src/records/run.js';
import { countOf, flagField, makeFlag } from '../support/flagging.ts';
import { PluginCli } from '../support/login.ts';
import { measured, type Measured } from '../support/measured.ts';
import { startPracticeProcess, type PracticeProcess } from '../support/practice-process.ts';
import { PracticeClient } from '../support/practice-server.ts';

const records = process.env['EXHAUSTIVE'] === undefined ? 200_000 : 1_000_000;
const few = 10_000;
const many = records / 2;
const mostGrowth = 1.2;
const minutes = 10;

/** Names end in the running number. */
const half = ['1', '3', '5', '7', '9'].map((digit) => `Name LIKE '%${digit}'`).join(' OR ');
const endings = records === 200_000 ? ['20', '40', '60', '80', '00'] : ['20'];
const part = endings.map((digits) => `Name LIKE '%${digits}'`).join(' OR ');

describe(
  `Given a practice org of its own with ${records.toLocaleString('en')} accounts`,
  { timeout: minutes * 60_000 },
  () => {
    let practice: PracticeProcess;
    let client: PracticeClient;
    let cli: PluginCli;

    beforeAll(async () => {
      practice = await startPracticeProcess(records);
      client = new PracticeClient(() => practice);
      cli = await PluginCli.create();
      await cli.login(practice, 'practice');
      await makeFlag(client, ['Account']);
    }, minutes * 60_000);
    afterAll(async () => {
      await cli.dispose();
      await practice.stop();
    });

    it('When half of them are flagged, Then it is done, exactly, in about the memory that a few thousand take', async () => {
      const [first] = await flagRecords(part);
      const [second, result] = await flagRecords(half);
      expect({
        written: result.records.written,
        flagged: await countOf(client, `${flagField} = true`),
        right: await countOf(client, `(${half}) AND ${flagField} = true`),
        isFlat: second.mebibytes <= first.mebibytes * mostGrowth,
      }).toEqual({ written: many, flagged: many + few, right: many, isFlat: true });
    });

    async function flagRecords(where: string): Promise<readonly [Measured, FlagRecordsResult]> {
      const argv = [
        ...['integration-user', 'flag-records', '--target-org', 'practice', '--integration', 'HubSpot', '--json'],
        ...['--sobject', 'Account', '--no-prompt', '--where', where],
      ];
      const run = await measured((environment) => cli.run(argv, cli.home, environment));
      return [run, (JSON.parse(run.stdout) as { readonly result: FlagRecordsResult }).result];
    }
  },
);
