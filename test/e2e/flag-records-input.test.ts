import type { Connection } from '@salesforce/core';
import { execFileSync } from 'node:child_process';
import { access, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FlagRecordsResult } from '../../src/records/run.js';
import { countOf, flag, flagField, makeFlag, rowsChanged, whereRequest } from '../support/flagging.ts';
import { connectTo, PluginCli, type CliJson } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

type Answer = CliJson & { readonly result: FlagRecordsResult };

const command = [
  ...['integration-user', 'flag-records', '--target-org', 'practice', '--integration', 'HubSpot'],
  ...['--sobject', 'Account'],
];

describe('Given a login to an org with some accounts flagged', () => {
  const practice = usePracticeServer({ records: 100 });
  let cli: PluginCli;
  let connection: Connection;
  let ids: readonly string[];

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
    connection = await connectTo(practice.server);
    await makeFlag(practice, ['Account']);
    const rows = await practice.query('SELECT Id FROM Account');
    ids = rows.map(({ Id }) => String(Id));
  });
  beforeEach(async () => {
    await flag(connection, whereRequest(`Id IN ('${ids.slice(0, 10).join("','")}')`, { mode: 'sync' }));
    await rowsChanged(practice);
  });
  afterAll(() => cli.dispose());

  const keysFile = async (name: string, content: string): Promise<string> => {
    const path = join(cli.home, name);
    await writeFile(path, content);
    return path;
  };

  it('When keys come through a named pipe, which is read once, Then --sync does what its preview said', async () => {
    const pipe = join(cli.home, 'keys.pipe');
    execFileSync('mkfifo', [pipe]);
    const written = writeFile(pipe, ids.slice(0, 8).join('\n'));
    const { exitCode, result } = await cli.json<Answer>([...command, '--file', pipe, '--sync']);
    await written;
    expect({
      exitCode,
      ...result.records,
      changed: await rowsChanged(practice),
      flagged: await countOf(practice, `${flagField} = true`),
    }).toMatchObject({ exitCode: 0, toFlag: 0, toUnflag: 2, alreadySo: 8, written: 2, changed: 2, flagged: 8 });
  });

  it('When standard input is empty, Then the error says so of standard input', async () => {
    const answer = await cli.json([...command, '--file', '-', '--sync']);
    expect({ answer, changed: await rowsChanged(practice) }).toMatchObject({
      answer: { exitCode: 1, name: 'NoKeysError', message: expect.stringMatching(/^standard input /i) as string },
      changed: 0,
    });
  });

  it('When the file with the keys is not there, Then the error names it as it was given', async () => {
    const answer = await cli.json([...command, '--file', 'none.csv', '--dry-run']);
    expect(answer).toMatchObject({
      exitCode: 1,
      name: 'FileUnreadableError',
      message: expect.stringMatching(/^none\.csv can't be read/) as string,
      actions: [expect.any(String)],
    });
  });

  it.each([
    ['is in a folder that does not exist', 'none/failed.csv'],
    ['is a folder', 'folder'],
  ])('When the file for records that fail %s, Then it is refused before the org is asked anything', async (_, name) => {
    await mkdir(join(cli.home, 'folder'), { recursive: true });
    const answer = await cli.json([...command, '--where', 'Id != null', '--failed-records-file', name]);
    const { body } = await practice.get<readonly unknown[]>('/__practice__/requests');
    expect({ answer, requests: body.length }).toMatchObject({
      answer: { exitCode: 1, name: 'FailedRecordsFileNotWritableError', actions: [expect.any(String)] },
      requests: 0,
    });
  });

  it('When the file for records that fail is the one with the keys, Then it is refused, and the keys stay', async () => {
    const path = await keysFile('keys.csv', ids.join('\n'));
    const answer = await cli.json([...command, '--file', path, '--failed-records-file', path]);
    expect({ answer, changed: await rowsChanged(practice) }).toMatchObject({
      answer: { exitCode: 1, name: 'FailedRecordsFileHoldsKeysError', actions: [expect.any(String)] },
      changed: 0,
    });
  });

  it('When no record fails, Then no file is left behind', async () => {
    const path = join(cli.home, 'nothing-failed.csv');
    const { exitCode } = await cli.run([...command, '--where', 'Id != null', '--failed-records-file', path]);
    await expect(access(path)).rejects.toThrow('ENOENT');
    expect(exitCode).toBe(0);
  });

  it('When keys belong to no record, Then the preview says so, and that --sync leaves no flag', async () => {
    const path = await keysFile('strangers.csv', 'nobody\nno one\n');
    const { stdout } = await cli.run([...command, '--file', path, '--sync', '--dry-run']);
    expect(stdout).toMatch(/10 to unflag[^]*2 keys of the file belong to no record[^]*No record is selected: .*all 10/);
  });

  it('When a condition selects nothing, Then the preview says that --sync leaves no flag', async () => {
    const { stdout } = await cli.run([...command, '--where', "Industry = 'Tecnology'", '--sync', '--dry-run']);
    expect(stdout).toMatch(/No record is selected: .*all 10/);
  });

  it('When --sync is given and the condition asks for the flag itself, Then it is refused, and nothing is written', async () => {
    const answer = await cli.json([...command, '--where', `${flagField} = false`, '--sync']);
    expect({ answer, changed: await rowsChanged(practice) }).toMatchObject({
      answer: { exitCode: 1, name: 'ConditionNamesFlagError', actions: [expect.any(String)] },
      changed: 0,
    });
  });

  it('When --key-field comes without --file, Then the exit code is 2', async () => {
    const { exitCode, stderr } = await cli.run([...command, '--where', 'Id != null', '--key-field', 'Name']);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--file') as string });
  });
});
