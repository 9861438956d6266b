import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { IntegrationUserResult } from '../../src/planning/result.js';
import { practiceUsername } from '../support/engine.ts';
import { assign, foreignSet, integrationUserOn, oldProfile } from '../support/fields.ts';
import { PluginCli, type CliJson } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

type Answer = CliJson & { readonly result: IntegrationUserResult };

const command = (...more: readonly string[]): readonly string[] => [
  ...['integration-user', 'restrict-fields', '--target-org', 'practice', '--username', practiceUsername],
  ...more,
];

describe('Given a login to an org whose integration profile two users share', () => {
  const practice = usePracticeServer({ records: 0 });
  let cli: PluginCli;

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
    const userId = await integrationUserOn(practice, oldProfile, practiceUsername);
    await integrationUserOn(practice, oldProfile, 'other@acme.example');
    const set = await foreignSet(practice, 'Foreign_Set', {
      objects: { Account: {} },
      fields: { 'Account.Rating': true },
    });
    await assign(practice, userId, set);
  });
  afterAll(async () => {
    await cli.dispose();
  });

  it('When nobody can be asked, Then nothing is written, and the error names the people and the flag that consents', async () => {
    const answer = await cli.json(command('--field', 'Account.Fax'));
    expect(answer).toMatchObject({
      exitCode: 1,
      name: 'ConfirmationRequiredError',
      message: expect.stringContaining('other@acme.example') as string,
      actions: [expect.stringContaining('--allow-impact profile') as string],
      data: { changes: [{ status: 'planned' }] },
    });
  });

  it('When it is consented to, Then the fields are hidden and the exit code is 0', async () => {
    const { exitCode, result } = await cli.json<Answer>(
      command('--field', 'Account.Fax', '--field', 'Contact.*Phone', '--allow-impact', 'profile'),
    );
    expect({ exitCode, integration: result.integration, impact: result.impact }).toMatchObject({
      exitCode: 0,
      integration: null,
      impact: [{ on: oldProfile, people: 1 }],
    });
  });

  it('When a foreign set goes on giving the field, Then it is named with what to do, and the exit code is 3', async () => {
    const { exitCode, stdout, stderr } = await cli.run(
      command('--field', 'Account.Rating', '--allow-impact', 'profile', '--no-prompt'),
    );
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 3,
      stdout: expect.stringContaining('differs from what you asked for') as string,
      stderr: expect.stringMatching(/permission set Foreign Set gives it[^]*unassign/) as string,
    });
  });

  it.each([
    ['nothing is chosen', [], 'NothingToHideError'],
    ['a field is misspelt', ['--field', 'Account.Fxa'], 'UnknownFieldError'],
  ])('When %s, Then the error has a name and says what to do', async (_, argv, name) => {
    expect(await cli.json(command(...argv))).toMatchObject({ exitCode: 1, name, actions: [expect.any(String)] });
  });

  it('When a value holds escape sequences, Then none of them reaches the terminal', async () => {
    const { stdout, stderr } = await cli.run(command('--security-classification', 'Bad\u001B[2JValue'));
    expect(`${stdout}${stderr}`).not.toContain('\u001B[2J');
  });
});
