import type { Connection } from '@salesforce/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { Inventory, ListedUser } from '../../src/inventory/inventory.js';
import { takeInventory } from '../../src/inventory/take-inventory.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import type { OrgPort } from '../../src/org/port.js';
import { inventoryReport } from '../../src/presentation/reports/inventory.js';
import { widthOf } from '../../src/presentation/reports/text-width.js';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { refusing } from '../support/refusing-port.ts';
import { makeUser } from '../support/sabotage-metadata.ts';
import { createIntegrationUser, createRecord } from '../support/setup-records.ts';
import { applyDefinition, connectAs, filteredDefinition, idsOf } from '../support/verification.ts';

const other = 'other.integration@acme.example';
const idle = 'idle.integration@acme.example';

/** View All Data, and what it can't be without. */
const viewAllData = [
  'ViewAllData',
  'ViewSetup',
  'ViewEventLogFiles',
  'ViewPublicDashboards',
  'ViewPublicReports',
  'ViewPlatformEvents',
  'ViewDataLeakageEvents',
] as const;

describe('Given an integration user of this plugin, one that somebody made by hand, and one that nobody uses', () => {
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
    await makeIdle();
    inventory = await takeInventory(createOrgPort(connection), 'created');
  }, 60_000);
  afterAll(() => server.close());

  async function makeByHand(): Promise<void> {
    const AssigneeId = await createIntegrationUser(client, other);
    await giveLicense(AssigneeId);
    const ParentId = await createRecord(client, 'PermissionSet', { Name: 'By_Hand', Label: 'By Hand' });
    const permissions = { PermissionsRead: true, PermissionsCreate: true, PermissionsEdit: true };
    const seesAll = { SobjectType: 'Account', PermissionsViewAllRecords: true, PermissionsViewAllFields: true };
    await createRecord(client, 'ObjectPermissions', { ParentId, ...permissions, ...seesAll });
    await createRecord(client, 'PermissionSetAssignment', {
      AssigneeId,
      PermissionSetId: ParentId,
    });
    const token = await client.tokenOf(other);
    for (const Name of ['One', 'Two']) {
      const { status, text } = await client.post('/services/data/v66.0/sobjects/Account', { Name }, { token });
      if (status !== 201) throw new Error(text);
    }
  }

  async function makeIdle(): Promise<void> {
    const id = await createIntegrationUser(client, idle);
    const { status, text } = await client.send('PATCH', `/services/data/v66.0/sobjects/User/${id}`, {
      body: { IsActive: false },
    });
    if (status !== 204) throw new Error(text);
  }

  async function giveLicense(AssigneeId: string): Promise<void> {
    const [PermissionSetLicenseId] = await idsOf(
      client,
      "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
    );
    await createRecord(client, 'PermissionSetLicenseAssign', { AssigneeId, PermissionSetLicenseId });
  }

  const userIn = ({ users }: Inventory, username = practiceUsername): ListedUser => {
    const user = users.find((candidate) => candidate.username === username);
    if (user === undefined) throw new Error(`${username} is not listed`);
    return user;
  };
  const sightsOf = ({ objects }: ListedUser): Readonly<Record<string, string>> =>
    Object.fromEntries((objects ?? []).map(({ sobject, sees }) => [sobject, sees]));
  const shown = (options: { readonly verbose?: boolean; readonly columns?: number } = {}, of = inventory): string =>
    inventoryReport(of, { verbose: false, columns: 80, ...options });

  it('When they are listed by what they created, Then the busiest stands first, with its numbers', () => {
    expect(inventory.users.map(({ username, created }) => [username, created])).toEqual([
      [other, 2],
      [practiceUsername, 0],
      [idle, 0],
    ]);
  });

  it('When they are listed, Then only the one of this plugin has an integration', () => {
    expect([userIn(inventory).integration, userIn(inventory, other).integration]).toEqual(['HubSpot', null]);
  });

  it('When they are listed, Then it is said what each sees fully, by flag and not at all, of all objects of the org', () => {
    expect(sightsOf(userIn(inventory, other))).toMatchObject({ Account: 'all', Contact: 'none', Campaign: 'none' });
    expect(sightsOf(userIn(inventory))).toMatchObject({ Account: 'flagged', Contact: 'flagged', Campaign: 'none' });
    expect(new Set(Object.values(sightsOf(userIn(inventory, idle))))).toEqual(new Set(['none']));
  });

  it('When they are listed, Then grants that void filters of records and fields are named with their source', () => {
    expect(userIn(inventory).voids).toEqual([]);
    expect(userIn(inventory, other).voids).toEqual([
      'Sees all records of Account: View All in permission set By Hand (By_Hand).',
      'Sees all fields of Account: View All Fields in permission set By Hand (By_Hand).',
    ]);
  });

  it('When they are listed, Then the seats of both licenses name their holders', () => {
    expect(
      inventory.licenses.map(({ label, used, free, total, holders }) => ({
        label,
        adds: used + free === total,
        holders: [...holders].sort(),
      })),
    ).toEqual([
      { label: 'Salesforce Integration', adds: true, holders: [practiceUsername, other].sort() },
      { label: 'Salesforce API Integration', adds: true, holders: [practiceUsername, other].sort() },
    ]);
  });

  it.each([40, 80, 120])('When they are shown on %s columns, Then no line is wider', (columns) => {
    const lines = shown({ verbose: true, columns }).split('\n');
    expect(lines.filter((line) => widthOf(line) > columns)).toEqual([]);
  });

  it('When they are shown, Then names stand in one piece, and numbers of objects stand beside each user', () => {
    const text = shown();
    expect(text).toMatch(new RegExp(`^${practiceUsername} +HubSpot`, 'm'));
    expect(text).toMatch(/Objects: 2 by flag, \d+ not at all\./);
    expect(text).toMatch(new RegExp(`^${idle}.*\\n\\(inactive\\)`, 'm'));
    expect(text.replaceAll(/\s+/g, ' ')).toContain("Doesn't hold the permission set license.");
    expect(text).not.toContain('Campaign');
  });

  it('When every object is asked for, Then those it sees have a line each, and the others are named', () => {
    const text = shown({ verbose: true });
    expect(text).toMatch(/Account +read +flagged records +0 +0/);
    expect(text).toMatch(/Not at all: Asset, Campaign/);
  });

  it('When View All Data is given without any object, Then every object is seen fully', async () => {
    const AssigneeId = userIn(inventory, other).userId;
    const PermissionSetId = await createRecord(client, 'PermissionSet', {
      Name: 'Sees_All',
      Label: 'Sees All',
      ...Object.fromEntries(viewAllData.map((permission) => [`Permissions${permission}`, true])),
    });
    const assignment = await createRecord(client, 'PermissionSetAssignment', { AssigneeId, PermissionSetId });
    const { users } = await takeInventory(createOrgPort(connection), 'username');
    await client.send('DELETE', `/services/data/v66.0/sobjects/PermissionSetAssignment/${assignment}`);
    const user = userIn({ ...inventory, users }, other);
    expect(sightsOf(user)).toMatchObject({ Account: 'all', Contact: 'all', Campaign: 'all' });
    expect(user.voids).toContain(
      'Sees all records of all objects: View All Data in permission set Sees All (Sees_All).',
    );
  });

  it('When access has been taken away since, Then what the user created is still counted', async () => {
    const assignments = await idsOf(
      client,
      `SELECT Id FROM PermissionSetAssignment WHERE PermissionSet.Name = 'By_Hand' AND Assignee.Username = '${other}'`,
    );
    const [PermissionSetId] = await idsOf(client, "SELECT Id FROM PermissionSet WHERE Name = 'By_Hand'");
    await client.send('DELETE', `/services/data/v66.0/sobjects/PermissionSetAssignment/${assignments[0] ?? ''}`);
    const user = userIn(await takeInventory(createOrgPort(connection), 'username'), other);
    await createRecord(client, 'PermissionSetAssignment', { AssigneeId: user.userId, PermissionSetId });
    expect({ created: user.created, sees: sightsOf(user)['Account'] }).toEqual({ created: 2, sees: 'none' });
  });

  it('When a default has been opened since, Then the drift is named', async () => {
    const opened = '<externalSharingModel>Private</externalSharingModel><sharingModel>Read</sharingModel>';
    await deploy(client, {
      'package.xml': manifestOf({ CustomObject: ['Account'] }),
      'objects/Account.object': metadataDocument('CustomObject', opened),
    });
    const user = userIn(await takeInventory(createOrgPort(connection), 'username'));
    await applyDefinition(connection, filteredDefinition());
    expect(user.drift).toEqual([expect.stringContaining('Account is Read')]);
    expect(sightsOf(user)).toMatchObject({ Account: 'all', Contact: 'flagged' });
  });

  it('When the user has left the group, Then it sees nothing by flag', async () => {
    const [membership] = await idsOf(
      client,
      "SELECT Id FROM GroupMember WHERE Group.DeveloperName = 'HubSpot_Integration'",
    );
    await client.send('DELETE', `/services/data/v66.0/sobjects/GroupMember/${membership ?? ''}`);
    const user = userIn(await takeInventory(createOrgPort(connection), 'username'));
    await applyDefinition(connection, filteredDefinition());
    expect(user.drift).toEqual([expect.stringContaining('has left the public group HubSpot_Integration')]);
    expect(sightsOf(user)).toMatchObject({ Account: 'shared', Contact: 'shared' });
  });

  it('When sharing rules are refused, Then what is seen by flag is not known, and no rule is said to be gone', async () => {
    const found = await takeInventory(refusing(/^SharingRules/, createOrgPort(connection)), 'username');
    const user = userIn(found);
    expect({ drift: user.drift, Account: sightsOf(user)['Account'] }).toEqual({ drift: [], Account: 'unknown' });
    expect(found.findings).toMatchObject([
      { severity: 'warning', code: 'NotReadable', subject: 'SharingRules Account, SharingRules Contact' },
    ]);
    expect(shown({}, found)).toContain('2 not known');
  });

  it.each([/FROM ObjectPermissions/, /FROM PermissionSetAssignment/, /FROM PermissionSet /])(
    'When %s is refused, Then it is not said that users see nothing',
    async (pattern) => {
      const found = await takeInventory(refusing(pattern, createOrgPort(connection)), 'username');
      expect(found.users.map(({ objects }) => objects)).toEqual([null, null, null]);
      expect(found.findings.map(({ code }) => code)).toContain('NotReadable');
      expect(shown({}, found)).toContain('what it can see is not known');
    },
  );

  it('When several questions about one thing are refused, Then it is said once', async () => {
    const { findings } = await takeInventory(refusing(/ObjectPermissions/, createOrgPort(connection)), 'username');
    expect(findings.map(({ subject }) => subject)).toEqual(['ObjectPermissions']);
  });

  it('When a count is refused, Then the others are counted, and the finding names the object', async () => {
    const found = await takeInventory(
      refusing(/COUNT\(Id\) records FROM Contact/, createOrgPort(connection)),
      'created',
    );
    expect(userIn(found, other).created).toBe(2);
    expect(found.findings).toMatchObject([{ code: 'NotCounted', subject: 'Contact' }]);
  });

  it('When users are refused, Then the list fails instead of being empty', async () => {
    const listing = takeInventory(refusing(/FROM User WHERE/, createOrgPort(connection)), 'username');
    await expect(listing).rejects.toMatchObject({ name: 'UsersNotReadableError' });
  });

  it('When somebody asks who does not see every record, Then it is said that more may have been created', async () => {
    await makeUser(client, 'clerk@acme.example');
    const clerk = createOrgPort(await connectAs(server, client, 'clerk@acme.example'));
    const { findings } = await takeInventory(clerk, 'username');
    expect(findings.map(({ code }) => code)).toContain('CountsPartial');
  });

  it('When licenses are refused, Then nobody is said to be without one', async () => {
    const found = await takeInventory(refusing(/PermissionSetLicense/, createOrgPort(connection)), 'username');
    expect(userIn(found).hasPermissionSetLicense).toBeNull();
    expect(found.findings.map(({ code }) => code)).toEqual(['NotReadable']);
    expect(shown({}, found)).toContain('is not known');
  });

  it('When the org has no such license and no users, Then both are said', async () => {
    const port = createOrgPort(connection);
    const empty: OrgPort = Object.create(port, {
      readTogether: {
        value: async (...[queries, sobjects]: Parameters<OrgPort['readTogether']>) => {
          const { rows, descriptions } = await port.readTogether(queries, sobjects);
          return { rows: rows.map(() => ({ ok: true, value: [] })), descriptions };
        },
      },
    }) as OrgPort;
    const text = shown({}, await takeInventory(empty, 'username'));
    expect(text).toContain('The org has no license "Salesforce Integration".');
    expect(text).toContain('The org has no license "SalesforceAPIIntegrationPsl".');
    expect(text).toContain('There are no integration users in this org.');
  });
});
