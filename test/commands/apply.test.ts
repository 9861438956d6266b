import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationUserResult } from '../../src/planning/result.js';
import { DxProject } from '../support/dx-project.ts';
import { PluginCli, type CliJson } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

type Applied = CliJson & { readonly result: IntegrationUserResult; readonly exitCode: number };

const definition = (username: string, more = ''): string => `integration: HubSpot
user:
  username: ${username}
  email: integrations@acme.example
${more}`;
const whole = (username: string): string =>
  definition(
    username,
    `grant:
  objects: { Account: [read, edit], Lead: [read] }
  fields: { read: ["Account.*"], edit: [Account.Rating] }
hide:
  fields: [Account.AnnualRevenue]
share:
  organizationWideDefaults: manage
  objects:
    Account: { access: edit, flagInitially: "Industry = 'Technology'" }
    Lead: { access: read }
`,
  );
const statuses = ({ result }: Applied): readonly string[] => [...new Set(result.changes.map(({ status }) => status))];

/** Without what was so already. */
const statusesOfChanges = (applied: Applied): readonly string[] =>
  statuses(applied).filter((status) => status !== 'unchanged');
const username = 'hubspot@acme.example';

/** An org, a login, and a file with the definition of a whole integration user. */
function useDefinition(title: string, tests: (given: Given) => void): void {
  describe(title, () => {
    const practice = usePracticeServer({ records: 40 });
    let cli: PluginCli | undefined;
    const running = (): PluginCli => {
      if (cli === undefined) throw new Error('the command line runs only inside tests');
      return cli;
    };
    const file = (): string => join(running().home, 'integration-user.yaml');
    const applyFlags = (): readonly string[] => ['integration-user', 'apply', '-o', 'practice', '-f', file()];

    beforeAll(async () => {
      cli = await PluginCli.create();
      await cli.login(practice.server, 'practice');
      await writeFile(file(), whole(username));
    });
    afterAll(async () => {
      await cli?.dispose();
    });
    tests({
      practice,
      cli: running,
      file,
      apply: (...more) => running().json<Applied>([...applyFlags(), ...more]),
      show: async (...more) => (await running().run([...applyFlags(), ...more])).stdout,
      rowsChanged: async () => {
        const { body } = await practice.get<ReadonlyArray<{ readonly changed: number }>>('/__practice__/requests');
        return body.reduce((sum, { changed }) => sum + changed, 0);
      },
    });
  });
}

type Given = {
  readonly practice: ReturnType<typeof usePracticeServer>;
  readonly cli: () => PluginCli;
  readonly file: () => string;
  readonly apply: (...more: readonly string[]) => Promise<Applied>;
  readonly show: (...more: readonly string[]) => Promise<string>;
  /** Since the log was last emptied. */
  readonly rowsChanged: () => Promise<number>;
};

useDefinition('Given a definition that was never applied', ({ practice, apply, show, rowsChanged }) => {
  it('When it is applied dry, Then everything is planned and nothing is written', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const applied = await apply('--dry-run');

    expect({ exitCode: applied.exitCode, statuses: statusesOfChanges(applied) }).toEqual({
      exitCode: 0,
      statuses: ['planned'],
    });
    expect(await rowsChanged()).toBe(0);
  });

  it('When it is applied dry with --fail-on-changes, Then the exit code says that the org differs', async () => {
    expect((await apply('--dry-run', '--fail-on-changes')).exitCode).toBe(3);
  });

  it('When it is shown, Then the plan is grouped by the steps of the manual procedure', async () => {
    const plan = await show('--dry-run');
    const titles = ['1 The user', '3 What the user may do', '4 The flag', '5 Sharing'];
    const positions = titles.map((title) => plan.indexOf(title));

    expect(positions.every((position, index) => position > (positions[index - 1] ?? -1))).toBe(true);
    expect(plan).toContain('+ create SharingCriteriaRule Account.Send_to_HubSpot');
  });
});

