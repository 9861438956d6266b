import type { Connection } from '@salesforce/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { Inventory } from '../../src/inventory/inventory.js';
import { takeInventory } from '../../src/inventory/take-inventory.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { inventoryReport } from '../../src/presentation/reports/inventory.js';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { createIntegrationUser, createRecord } from '../support/setup-records.ts';
import { applyDefinition, filteredDefinition, idsOf } from '../support/verification.ts';

const other = 'other.integration@acme.example';

describe('Given an integration user of this plugin, and one that somebody made by hand', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;
  let inventory: Inventory;

  beforeAll(async () => {
    server = await startPracticeServer({ records: 20 });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    await applyDefinition(connection, filteredDefinition());
    await makeByHand();
    inventory = await takeInventory(createOrgPort(connection), 'created');
  }, 60_000);
  afterAll(() => server.close());

  async function makeByHand(): Promise<void> {
    const AssigneeId = await createIntegrationUser(client, other);
    const [PermissionSetLicenseId] = await idsOf(
      client,
      "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
    );
    await createRecord(client, 'PermissionSetLicenseAssign', { AssigneeId, PermissionSetLicenseId });
    const ParentId = await createRecord(client, 'PermissionSet', { Name: 'By_Hand', Label: 'By Hand' });
    const permissions = { PermissionsRead: true, PermissionsCreate: true, PermissionsEdit: true };
    const seesAll = { SobjectType: 'Account', PermissionsViewAllRecords: true };
    await createRecord(client, 'ObjectPermissions', { ParentId, ...permissions, ...seesAll });
    await createRecord(client, 'PermissionSetAssignment', { AssigneeId, PermissionSetId: ParentId });
    const token = await client.tokenOf(other);
    for (const Name of ['One', 'Two']) {
      const { status, text } = await client.post('/services/data/v66.0/sobjects/Account', { Name }, { token });
      if (status !== 201) throw new Error(text);
    }
  }

  it('When they are listed by what they created, Then the busiest stands first, with its numbers', () => {
    expect(inventory.users.map(({ username, created }) => [username, created])).toEqual([
      [other, 2],
      [practiceUsername, 0],
    ]);
  });

  it('When they are listed, Then only the one of this plugin has an integration', () => {
    expect(inventory.users.map(({ integration }) => integration)).toEqual([null, 'HubSpot']);
  });

  it('When they are listed, Then it is said what each sees, and what voids a filter', () => {
    const sight = inventory.users.map(({ objects, voids }) => ({
      objects: objects.map(({ sobject, sees }) => `${sobject} ${sees}`),
      voids: voids.length,
    }));
    expect(sight).toEqual([
      { objects: ['Account all', 'Contact none'], voids: 1 },
      { objects: ['Account flagged', 'Contact flagged'], voids: 0 },
    ]);
  });

  it('When they are listed, Then the seats of both licenses name their holders', () => {
    expect(
      inventory.licenses.map(({ used, free, total, holders }) => [used + free === total, [...holders].sort()]),
    ).toEqual([
      [true, [practiceUsername, other].sort()],
      [true, [practiceUsername, other].sort()],
    ]);
  });

  it('When they are shown, Then no line is wider than 80 columns', () => {
    const lines = inventoryReport(inventory, { verbose: true }).split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('When a default has been opened since, Then the drift is named', async () => {
    const opened = '<externalSharingModel>Private</externalSharingModel><sharingModel>Read</sharingModel>';
    await deploy(client, {
      'package.xml': manifestOf({ CustomObject: ['Account'] }),
      'objects/Account.object': metadataDocument('CustomObject', opened),
    });
    const { users } = await takeInventory(createOrgPort(connection), 'username');
    await applyDefinition(connection, filteredDefinition());
    const ours = users.find(({ username }) => username === practiceUsername);
    expect(ours).toMatchObject({
      drift: [expect.stringContaining('Account is Read') as string],
      objects: [{ sobject: 'Account', sees: 'all' }, { sobject: 'Contact' }],
    });
  });
});
