import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FlagRecordsResult } from '../../src/records/run.js';
import { countOf, flagField, makeFlag, rowsChanged, writeRequests } from '../support/flagging.ts';
import { PluginCli, type CliJson } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';

type Answer = CliJson & { readonly result: FlagRecordsResult };

const flagRecords = ['integration-user', 'flag-records', '--target-org', 'practice', '--integration', 'HubSpot'];
const command = [...flagRecords, '--sobject', 'Account'];
const where = (condition: string, ...more: readonly string[]): readonly string[] => [
  ...command,
  '--where',
  condition,
  ...more,
];
const unlikely = "Name LIKE '% 7'";

describe('Given a login to an org with a flag on accounts', () => {
  const practice = usePracticeServer({ records: 1_200 });
  let cli: PluginCli;

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
    await makeFlag(practice, ['Account']);
  });
  beforeEach(async () => {
    await rowsChanged(practice);
  });
  afterAll(() => cli.dispose());

  it('When a condition is given, Then preview, outcome and number of requests are shown, and a second run writes nothing', async () => {
    const { exitCode, stdout } = await cli.run(where("Name LIKE '%55'"));
    await rowsChanged(practice);
    const second = await cli.json<Answer>(where("Name LIKE '%55'"));
    expect({ exitCode, stdout, second: second.result.changes, writes: await writeRequests(practice) }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(
        /Account: 12 to flag, 0 to unflag, 0 already so[^]*applied[^]*HTTP requests: \d/,
      ) as string,
      second: [expect.objectContaining({ action: 'flag', type: 'Account', status: 'unchanged' })],
      writes: [],
    });
  });

  it('When --dry-run is given, Then the result has the same type, counts and samples, and nothing is written', async () => {
    const { exitCode, result } = await cli.json<Answer>(where("Name LIKE '%66'", '--dry-run'));
    expect({ exitCode, result, writes: await writeRequests(practice) }).toMatchObject({
      exitCode: 0,
      result: {
        integration: 'HubSpot',
        sobject: 'Account',
        field: flagField,
        changes: [{ action: 'flag', status: 'planned', after: '12 records' }],
        records: { toFlag: 12, toUnflag: 0, alreadySo: 0, written: 0, failed: 0 },
        samples: { length: 5 },
        jobIds: [],
        failedRecordsFile: null,
      },
      writes: [],
    });
  });

  it('When many records change and nobody can be asked, Then it refuses by name with the preview as data, and writes nothing', async () => {
    const answer = await cli.json(where('Id != null'));
    expect({ answer, writes: await writeRequests(practice) }).toMatchObject({
      answer: {
        exitCode: 1,
        name: 'ConfirmationRequiredError',
        actions: [expect.stringContaining('--no-prompt')],
        data: { sobject: 'Account', changes: [{ status: 'planned' }] },
      },
      writes: [],
    });
  });

  it('When the whole process runs, Then it makes no request besides those it counts', async () => {
    const { result } = await cli.json<Answer>(where("Name LIKE '%88'"));
    const { body } = await practice.get<readonly unknown[]>('/__practice__/requests');
    expect(result.apiRequests).toBe(body.length);
  });

  it('When keys come through standard input, Then their records are unflagged', async () => {
    await cli.run(where(unlikely));
    const rows = await practice.query(`SELECT Id FROM Account WHERE ${unlikely}`);
    const exitCode = await withInput(
      cli.home,
      [...command, '--file', '-', '--unflag'],
      rows.map(({ Id }) => `${String(Id)}\n`).join(''),
    );
    expect({ exitCode, flagged: await countOf(practice, `${flagField} = true AND ${unlikely}`) }).toEqual({
      exitCode: 0,
      flagged: 0,
    });
  });

  it('When a file is given with --sync, Then the result counts what is flagged and unflagged', async () => {
    const path = join(cli.home, 'keys.csv');
    const [row] = await practice.query("SELECT Id FROM Account WHERE Name LIKE '%99' LIMIT 1");
    await writeFile(path, `Id\n${String(row?.['Id'])}\n`);
    const before = await countOf(practice, `${flagField} = true`);
    const { result } = await cli.json<Answer>([...command, '--file', path, '--sync']);
    expect({ ...result.records, flagged: await countOf(practice, `${flagField} = true`) }).toMatchObject({
      toFlag: 1,
      toUnflag: before,
      written: before + 1,
      flagged: 1,
    });
  });

  it('When records stay locked to the end, Then a file has them with the reason, and the exit code is 68', async () => {
    await practice.post('/__practice__/faults', [{ path: '/composite/sobjects', errorCode: 'UNABLE_TO_LOCK_ROW' }]);
    const path = join(cli.home, 'failed.csv');
    const { exitCode, result } = await cli.json<Answer>(where("Name LIKE '%111'", '--failed-records-file', path));
    await practice.send('DELETE', '/__practice__/faults');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    expect({
      exitCode,
      file: result.failedRecordsFile,
      lines: lines.length,
      codes: result.findings.map(({ code }) => code),
    }).toEqual({
      exitCode: 68,
      file: path,
      lines: 1 + result.records.failed,
      codes: ['RowsNotWritten'],
    });
  });

  it.each([
    ['an ORDER BY is smuggled in', where('Id != null ORDER BY Name'), 'NotAConditionError'],
    ['a LIMIT is smuggled in', where('Id != null LIMIT 1'), 'NotAConditionError'],
    ['the parentheses are left early', where('Id = null) OR (Id != null'), 'NotAConditionError'],
    ['a quote is open', where("Name = 'x"), 'NotAConditionError'],
    ['Salesforce refuses the condition', where('Nothing__c = true'), 'ConditionRefusedError'],
    [
      'the object does not exist',
      [...flagRecords, '--sobject', 'Nothing__c', '--where', 'Id != null'],
      'ObjectNotFoundError',
    ],
    ['the flag does not exist', where('Id != null', '--flag-label', 'Send to Nobody'), 'FlagNotFoundError'],
  ])('When %s, Then the error is named and says what to do, and nothing is written', async (_, argv, name) => {
    const answer = await cli.json(argv);
    expect({ answer, writes: await writeRequests(practice) }).toMatchObject({
      answer: { exitCode: 1, name, actions: [expect.any(String)] },
      writes: [],
    });
  });

  it.each([
    ['neither condition nor file is given', command],
    ['condition and file are given', where('Id != null', '--file', 'keys.csv')],
    ['--unflag and --sync are given', where('Id != null', '--unflag', '--sync')],
    ['the job Id is none', where('Id != null', '--job-id', '001000000000001')],
  ])('When %s, Then the exit code is 2', async (_, argv) => {
    expect((await cli.run(argv)).exitCode).toBe(2);
  });

  it('When the name of a record holds escape sequences, Then none of them reaches the terminal', async () => {
    await createRecord(practice, 'Account', { Name: 'Bad\u001B[2JName', Site: 'escape' });
    const { stdout } = await cli.run(where("Site = 'escape'", '--dry-run'));
    expect(stdout).toContain('BadName');
    expect(stdout).not.toContain('\u001B[2J');
  });
});

function withInput(home: string, argv: readonly string[], input: string): Promise<number | null> {
  const run = fileURLToPath(new URL('../../bin/run.js', import.meta.url));
  const child = spawn(process.execPath, ['--no-deprecation', run, ...argv], {
    cwd: home,
    env: { PATH: process.env['PATH'], HOME: home, SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_TELEMETRY: 'true' },
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', resolve));
}
