import { describe, expect, it } from 'vitest';
import { quirkValues } from '../../practice-org/org/settings.ts';
import { describeUser } from '../../src/engine/definition-of-user.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { applyDefinition, definitionFrom } from '../support/apply.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from '../support/practice-server.ts';
import { verifyDefinition } from '../support/verification.ts';

const username = 'hubspot@acme.example';
const definition = definitionFrom(`integration: HubSpot
user: { username: ${username}, email: integrations@acme.example }
grant:
  objects: { Account: [read, edit], Lead: [read] }
  fields: { read: ["Account.*"], edit: [Account.Rating] }
hide: { fields: [Account.AnnualRevenue, "Lead.*Phone"] }
share:
  organizationWideDefaults: manage
  objects:
    Account: { access: edit, flagInitially: "Industry = 'Technology'" }
    Lead: { access: read }
`);

/** Each value but the first, which is the usual one. That Professional Edition is refused is told elsewhere. */
const quirks = Object.entries(quirkValues).flatMap(([name, [, ...others]]) =>
  others
    .filter((value) => value !== 'professional')
    .map((value): [string, SettingsOverrides] => [`${name}=${value}`, { quirks: { [name]: value } }]),
);
const generations = (['old', 'new', 'both'] as const).map((profileGeneration): [string, SettingsOverrides] => [
  `the profile generation ${profileGeneration}`,
  { profileGeneration },
]);

describe.each([...quirks, ...generations])('Given an org with %s', (_, settings) => {
  it('When a whole definition is applied and read back, Then the outcome is the same in every org', async () => {
    const server = await startPracticeServer({ records: 20, ...settings });
    try {
      const client = new PracticeClient(() => server);
      const connection = await connectTo(server);
      const allowedImpacts = new Set(['profile'] as const);
      const first = await applyDefinition(connection, definition, { allowedImpacts });
      const second = await applyDefinition(connection, definition, { allowedImpacts });
      const verified = await verifyDefinition(connection, definition);
      const described = await describeUser({ username, integration: null }, createOrgPort(connection));
      const token = await client.tokenOf(username);
      const flagged = await client.query("SELECT Id FROM Account WHERE Industry = 'Technology'");
      const seen = await client.query('SELECT Id, Rating FROM Account', { token });
      const hidden = await client.query('SELECT AnnualRevenue FROM Account', { token }).catch(() => 'hidden');

      expect({
        exitCodes: [first.exitCode, second.exitCode],
        notVerified: verified.result.checks.filter(({ status }) => status !== 'pass').map(({ id }) => id),
        second: [...new Set(second.result.changes.map(({ status }) => status))],
        pending: described?.pending,
        seen: seen.length,
        leads: (await client.query('SELECT Id FROM Lead', { token })).length,
        hidden,
      }).toEqual({
        exitCodes: [0, 0],
        notVerified: [],
        second: ['unchanged'],
        pending: [],
        seen: flagged.length,
        leads: 0,
        hidden: 'hidden',
      });
    } finally {
      await server.close();
    }
  });
});
