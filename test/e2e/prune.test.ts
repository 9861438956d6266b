import type { Connection } from '@salesforce/core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { allFeatures } from '../../src/features/index.js';
import { leftoverFeature } from '../../src/features/leftovers/index.js';
import { applyDefinition, definitionFrom } from '../support/apply.ts';
import { connectTo } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';

const username = 'hubspot@acme.example';
const user = `integration: HubSpot
user: { username: ${username}, email: integrations@acme.example }
`;
const grant = `grant:
  objects: { Account: [read], Lead: [read] }
  fields: { read: [Account.Industry] }
`;
const share = `share:
  organizationWideDefaults: manage
  objects:
    Account: { access: read, flagInitially: "Industry = 'Technology'" }
    Lead: { access: read }
`;

describe.each([
  ['everything but the user', user, { sets: [], groups: 0, flagOnAccount: false, assignments: 0 }],
  [
    'the grants',
    user + share,
    { sets: ['HubSpot_Flag_Editor', 'HubSpot_Integration_Access'], groups: 1, flagOnAccount: true, assignments: 2 },
  ],
  [
    'the sharing',
    user + grant.replace('read: [Account.Industry] }', 'read: [Account.Industry] }\n  allowUnfiltered: true'),
    { sets: ['HubSpot_Integration_Access'], groups: 0, flagOnAccount: false, assignments: 1 },
  ],
])('Given an applied definition from which %s is taken out', (_, rest, left) => {
  const practice = usePracticeServer({ records: 20 });
  let connection: Connection;
  let reported: EngineOutcome;
  let pruned: EngineOutcome;
  let again: EngineOutcome;

  const prune = {
    features: [...allFeatures, leftoverFeature({ prune: true })],
    allowedImpacts: new Set(['deletion'] as const),
  };
  const changes = ({ result }: EngineOutcome): readonly string[] =>
    result.changes.flatMap(({ status, name }) => (status === 'unchanged' ? [] : [`${status} ${name}`]));

  beforeAll(async () => {
    connection = await connectTo(practice.server);
    await applyDefinition(connection, definitionFrom(user + grant + share));
    reported = await applyDefinition(connection, definitionFrom(rest));
    pruned = await applyDefinition(connection, definitionFrom(rest), prune);
    again = await applyDefinition(connection, definitionFrom(rest), prune);
  });

  it('When it is applied, Then what is left over is reported and nothing is written', () => {
    expect(reported.result.findings.map(({ code }) => code)).toContain('NoLongerDefined');
    expect(changes(reported)).toEqual([]);
  });

  it('When it is pruned, Then every change is made', () => {
    expect(changes(pruned)).not.toEqual([]);
    expect(changes(pruned).filter((change) => !change.startsWith('applied'))).toEqual([]);
  });

  it('When it is pruned, Then exactly what the definition still names is left', async () => {
    const described = await practice.get<{ readonly fields: ReadonlyArray<{ readonly name: string }> }>(
      '/services/data/v66.0/sobjects/Account/describe',
    );
    const count = async (soql: string): Promise<number> => (await practice.query(soql)).length;
    const sets = await practice.query<{ readonly Name: string }>(
      "SELECT Name FROM PermissionSet WHERE Name LIKE 'HubSpot%' ORDER BY Name",
    );

    expect({
      sets: sets.map(({ Name }) => Name),
      groups: await count("SELECT Id FROM Group WHERE DeveloperName = 'HubSpot_Integration'"),
      flagOnAccount: described.body.fields.some(({ name }) => name === 'Send_to_HubSpot__c'),
      assignments: await count("SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name LIKE 'HubSpot%'"),
    }).toEqual(left);
  });

  it('When it is pruned again, Then nothing is written', () => {
    expect(changes(again)).toEqual([]);
  });
});
