import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { Definition } from '../../src/definition/definition.js';
import { userPart } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from '../support/practice-server.ts';
import {
  applyDefinition,
  connectAs,
  filteredDefinition,
  flagRecords,
  idsOf,
  verifyDefinition,
} from '../support/verification.ts';

/** More of each than can be asked about one by one. */
const records = 41_000;
const mostForAnObject = 12;

const both = filteredDefinition({ user: userPart() });
const onlyAccounts = filteredDefinition({
  share: both.share === null ? null : { ...both.share, objects: [{ ...sharedAccount(), object: 'Account' }] },
  grant: both.grant === null ? null : { ...both.grant, objects: { Account: ['read'] }, readFields: ['Account.*'] },
});

function sharedAccount() {
  return { flagInitially: null, related: {}, access: 'read' } as const;
}

type Logged = { readonly method: string; readonly path: string; readonly action: string | null };

/** Polls of a job, pages of its result and pages of a query grow with the rows, by their nature. */
function isPaging({ method, path }: Logged): boolean {
  return method === 'GET' && (path.includes('/jobs/query/') || path.includes('/query/'));
}

describe.each<[string, SettingsOverrides]>([
  ['an org', {}],
  ['an org that tells about access through the Tooling API only', { quirks: { 'user-access': 'tooling' } }],
  ['an org that speaks French', { quirks: { language: 'fr' } }],
])('Given %s with more records than can be asked about one by one', (_, settings) => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;

  beforeEach(async () => {
    server = await startPracticeServer({ records, ...settings });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
  }, 60_000);
  afterEach(() => server.close());

  async function requestsOf(definition: Definition, asUser: Connection | null = null): Promise<readonly Logged[]> {
    await client.send('DELETE', '/__practice__/requests');
    await verifyDefinition(connection, definition, asUser);
    const { body } = await client.get<readonly Logged[]>('/__practice__/requests');
    return body.filter((request) => !isPaging(request));
  }

  it('When one object is verified, Then it takes no more requests than one object may', async () => {
    await applyDefinition(connection, onlyAccounts);
    const requests = await requestsOf(onlyAccounts);
    expect(requests.length, listed(requests)).toBeLessThanOrEqual(mostForAnObject);
  }, 60_000);

  it('When the user’s own login is there, Then it takes no more requests either', async () => {
    await applyDefinition(connection, onlyAccounts);
    const requests = await requestsOf(onlyAccounts, await connectAs(server, client));
    expect(requests.length, listed(requests)).toBeLessThanOrEqual(mostForAnObject);
  }, 60_000);

  it('When two objects are verified, and accounts come along with flagged contacts, Then it takes no more than for two', async () => {
    await applyDefinition(connection, both);
    const contacts = await idsOf(client, 'SELECT Id FROM Contact WHERE AccountId != null LIMIT 400');
    await flagRecords(client, 'Contact', contacts);
    const requests = await requestsOf(both);
    expect(requests.length, listed(requests)).toBeLessThanOrEqual(mostForAnObject + 5);
  }, 60_000);
});

function listed(requests: readonly Logged[]): string {
  return requests
    .map(({ method, path, action }) => `${method} ${action ?? decodeURIComponent(path).slice(0, 200)}`)
    .join('\n');
}
