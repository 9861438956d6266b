import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationUserResult } from '../../src/planning/result.js';
import { packPlugin } from '../support/package.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';
import { StockCli } from '../support/stock-cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const installMs = 300_000;

/** How the plugin gets into the stock CLI. The package is built and installed only in the exhaustive run: it takes minutes. */
const ways: ReadonlyArray<readonly [string, (cli: StockCli) => Promise<void>]> = [
  ['linked', link],
  ...(process.env['EXHAUSTIVE'] === undefined ? [] : [['installed from its package', installPackage] as const]),
];

async function link(cli: StockCli): Promise<void> {
  await succeed(cli.run(['plugins', 'link', root, '--no-install']));
}

async function installPackage(cli: StockCli): Promise<void> {
  const plugin = await packPlugin();
  // The CLI asks whether to trust a plugin that Salesforce didn't sign. What npm has downloaded before needn't come again.
  const answers = { input: 'y\n', environment: { npm_config_cache: join(homedir(), '.npm') } };
  await succeed(cli.run(['plugins', 'install', pathToFileURL(plugin.tarball).href], answers));
  await plugin.dispose();
}

async function succeed(running: Promise<{ readonly exitCode: number; readonly stderr: string }>): Promise<void> {
  const { exitCode, stderr } = await running;
  if (exitCode !== 0) throw new Error(stderr);
}

describe.each(ways)('Given the stock CLI with the plugin %s', (_title, addPlugin) => {
  const practice = usePracticeServer({ records: 0 });
  const username = 'hubspot.integration@acme.example';
  let cli: StockCli;

  beforeAll(async () => {
    cli = await StockCli.create();
    await addPlugin(cli);
    await cli.login(practice.server, 'practice');
    await createRecord(practice, 'PermissionSet', { Name: 'Existing_Set', Label: 'Existing' });
  }, installMs);
  afterAll(async () => {
    await cli.dispose();
  });

  const create = () =>
    cli.json<IntegrationUserResult>([
      ...['integration-user', 'create', '--target-org', 'practice', '--integration', 'HubSpot'],
      ...['--username', username, '--email', 'integrations@acme.example', '--permission-set', 'Existing_Set'],
    ]);
  const query = async (soql: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
    const argv = ['data', 'query', '--target-org', 'practice', '--query', soql];
    const answer = await cli.json<{ readonly records: readonly Readonly<Record<string, unknown>>[] }>(argv);
    return answer.result.records;
  };

  it('When help is asked for, Then every command of the plugin is listed', async () => {
    const { stdout } = await cli.run(['integration-user', '--help']);
    const commands = await readdir(join(root, 'src', 'commands', 'integration-user'));
    const missing = commands.filter((file) => !stdout.includes(`integration-user ${file.replace(/\.ts$/, '')}`));
    expect(missing).toEqual([]);
  }, 60_000);

  it('When a definition starts from a recipe, Then the recipe is found', async () => {
    const argv = ['integration-user', 'init', '--integration', 'HubSpot', '--recipe', 'hubspot'];
    expect(await cli.json(argv)).toMatchObject({ status: 0 });
  }, 60_000);

  it('When create runs twice, Then the user, its license and its permission set are there once', async () => {
    const first = await create();
    await practice.send('DELETE', '/__practice__/requests');
    const second = await create();
    const { body: requests } =
      await practice.get<ReadonlyArray<{ readonly changed: number }>>('/__practice__/requests');
    expect(
      [first, second].map(({ status, result }) => [status, result.changes.map((change) => change.status)]),
    ).toEqual([
      [0, ['applied', 'applied', 'applied']],
      [0, ['unchanged', 'unchanged', 'unchanged']],
    ]);
    expect(requests.filter(({ changed }) => changed > 0)).toEqual([]);
    expect({
      users: await query(`SELECT Profile.UserLicense.Name FROM User WHERE Username = '${username}'`),
      licenses: await query(
        `SELECT PermissionSetLicense.DeveloperName FROM PermissionSetLicenseAssign WHERE Assignee.Username = '${username}'`,
      ),
      sets: await query(
        `SELECT PermissionSet.Name FROM PermissionSetAssignment WHERE Assignee.Username = '${username}' AND PermissionSet.IsOwnedByProfile = false`,
      ),
    }).toMatchObject({
      users: [{ Profile: { UserLicense: { Name: 'Salesforce Integration' } } }],
      licenses: [{ PermissionSetLicense: { DeveloperName: 'SalesforceAPIIntegrationPsl' } }],
      sets: [{ PermissionSet: { Name: 'Existing_Set' } }],
    });
  }, 120_000);
});
