import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Inventory } from '../../src/inventory/inventory.js';
import type { VerificationResult } from '../../src/planning/verification.js';
import { practiceUsername } from '../support/engine.ts';
import { connectTo, PluginCli, type CliJson } from '../support/login.ts';
import { PracticeClient, startPracticeServer, usePracticeServer } from '../support/practice-server.ts';
import { createIntegrationUser, createRecord } from '../support/setup-records.ts';
import { applyDefinition, filteredDefinition, flagRecords, idsOf } from '../support/verification.ts';

const document = `
integration: HubSpot
user: { username: ${practiceUsername}, email: integrations@acme.example }
grant:
  objects: { Account: [read], Contact: [read] }
  fields: { read: [Account.Rating, Contact.Email] }
hide: { fields: [Account.AnnualRevenue] }
share:
  organizationWideDefaults: manage
  objects: { Account: { access: read }, Contact: { access: read } }
`;

type VerifyJson = CliJson & { readonly result: VerificationResult };

describe('Given an org that is as defined, and logins of the administrator and of the integration user', () => {
  const practice = usePracticeServer({ records: 20 });
  let cli: PluginCli;
  let file: string;
  const verify = (...more: readonly string[]): readonly string[] => [
    'integration-user',
    'verify',
    '--target-org',
    'practice',
    ...more,
  ];

  beforeAll(async () => {
    cli = await PluginCli.create();
    file = join(cli.home, 'hubspot.yaml');
    await writeFile(file, document);
    await applyDefinition(await connectTo(practice.server), filteredDefinition());
    await flagRecords(practice, 'Account', await idsOf(practice, 'SELECT Id FROM Account ORDER BY Id LIMIT 5'));
    await cli.login(practice.server, 'practice');
    await cli.login({ url: practice.server.url, accessToken: await practice.tokenOf(practiceUsername) }, 'hubspot');
  }, 60_000);
  afterAll(async () => {
    await cli.dispose();
  });

  it('When verify runs, Then every check passes, nothing is written and the exit code is 0', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const { exitCode, result } = await cli.json<VerifyJson>(verify('--definition-file', file));
    const { body } = await practice.get<ReadonlyArray<{ readonly changed: number }>>('/__practice__/requests');
    expect({
      exitCode,
      open: result.checks.filter(({ status }) => status !== 'pass'),
      changed: body.filter(({ changed }) => changed > 0),
      counted: result.apiRequests,
    }).toEqual({ exitCode: 0, open: [], changed: [], counted: body.length });
  });

  it('When verify runs with --as, Then the own queries of the user are counted', async () => {
    const { exitCode, result } = await cli.json<VerifyJson>(verify('--definition-file', file, '--as', 'hubspot'));
    expect({ exitCode, proof: result.proof }).toMatchObject({
      exitCode: 0,
      proof: [
        {
          sobject: 'Account',
          flagged: 5,
          unflagged: 15,
          visibleFlagged: 5,
          visibleUnflagged: 0,
          method: 'as-user',
          exact: true,
        },
        {
          sobject: 'Contact',
          flagged: 0,
          unflagged: 20,
          visibleFlagged: 0,
          visibleUnflagged: 0,
          method: 'as-user',
          exact: true,
        },
      ],
    });
  });

  it('When --as names the login of another user, Then it is an error', async () => {
    const { exitCode, name, message } = await cli.json(verify('--definition-file', file, '--as', 'practice'));
    expect({ exitCode, name }).toEqual({ exitCode: 1, name: 'AsIsAnotherUserError' });
    expect(message).toContain(practiceUsername);
  });

  it('When --as names a login to another org, Then it is an error', async () => {
    const other = await startPracticeServer({ records: 0 });
    // Logins are kept by username: a second one of the same name would replace the first.
    const home = await PluginCli.create();
    try {
      const elsewhere = new PracticeClient(() => other);
      await createIntegrationUser(elsewhere, practiceUsername);
      await home.login(practice.server, 'practice');
      await home.login({ url: other.url, accessToken: await elsewhere.tokenOf(practiceUsername) }, 'elsewhere');
      const { name } = await home.json(verify('--definition-file', file, '--as', 'elsewhere'));
      expect(name).toBe('AsIsAnotherOrgError');
    } finally {
      await home.dispose();
      await other.close();
    }
  });

  it('When --as names no login, Then no default org is used', async () => {
    const { exitCode, name } = await cli.json(verify('--definition-file', file, '--as', 'nobody'));
    expect({ exitCode, name }).toEqual({ exitCode: 1, name: 'NamedOrgNotFoundError' });
  });

  it('When --username differs from the definition, Then it is an error', async () => {
    const { name } = await cli.json(verify('--definition-file', file, '--username', 'someone@acme.example'));
    expect(name).toBe('UsernameDiffersError');
  });

  it('When neither a username nor a definition is given, Then the flags are wrong', async () => {
    const { exitCode } = await cli.run(verify());
    expect(exitCode).toBe(2);
  });

  it('When there is no such user, Then the check of the user fails', async () => {
    const { exitCode, result } = await cli.json<VerifyJson>(verify('--username', 'nobody@acme.example'));
    const failed = result.checks.filter(({ status }) => status === 'fail').map(({ id }) => id);
    expect({ exitCode, userId: result.userId, failed }).toEqual({ exitCode: 3, userId: null, failed: ['user-active'] });
  });

  it('When only the username is given, Then it tells what the user sees, and why', async () => {
    const { exitCode, result } = await cli.json<VerifyJson>(verify('--username', practiceUsername));
    expect({ exitCode, proof: result.proof, objects: result.objects }).toMatchObject({
      exitCode: 0,
      proof: [
        { sobject: 'Account', flagField: null, visibleUnflagged: 5, explanation: [{ cause: 'rule', count: 5 }] },
        { sobject: 'Contact', flagField: null, visibleUnflagged: 0 },
      ],
      objects: [
        { sobject: 'Account', operations: ['read'], filter: 'sharing' },
        { sobject: 'Contact', operations: ['read'], filter: 'sharing' },
      ],
    });
  });

  it('When only the username is given, Then no title claims that something was asked for', async () => {
    const { result } = await cli.json<VerifyJson>(verify('--username', practiceUsername));
    expect(result.checks.map(({ title }) => title).filter((title) => /defin|flagged/i.test(title))).toEqual([]);
  });

  it('When only the username is given, Then the table speaks of records, not of flagged and unflagged ones', async () => {
    const { stdout } = await cli.run(verify('--username', practiceUsername));
    expect(stdout).toMatch(/^Object +Seen +How$/m);
  });

  it('When a report is to be written, Then the file holds it and the terminal says where', async () => {
    const page = join(cli.home, 'report.html');
    const { exitCode, stdout } = await cli.run(verify('-f', file, '-r', 'html', '--output-file', page));
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(page) as string });
    expect(await readFile(page, 'utf8')).toMatch(/^<!doctype html>[^]*What HubSpot can see[^]*<\/html>\n$/);
  });

  it.each([
    ['is in no folder', ['no', 'such', 'folder.csv'], 'there is no folder'],
    ['is a folder', [], 'it is a folder'],
  ])('When the file of a report %s, Then that is an error before anything is asked', async (_, parts, reason) => {
    await practice.send('DELETE', '/__practice__/requests');
    const path = join(cli.home, ...parts);
    const { exitCode, name, message } = await cli.json(verify('-f', file, '-r', 'csv', '--output-file', path));
    const { body } = await practice.get<readonly unknown[]>('/__practice__/requests');
    expect({ exitCode, name, requests: body.length }).toEqual({
      exitCode: 1,
      name: 'ReportNotWrittenError',
      requests: 0,
    });
    expect(message).toContain(reason);
  });

  it('When verify is interrupted, Then it says that nothing was changed, with exit code 130', async () => {
    await practice.post('/__practice__/faults', [{ path: '/composite/batch', latencyMs: 20_000 }]);
    try {
      const { child, finished } = cli.start(verify('-f', file));
      await new Promise<void>((resolve) => {
        child.stderr?.on('data', (text: string) => {
          if (text.includes('Looking at the org')) resolve();
        });
      });
      child.kill('SIGINT');
      const { exitCode, stderr } = await finished;
      expect(exitCode).toBe(130);
      expect(stderr).toContain('Nothing was changed');
    } finally {
      await practice.send('DELETE', '/__practice__/faults');
    }
  });

  it('When the report goes to the terminal, Then no line is longer than 80 columns', async () => {
    const { stdout } = await cli.run(verify('--definition-file', file));
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('When the running user does not see every record, Then the records are unknown and the exit code is 3', async () => {
    await createRecord(practice, 'User', {
      Username: 'clerk@acme.example',
      LastName: 'Clerk',
      Email: 'clerk@acme.example',
      Alias: 'clerk',
      TimeZoneSidKey: 'GMT',
      LocaleSidKey: 'en_US',
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      ProfileId: (await idsOf(practice, "SELECT Id FROM Profile WHERE Name = 'Standard User'"))[0],
    });
    await cli.login({ url: practice.server.url, accessToken: await practice.tokenOf('clerk@acme.example') }, 'clerk');
    const { exitCode, result } = await cli.json<VerifyJson>([
      ...['integration-user', 'verify', '--target-org', 'clerk', '--definition-file', file],
    ]);
    const passed = result.checks.find(({ id }) => id === 'records');
    expect({ exitCode, status: passed?.status ?? 'unknown' }).toEqual({ exitCode: 3, status: 'unknown' });
  });

  it('When list runs, Then it names the user, its seats and what it sees', async () => {
    const { exitCode, result } = await cli.json<CliJson & { readonly result: Inventory }>([
      ...['integration-user', 'list', '--target-org', 'practice', '--sort', 'created'],
    ]);
    expect({ exitCode, result }).toMatchObject({
      exitCode: 0,
      result: {
        licenses: [
          { kind: 'UserLicense', used: 1, holders: [practiceUsername] },
          { kind: 'PermissionSetLicense', used: 1, holders: [practiceUsername] },
        ],
        users: [
          {
            username: practiceUsername,
            integration: 'HubSpot',
            isActive: true,
            hasPermissionSetLicense: true,
            objects: expect.arrayContaining([
              expect.objectContaining({ sobject: 'Account', sees: 'flagged' }),
              expect.objectContaining({ sobject: 'Contact', sees: 'flagged' }),
              expect.objectContaining({ sobject: 'Lead', sees: 'none' }),
            ]) as unknown,
            voids: [],
            drift: [],
          },
        ],
        findings: [],
      },
    });
  });
});
