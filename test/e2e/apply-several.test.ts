import type { Connection } from '@salesforce/core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Definition } from '../../src/definition/definition.js';
import { applyAll, type ApplyOptions } from '../../src/engine/apply.js';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { allFeatures } from '../../src/features/index.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { definitionFrom } from '../support/apply.ts';
import { engineOptions } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

const definition = (integration: string, more = ''): Definition =>
  definitionFrom(`integration: ${integration}
user: { username: ${integration.toLowerCase()}@acme.example, email: integrations@acme.example }
grant:
  objects: { Account: [read] }
share:
  organizationWideDefaults: manage
  objects:
    Account: { access: read }
${more}`);

describe('Given two definitions that need the same default', () => {
  const practice = usePracticeServer({ records: 10 });
  let connection: Connection;

  beforeEach(async () => {
    await practice.post('/__practice__/reset', {});
    connection = await connectTo(practice.server);
  });

  const apply = (definitions: readonly Definition[], options: Partial<ApplyOptions> = {}): Promise<EngineOutcome> =>
    applyAll(definitions, createOrgPort(connection), {
      ...engineOptions(),
      features: allFeatures,
      outputDir: null,
      failOnChanges: false,
      planned: () => undefined,
      ...options,
    });
  const requestsOf = async (run: () => Promise<unknown>): Promise<number> => {
    await practice.send('DELETE', '/__practice__/requests');
    await run();
    return (await practice.get<readonly unknown[]>('/__practice__/requests')).body.length;
  };

  it('When both are applied, Then the default changes once and each has its own rule', async () => {
    const { result, exitCode } = await apply([definition('HubSpot'), definition('Gong')]);
    const named = (type: string): readonly string[] =>
      result.changes.flatMap((change) =>
        change.type === type && change.status === 'applied' ? [`${change.integration ?? ''} ${change.name}`] : [],
      );

    expect(exitCode).toBe(0);
    expect(named('CustomObject').filter((name) => name.endsWith(' Account'))).toEqual(['HubSpot Account']);
    expect(named('SharingCriteriaRule')).toEqual(['HubSpot Account.Send_to_HubSpot', 'Gong Account.Send_to_Gong']);
  });

  it('When both are looked at, Then what both ask is asked once', async () => {
    const one = await requestsOf(() => apply([definition('HubSpot')], { dryRun: true }));
    const both = await requestsOf(() => apply([definition('HubSpot'), definition('Gong')], { dryRun: true }));

    expect(both).toBeLessThan(one * 2);
  });

  it('When one of them is refused, Then nothing is written for the other either', async () => {
    const wrong = definition('Gong', '  flagEditors: [nobody@acme.example]\n');

    await expect(apply([definition('HubSpot'), wrong])).rejects.toMatchObject({ name: 'FlagEditorNotFoundError' });
    expect(await practice.query("SELECT Id FROM User WHERE Username = 'hubspot@acme.example'")).toEqual([]);
  });

  it('When the second fails after the first was applied, Then both are reported', async () => {
    const fault = { path: '/services/', body: '"Username":"gong@', method: 'POST', times: 50, status: 400 };
    await practice.post('/__practice__/faults', [
      { ...fault, errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Not here' },
    ]);
    const { result, exitCode } = await apply([definition('HubSpot'), definition('Gong')]).finally(() =>
      practice.send('DELETE', '/__practice__/faults'),
    );

    expect(exitCode).toBe(68);
    expect(result.changes.filter(({ integration, status }) => integration === 'Gong' && status === 'applied')).toEqual(
      [],
    );
    expect(
      result.changes.filter(({ integration, status }) => integration === 'HubSpot' && status !== 'applied'),
    ).toEqual([]);
  });
});
