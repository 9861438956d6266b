import type { Connection } from '@salesforce/core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { takeInventory } from '../../src/inventory/take-inventory.js';
import { criteriaRule, parseSharingRules, type CriteriaRule } from '../../src/metadata/sharing-rule.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { applyDefinition, filteredDefinition, idsOf } from '../support/verification.ts';

const definition = filteredDefinition();

describe('Given an integration user as the plugin made it, and a person who changes something since', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;

  beforeAll(async () => {
    server = await startPracticeServer({ records: 4 });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    await applyDefinition(connection, definition);
  }, 60_000);
  afterEach(() => applyDefinition(connection, definition));
  afterAll(() => server.close());

  async function listed() {
    const [user] = (await takeInventory(createOrgPort(connection), 'username')).users;
    const sees = Object.fromEntries((user?.objects ?? []).map((object) => [object.sobject, object.sees]));
    return { drift: user?.drift ?? [], Account: sees['Account'], Contact: sees['Contact'] };
  }

  async function changeRule(change: Partial<CriteriaRule>): Promise<void> {
    const port = createOrgPort(connection);
    const [rules] = await port.readMetadata('SharingRules', ['Account']);
    const [own] = parseSharingRules('Account', rules?.ok === true ? (rules.value ?? {}) : {});
    if (own === undefined) throw new Error('the rule is missing');
    const changed = criteriaRule({ ...own, ...change });
    const wait = { waitMs: 10_000, signal: new AbortController().signal };
    const destroy = [{ type: changed.type, fullName: changed.fullName }];
    // Whom a rule shares with can't be changed, only made anew.
    for (const deployment of [
      { components: [], destroy },
      { components: [changed], destroy: [] },
    ]) {
      const { failures } = await port.deploy({ ...deployment, checkOnly: false }, wait);
      expect(failures).toEqual([]);
    }
  }

  it('When nothing was changed, Then nothing has drifted', async () => {
    expect(await listed()).toEqual({ drift: [], Account: 'flagged', Contact: 'flagged' });
  });

  it.each<[string, Partial<CriteriaRule>]>([
    ['asks for something else', { criteria: [{ field: 'Name', operation: 'notEqual', value: 'nobody' }] }],
    [
      'asks for the flag or something else',
      {
        criteria: [flagIs('True'), { field: 'Name', operation: 'notEqual', value: 'nobody' }],
        booleanFilter: '1 OR 2',
      },
    ],
    ['asks for records that are not flagged', { criteria: [flagIs('False')] }],
    ['shares with everybody', { sharedTo: [{ kind: 'allInternalUsers', name: '' }] }],
  ])('When its rule %s, Then that is drift, and the flag is not said to decide', async (_, change) => {
    await changeRule(change);
    expect(await listed()).toEqual({
      drift: [expect.stringMatching(/changed.*Account/)],
      Account: 'shared',
      Contact: 'flagged',
    });
  });

  it('When the rule gives another level of access, Then the flag decides as before', async () => {
    await changeRule({ accessLevel: 'Edit' });
    expect(await listed()).toMatchObject({ drift: [], Account: 'flagged' });
  });

  it('When the permission set of the flag editors is gone, Then what the user sees by flag is not known', async () => {
    const [set = ''] = await idsOf(client, "SELECT Id FROM PermissionSet WHERE Name = 'HubSpot_Flag_Editor'");
    const assignments = await idsOf(client, `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '${set}'`);
    for (const id of assignments) await remove('PermissionSetAssignment', id);
    await remove('PermissionSet', set);
    expect(await listed()).toEqual({
      drift: [expect.stringContaining('HubSpot_Flag_Editor')],
      Account: 'unknown',
      Contact: 'unknown',
    });
  });

  async function remove(object: string, id: string): Promise<void> {
    const { status, text } = await client.send('DELETE', `/services/data/v66.0/sobjects/${object}/${id}`);
    if (status !== 204) throw new Error(text);
  }
});

function flagIs(value: string) {
  return { field: 'Send_to_HubSpot__c', operation: 'equals', value };
}
