import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { applyDefinition, definitionFrom } from '../support/apply.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';

const username = 'hubspot@acme.example';
const definition = definitionFrom(`integration: HubSpot
user: { username: ${username}, email: integrations@acme.example }
grant:
  objects: { Account: [read, edit], Lead: [read] }
  fields: { read: [Account.Industry], edit: [Account.Rating] }
hide: { fields: [Account.AnnualRevenue] }
share:
  organizationWideDefaults: manage
  objects:
    Account: { access: edit, flagInitially: "Industry = 'Technology'" }
    Lead: { access: read }
`);
const mayRead = ['Industry', 'Rating', 'Send_to_HubSpot__c'];

/** Requests of one run, polls included; more than it takes now, so that a longer run is covered too. */
const requestsOfOneRun = 40;
const step = process.env['EXHAUSTIVE'] === undefined ? 9 : 1;
const points = Array.from({ length: Math.ceil(requestsOfOneRun / step) }, (_, index) => index * step);

describe('Given an org to which a definition is applied', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;

  beforeEach(async () => {
    server = await startPracticeServer({ records: 20 });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
  });
  afterEach(async () => {
    await server.close();
  });

  /** From here on nothing reaches the org any more; of the request at this point, the work is done or not. */
  const killAt = (request: number, drop: 'before' | 'after'): Promise<unknown> =>
    client.post('/__practice__/faults', [
      { path: '/services/', afterN: request, times: 1, drop },
      { path: '/services/', afterN: request, times: 1_000_000, drop: 'before' },
    ]);

  /** What the integration user itself gets to see: Ids of Accounts and Leads, and fields of Account. */
  const seen = async (): Promise<{ readonly ids: readonly string[]; readonly fields: readonly string[] }> => {
    const [user] = await client.query(`SELECT Id FROM User WHERE Username = '${username}' AND IsActive = true`);
    if (user === undefined) return { ids: [], fields: [] };
    const token = await client.tokenOf(username);
    const idsOf = async (object: string): Promise<readonly string[]> => {
      const path = `/services/data/v66.0/query?q=${encodeURIComponent(`SELECT Id FROM ${object}`)}`;
      const { status, body } = await client.get<{ readonly records: ReadonlyArray<{ readonly Id: string }> }>(path, {
        token,
      });
      return status === 200 ? body.records.map(({ Id }) => Id) : [];
    };
    const described = await client.get<{ readonly fields?: ReadonlyArray<{ readonly name: string }> }>(
      '/services/data/v66.0/sobjects/Account/describe',
      { token },
    );
    const fields = described.status === 200 ? (described.body.fields ?? []).map(({ name }) => name) : [];
    return { ids: [...(await idsOf('Account')), ...(await idsOf('Lead'))], fields };
  };

  const owned = async (): Promise<Readonly<Record<string, number>>> => {
    const count = async (soql: string): Promise<number> => (await client.query(soql)).length;
    return {
      users: await count(`SELECT Id FROM User WHERE Username = '${username}'`),
      licences: await count(`SELECT Id FROM PermissionSetLicenseAssign WHERE Assignee.Username = '${username}'`),
      sets: await count("SELECT Id FROM PermissionSet WHERE Name LIKE 'HubSpot%'"),
      groups: await count("SELECT Id FROM Group WHERE DeveloperName LIKE 'HubSpot%'"),
      members: await count("SELECT Id FROM GroupMember WHERE Group.DeveloperName = 'HubSpot_Integration'"),
      assignments: await count("SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name LIKE 'HubSpot%'"),
      flagged: await count('SELECT Id FROM Account WHERE Send_to_HubSpot__c = true'),
    };
  };
  const complete = { users: 1, licences: 1, sets: 2, groups: 1, members: 1, assignments: 2 };

  describe.each(['before', 'after'] as const)('When it is killed %s the work of a request', (drop) => {
    it.each(points)(
      '(request %i), Then nothing is open that stays closed, and running again finishes',
      async (point) => {
        await killAt(point, drop);
        await applyDefinition(connection, definition, { waitMs: 2_000 }).catch(() => undefined);
        await client.send('DELETE', '/__practice__/faults');
        const inBetween = await seen();
        const again = await applyDefinition(await connectTo(server), definition);
        const third = await applyDefinition(connection, definition);
        const end = await seen();
        const leaked = inBetween.ids.filter((id) => !end.ids.includes(id));
        const open = inBetween.fields.filter((field) => !end.fields.includes(field));

        expect({ leaked, open, exitCode: again.exitCode, owned: await owned() }).toEqual({
          leaked: [],
          open: [],
          exitCode: 0,
          owned: { ...complete, flagged: end.ids.length },
        });
        expect([...new Set(third.result.changes.map(({ status }) => status))]).toEqual(['unchanged']);
        expect(end.fields).toEqual(expect.arrayContaining(mayRead));
      },
    );
  });

  it('When two people apply it at once, Then nothing is made twice and a third run changes nothing', async () => {
    const other = await connectTo(server);
    await Promise.allSettled([applyDefinition(connection, definition), applyDefinition(other, definition)]);
    await applyDefinition(connection, definition);
    const last = await applyDefinition(connection, definition);

    expect(await owned()).toMatchObject(complete);
    expect([...new Set(last.result.changes.map(({ status }) => status))]).toEqual(['unchanged']);
  });
});