useDefinition('Given a definition that was applied', ({ practice, cli, file, apply, rowsChanged }) => {
  let first: Applied;
  beforeAll(async () => {
    first = await apply();
  });
  const rowsOf = async (soql: string): Promise<number> =>
    (await practice.query(soql, { token: await practice.tokenOf(username) })).length;

  it('When its result is read, Then everything was applied', () => {
    expect({ exitCode: first.exitCode, statuses: statusesOfChanges(first) }).toEqual({
      exitCode: 0,
      statuses: ['applied'],
    });
  });

  it('When the user looks, Then it sees the flagged records and the allowed fields, and nothing else', async () => {
    const flagged = await practice.query("SELECT Id FROM Account WHERE Industry = 'Technology'");

    expect(await rowsOf('SELECT Id, Rating FROM Account')).toBe(flagged.length);
    expect(await rowsOf('SELECT Id FROM Lead')).toBe(0);
    await expect(rowsOf('SELECT AnnualRevenue FROM Account')).rejects.toThrow('No such column');
  });

  it('When it is applied again, Then nothing is written', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const applied = await apply();

    expect({ exitCode: applied.exitCode, statuses: statuses(applied) }).toEqual({
      exitCode: 0,
      statuses: ['unchanged'],
    });
    expect(await rowsChanged()).toBe(0);
  });

  it('When a pipeline watches it, Then --fail-on-changes is content', async () => {
    expect((await apply('--dry-run', '--fail-on-changes')).exitCode).toBe(0);
  });

  it('When init reads the user back, Then applying what it wrote changes nothing', async () => {
    const copy = join(cli().home, 'copy.yaml');
    const flags = ['-o', 'practice', '--from-user', username, '--output-file', copy];
    const init = await cli().json(['integration-user', 'init', ...flags]);
    const applied = await cli().json<Applied>(['integration-user', 'apply', '-o', 'practice', '-f', copy]);

    expect(init.result).toEqual({ path: copy, integration: 'HubSpot', username, pending: [] });
    expect({ exitCode: applied.exitCode, statuses: statuses(applied) }).toEqual({
      exitCode: 0,
      statuses: ['unchanged'],
    });
    expect(await readFile(copy, 'utf8')).toContain('# yaml-language-server: $schema=');
  });

  it('When init is to write over a file, Then it refuses', async () => {
    const { name, exitCode } = await cli().json([
      'integration-user',
      'init',
      '--integration',
      'X',
      '--output-file',
      file(),
    ]);

    expect({ name, exitCode }).toEqual({ name: 'FileExistsError', exitCode: 1 });
  });
});

useDefinition('Given an object that was taken out of an applied definition', ({ file, apply }) => {
  beforeAll(async () => {
    await apply();
    await writeFile(file(), whole(username).replace('    Lead: { access: read }\n', '').replace(', Lead: [read]', ''));
  });

  it('When it is applied, Then what is left over is reported and stays', async () => {
    const { exitCode, result } = await apply('--dry-run', '--fail-on-changes', '--prune');
    const reported = await apply('--dry-run');

    expect({ exitCode, planned: result.changes.filter(({ action }) => action === 'delete').length }).toEqual({
      exitCode: 3,
      planned: 2,
    });
    expect(
      reported.result.findings.filter(({ code }) => code === 'NoLongerDefined').map(({ subject }) => subject),
    ).toEqual(['Lead.Send_to_HubSpot', 'Lead.Send_to_HubSpot__c']);
  });

  it('When it is pruned without consent, Then it is refused by name', async () => {
    expect((await apply('--prune')).name).toBe('ConfirmationRequiredError');
  });
});

