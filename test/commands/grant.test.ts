import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationUserResult } from '../../src/planning/result.js';
import { practiceUsername } from '../support/engine.ts';
import { integrationUserOn, newProfile } from '../support/fields.ts';
import { PluginCli, type CliJson } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

type Answer = CliJson & { readonly result: IntegrationUserResult };

const command = (...more: readonly string[]): readonly string[] => [
  ...[
    'integration-user',
    'grant',
    '--target-org',
    'practice',
    '--integration',
    'HubSpot',
    '--username',
    practiceUsername,
  ],
  ...more,
];

describe('Given a login to an org with an integration user', () => {
  const practice = usePracticeServer({ records: 0 });
  let cli: PluginCli;

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
    await integrationUserOn(practice, newProfile, practiceUsername);
  });
  afterAll(async () => {
    await cli.dispose();
  });

  it('When a recipe is looked at, Then grants, wishes and links are shown, also where the filter would be void', async () => {
    const { exitCode, stdout, stderr } = await cli.run(command('--recipe', 'hubspot', '--dry-run'));
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 1,
      stdout: expect.stringMatching(
        /HubSpot_Integration_Access[^]*Lead \(read, create, edit\)[^]*asks for Modify All[^]*https:\/\/www\.hubspot\.com\/salesforce-selective-sync/,
      ) as string,
      stderr: expect.stringMatching(/UnfilteredError[^]*--allow-unfiltered/) as string,
    });
  });

  it('When a grant voids the filter and nobody consented, Then nothing is written', async () => {
    await practice.send('DELETE', '/__practice__/requests');
    const answer = await cli.json(command('--sobject', 'Account'));
    const { body } = await practice.get<ReadonlyArray<{ readonly changed: number }>>('/__practice__/requests');
    expect({ answer, written: body.filter(({ changed }) => changed > 0) }).toMatchObject({
      answer: { exitCode: 1, name: 'UnfilteredError', actions: [expect.stringContaining('Account') as string] },
      written: [],
    });
  });

  it('When it is consented to, Then the set is made and assigned', async () => {
    const { exitCode, result } = await cli.json<Answer>(
      command(
        '--sobject',
        'Account:edit',
        '--read-field',
        'Account.*',
        '--edit-field',
        'Account.Rating',
        '--allow-unfiltered',
      ),
    );
    expect({ exitCode, changes: result.changes }).toMatchObject({
      exitCode: 0,
      changes: [
        { action: 'create', type: 'PermissionSet', status: 'applied' },
        { action: 'assign', type: 'PermissionSetAssignment', status: 'applied' },
      ],
    });
  });

  it.each([
    ['nothing is asked for', [], 'NothingToGrantError'],
    ['a recipe is unknown', ['--recipe', 'hubspott'], 'UnknownRecipeError'],
  ])('When %s, Then the error has a name and says what to do', async (_, argv, name) => {
    expect(await cli.json(command(...argv))).toMatchObject({ exitCode: 1, name, actions: [expect.any(String)] });
  });
});
