import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { IntegrationUserResult } from '../../src/planning/result.js';
import { practiceUsername } from '../support/engine.ts';
import { PluginCli, type CliJson } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { readingIntegrationUser } from '../support/sharing.ts';

type Failed = CliJson & { readonly exitCode: number; readonly data?: IntegrationUserResult };

describe('Given a login to an org that takes its time to recalculate', () => {
  const practice = usePracticeServer({ records: 8, recalculationMs: 1_500 });
  let cli: PluginCli;

  beforeAll(async () => {
    cli = await PluginCli.create();
    await cli.login(practice.server, 'practice');
    await readingIntegrationUser(practice, ['Account', 'Lead']);
  });
  beforeEach(async () => {
    await practice.send('DELETE', '/__practice__/requests');
  });
  afterAll(async () => {
    await cli.dispose();
  });

  const command = (...more: readonly string[]): readonly string[] => [
    ...['integration-user', 'share-by-flag', '--target-org', 'practice', '--integration', 'HubSpot'],
    ...['--username', practiceUsername, '--sobject', 'Lead', ...more],
  ];
  const changed = async (): Promise<number> => {
    const { body } = await practice.get<ReadonlyArray<{ readonly changed: number }>>('/__practice__/requests');
    return body.reduce((sum, request) => sum + request.changed, 0);
  };

  it('When nobody agreed to the new default, Then the error says how, holds the plan, and nothing is written', async () => {
    const { exitCode, name, actions, data } = await cli.json<Failed>(command());
    expect({
      exitCode,
      name,
      actions,
      statuses: new Set(data?.changes.map(({ status }) => status)),
      changed: await changed(),
    }).toEqual({
      exitCode: 1,
      name: 'ConfirmationRequiredError',
      actions: [expect.stringContaining('--allow-impact owd')],
      statuses: new Set(['planned']),
      changed: 0,
    });
  });

  it('When --dry-run is given, Then the plan tells whom the new default affects, and nothing is written', async () => {
    const { exitCode, result } = await cli.json<CliJson & { readonly result: IntegrationUserResult }>(
      command('--dry-run'),
    );
    expect({ exitCode, impact: result.impact, changed: await changed() }).toMatchObject({
      exitCode: 0,
      impact: [{ on: 'Lead', people: expect.any(Number) as number, records: 4 }],
      changed: 0,
    });
  });

  it('When it may not wait, Then it exits with 69, and the same command finishes later', async () => {
    const agreed = command('--allow-impact', 'owd');
    const first = await cli.json<CliJson & { readonly result: IntegrationUserResult }>([...agreed, '--wait', '0']);
    const second = await cli.json<CliJson & { readonly result: IntegrationUserResult }>(agreed);
    expect({
      exitCodes: [first.exitCode, second.exitCode],
      pending: first.result.changes.some(({ status }) => status === 'pending'),
      open: second.result.changes.filter(({ status }) => status !== 'applied' && status !== 'unchanged'),
    }).toEqual({ exitCodes: [69, 0], pending: true, open: [] });
  });
});