useDefinition('Given a definition from which an object was pruned', ({ file, apply }) => {
  let pruned: Applied;
  beforeAll(async () => {
    await apply();
    await writeFile(file(), whole(username).replace('    Lead: { access: read }\n', '').replace(', Lead: [read]', ''));
    pruned = await apply('--prune', '--no-prompt');
  });

  it('When its result is read, Then rule and field were taken away', () => {
    expect(pruned.result.changes.filter(({ action }) => action === 'delete')).toMatchObject([
      { name: 'Lead.Send_to_HubSpot', status: 'applied' },
      { name: 'Lead.Send_to_HubSpot__c', status: 'applied' },
    ]);
  });

  it('When it is pruned again, Then nothing changes', async () => {
    const again = await apply('--prune', '--no-prompt');

    expect({ exitCode: again.exitCode, statuses: statuses(again) }).toEqual({ exitCode: 0, statuses: ['unchanged'] });
  });
});

describe('Given a login to an org', () => {
  const practice = usePracticeServer({ records: 10 });
  let cli: PluginCli;

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
  });
  afterAll(async () => {
    await cli.dispose();
  });

  const applyText = async (text: string, ...more: readonly string[]): Promise<Applied> => {
    const file = join(cli.home, 'definition.yaml');
    await writeFile(file, text);
    return cli.json<Applied>(['integration-user', 'apply', '-o', 'practice', '--definition-file', file, ...more]);
  };

  it('When a definition is wrong in several places, Then all are named and the org is not asked', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const { name, exitCode, message, data } = await applyText('integration: 7\nuser: { userName: x }\n');
    const { body } = await practice.get<readonly unknown[]>('/__practice__/requests');

    expect({ name, exitCode }).toEqual({ name: 'InvalidDefinitionError', exitCode: 1 });
    expect(message).toMatch(/:1:14 .*\n.*:2:1 .*\n.*:2:9 .*Did you mean username\?/);
    expect(data).toMatchObject({ problems: [{ line: 1 }, { line: 2 }, { line: 2 }] });
    expect(body).toEqual([]);
  });

  it('When two definitions are in a folder, Then both are applied with one result', async () => {
    const folder = join(cli.home, 'integrations');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'a.yaml'), definition('first@acme.example'));
    await writeFile(
      join(folder, 'b.json'),
      JSON.stringify({ integration: 'Gong', user: { username: 'second@acme.example', email: 'it@acme.example' } }),
    );
    const applied = await cli.json<Applied>([
      'integration-user',
      'apply',
      '-o',
      'practice',
      '--definition-dir',
      folder,
    ]);

    expect(
      applied.result.changes.map(({ integration, type, status }) => `${integration ?? ''} ${type} ${status}`),
    ).toEqual([
      'HubSpot User applied',
      'HubSpot PermissionSetLicenseAssign applied',
      'Gong User applied',
      'Gong PermissionSetLicenseAssign applied',
    ]);
  });

  it('When --output-dir is given, Then the metadata is written and the org is left alone', async () => {
    const project = await DxProject.create();
    await practice.send('DELETE', '/__practice__/requests');
    const applied = await applyText(whole('project@acme.example'), '--output-dir', project.folder);
    const again = await applyText(whole('project@acme.example'), '--output-dir', project.folder);
    const { body } = await practice.get<ReadonlyArray<{ readonly changed: number }>>('/__practice__/requests');
    const written = applied.result.changes.filter(({ status }) => status === 'written');

    expect(body.filter(({ changed }) => changed > 0)).toEqual([]);
    expect(written.map(({ path }) => path?.replace('force-app/main/default/', ''))).toContain(
      'objects/Account/fields/Send_to_HubSpot__c.field-meta.xml',
    );
    expect(await project.read('sharingRules/Account.sharingRules-meta.xml')).toContain(
      '<fullName>Send_to_HubSpot</fullName>',
    );
    expect(applied.result.findings.map(({ code }) => code)).toContain('StillToApply');
    expect(again.result.changes.filter(({ status }) => status === 'written')).toEqual([]);
  });
});
