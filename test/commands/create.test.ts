import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationUserResult } from '../../src/planning/result.js';
import { PluginCli, type CliJson } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

const command = ['integration-user', 'create', '--target-org', 'practice', '--integration', 'HubSpot'];
const create = (username: string, ...more: readonly string[]): readonly string[] => [
  ...command,
  '--username',
  username,
  '--email',
  'integrations@acme.example',
  ...more,
];

describe('Given a login to an org', () => {
  const practice = usePracticeServer({ records: 0 });
  let cli: PluginCli;

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
  });
  afterAll(async () => {
    await cli.dispose();
  });

  const requests = async (): Promise<ReadonlyArray<{ readonly path: string; readonly changed: number }>> =>
    (await practice.get<ReadonlyArray<{ readonly path: string; readonly changed: number }>>('/__practice__/requests'))
      .body;

  it('When create runs, Then it shows the changes, the user’s Id and the number of requests, and exits with 0', async () => {
    const { exitCode, stdout } = await cli.run(create('human@acme.example'));
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringMatching(/applied[^]*User ID: 005[^]*HTTP requests: \d/) as string,
    });
  });

  it('When create runs where there is no terminal, Then no line is longer than 80 columns', async () => {
    const { stdout } = await cli.run(
      create('a.rather.long.username.for.an.integration@some.acme.example', '--dry-run'),
    );
    const table = stdout.split('\n').filter((line) => /[│┌├└]/.test(line));
    expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('When --json is given, Then stdout is one JSON document of the result type', async () => {
    const { exitCode, status, result } = await cli.json<CliJson & { readonly result: IntegrationUserResult }>(
      create('json@acme.example'),
    );
    expect({ exitCode, status, result }).toMatchObject({
      exitCode: 0,
      status: 0,
      result: {
        integration: 'HubSpot',
        username: 'json@acme.example',
        userId: expect.stringMatching(/^005/) as string,
        changes: [
          { type: 'User', status: 'applied' },
          { type: 'PermissionSetLicenseAssign', status: 'applied' },
        ],
        impact: [],
      },
    });
  });

  it('When the whole process runs, Then it makes no request besides those it counts', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const { result } = await cli.json<CliJson & { readonly result: IntegrationUserResult }>(
      create('count@acme.example'),
    );
    expect(result.apiRequests).toBe((await requests()).length);
  });

  it('When --dry-run is given, Then the type is the same, changes are planned, and nothing is written', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const { result } = await cli.json<CliJson & { readonly result: IntegrationUserResult }>(
      create('dry@acme.example', '--dry-run'),
    );
    expect(result).toMatchObject({ userId: null, changes: [{ status: 'planned' }, { status: 'planned' }] });
    expect((await requests()).every(({ changed }) => changed === 0)).toBe(true);
  });

  it('When the plan has an error, Then --json holds name, message, actions and the result as data, and the exit code is 1', async () => {
    const answer = await cli.json(create('error@acme.example', '--role', 'Nobody'));
    expect(answer).toMatchObject({
      exitCode: 1,
      name: 'RoleNotFoundError',
      actions: [expect.any(String)],
      data: { username: 'error@acme.example', changes: expect.any(Array) as unknown[] },
    });
  });

  it('When a value holds escape sequences, Then none of them reaches the terminal', async () => {
    const { stdout, stderr } = await cli.run(create('escape@acme.example', '--permission-set', 'Bad\u001B[2JName'));
    expect(`${stdout}${stderr}`).not.toContain('\u001B[2J');
  });

  it.each([
    ['a required flag is missing', command],
    ['a user field has no value', create('usage@acme.example', '--user-field', 'Department')],
    ['an unknown flag is given', create('usage@acme.example', '--nonsense')],
  ])('When %s, Then the exit code is 2', async (_, argv) => {
    expect((await cli.run(argv)).exitCode).toBe(2);
  });

  it('When it is interrupted, Then it says what is done and how to go on, and exits with 130', async () => {
    await practice.post('/__practice__/faults', [{ path: '/composite$', latencyMs: 20_000, times: 1 }]);
    const { child, finished } = cli.start(create('interrupted@acme.example'));
    await new Promise<void>((resolve) => {
      child.stderr?.on('data', (text: string) => {
        if (text.includes('Make the user')) resolve();
      });
    });
    child.kill('SIGINT');
    const { exitCode, stderr } = await finished;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 130,
      stderr: expect.stringContaining('Run the same command again') as string,
    });
  });

  it('When the org cannot be reached, Then the error is named, says what to do, and is no defect of the plugin', async () => {
    await cli.login(practice.server, 'gone');
    await practice.post('/__practice__/faults', [{ path: '/services/', drop: 'before' }]);
    const answer = await cli.json(create('gone@acme.example'));
    await practice.send('DELETE', '/__practice__/faults');
    expect(answer).toMatchObject({ exitCode: 1, name: 'OrgUnreachableError', actions: [expect.any(String)] });
  });
});
