import type { Connection } from '@salesforce/core';
import { SfError } from '@salesforce/core/sfError';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { EngineOutcome } from '../../src/engine/engine.js';
import type { MetadataComponent } from '../../src/metadata/component.js';
import { standardObjectSharingModel } from '../../src/metadata/sharing-model.js';
import { criteriaRule, flagRule, parseSharingRules } from '../../src/metadata/sharing-rule.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { applyDefinition, definitionFrom } from '../support/apply.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';

const username = 'hubspot@acme.example';
const yaml = (consent = 'organizationWideDefaults: manage'): string => `integration: HubSpot
user: { username: ${username}, email: integrations@acme.example }
grant:
  objects: { Account: [read, edit], Lead: [read] }
  fields: { read: [Account.Industry], edit: [Account.Rating] }
share:
  ${consent}
  objects:
    Account: { access: edit, flagInitially: "Industry = 'Technology'" }
    Lead: { access: read }
`;

describe('Given an org to which a definition was applied, and a person who changes it by hand', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;

  beforeEach(async () => {
    server = await startPracticeServer({ records: 20 });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    await apply();
  });
  afterEach(async () => {
    await server.close();
  });

  const apply = (consent?: string): Promise<EngineOutcome> =>
    applyDefinition(connection, definitionFrom(yaml(consent)));
  const changed = ({ result }: EngineOutcome): readonly string[] =>
    result.changes.flatMap(({ action, name, status }) =>
      status === 'unchanged' ? [] : [`${status} ${action} ${name}`],
    );
  const codes = ({ result }: EngineOutcome): readonly string[] => result.findings.map(({ code }) => code);
  const deploy = async (component: MetadataComponent): Promise<void> => {
    const report = await createOrgPort(connection).deploy(
      { components: [component], destroy: [], checkOnly: false },
      { waitMs: 10_000, signal: new AbortController().signal },
    );
    expect(report.failures).toEqual([]);
  };
  const idOf = async (soql: string): Promise<string> => {
    const [row] = await client.query<{ readonly Id: string }>(soql);
    return row?.Id ?? '';
  };
  const remove = async (object: string, id: string): Promise<void> => {
    expect((await client.send('DELETE', `/services/data/v66.0/sobjects/${object}/${id}`)).status).toBe(204);
  };
  const update = async (object: string, id: string, body: object): Promise<void> => {
    expect((await client.send('PATCH', `/services/data/v66.0/sobjects/${object}/${id}`, { body })).status).toBe(204);
  };

  it('When the access of the rule is lowered, Then it is put back', async () => {
    const rules = await createOrgPort(connection).readMetadata('SharingRules', ['Account']);
    const row = rules[0]?.ok === true ? (rules[0].value ?? {}) : {};
    const [own] = parseSharingRules('Account', row);
    if (own === undefined) throw new Error('the rule is missing');
    await deploy(criteriaRule({ ...own, accessLevel: 'Read' }));

    expect(changed(await apply())).toEqual(['applied update Account.Send_to_HubSpot']);
  });

  it('When the user is taken out of the group, Then it is put back', async () => {
    await remove(
      'GroupMember',
      await idOf("SELECT Id FROM GroupMember WHERE Group.DeveloperName = 'HubSpot_Integration'"),
    );

    expect(changed(await apply())).toEqual([`applied assign ${username} → HubSpot_Integration`]);
  });

  it('When somebody else is put into the group, Then that is named and undone', async () => {
    const GroupId = await idOf("SELECT Id FROM Group WHERE DeveloperName = 'HubSpot_Integration'");
    const UserOrGroupId = await idOf("SELECT Id FROM User WHERE Username = 'clara.ojeda@practice.example'");
    await createRecord(client, 'GroupMember', { GroupId, UserOrGroupId });
    const outcome = await apply();
    const members = await client.query("SELECT Id FROM GroupMember WHERE Group.DeveloperName = 'HubSpot_Integration'");

    expect(changed(outcome)).toEqual([`applied unassign ${UserOrGroupId} → HubSpot_Integration`]);
    expect(members).toHaveLength(1);
  });

  it('When a field is added to the owned permission set, Then it is taken out again', async () => {
    const ParentId = await idOf("SELECT Id FROM PermissionSet WHERE Name = 'HubSpot_Integration_Access'");
    await createRecord(client, 'FieldPermissions', {
      ParentId,
      SobjectType: 'Account',
      Field: 'Account.AnnualRevenue',
      PermissionsRead: true,
      PermissionsEdit: false,
    });
    const outcome = await apply();

    expect(changed(outcome)).toEqual(['applied update HubSpot_Integration_Access']);
    expect(
      await client.query(
        "SELECT Id FROM FieldPermissions WHERE Field = 'Account.AnnualRevenue' AND Parent.Name = 'HubSpot_Integration_Access'",
      ),
    ).toEqual([]);
  });

  it('When the owned permission set sees all records of an object, Then that is taken away again', async () => {
    const id = await idOf(
      "SELECT Id FROM ObjectPermissions WHERE Parent.Name = 'HubSpot_Integration_Access' AND SobjectType = 'Lead'",
    );
    await update('ObjectPermissions', id, { PermissionsViewAllRecords: true });
    const outcome = await apply();

    expect(changed(outcome)).toEqual(['applied update HubSpot_Integration_Access']);
  });

  it('When an organization-wide default is opened, Then it is closed again where the definition consents', async () => {
    await deploy(standardObjectSharingModel('Lead', { internal: 'ReadWrite', external: 'Private' }));

    expect(changed(await apply())).toEqual(['applied update Lead']);
  });

  it('When an organization-wide default is opened, Then it is not closed without consent', async () => {
    await deploy(standardObjectSharingModel('Lead', { internal: 'ReadWrite', external: 'Private' }));
    const error: unknown = await apply('unfiltered: []').catch((reason: unknown) => reason);

    expect(error instanceof SfError ? error.name : error).toBe('ConfirmationRequiredError');
  });

  it('When the user is deactivated, Then that is an error that says what to do', async () => {
    await update('User', await idOf(`SELECT Id FROM User WHERE Username = '${username}'`), { IsActive: false });
    const error: unknown = await apply().catch((reason: unknown) => reason);

    expect(error).toMatchObject({ name: 'UserInactiveError', actions: [expect.stringContaining('reactivate')] });
  });

  it('When a flag is unticked, Then it stays unticked and is reported', async () => {
    const id = await idOf('SELECT Id FROM Account WHERE Send_to_HubSpot__c = true LIMIT 1');
    await update('Account', id, { Send_to_HubSpot__c: false });
    const outcome = await apply();

    expect(changed(outcome)).toEqual([]);
    expect(codes(outcome)).toContain('MatchingButNotFlagged');
    expect(await client.query(`SELECT Id FROM Account WHERE Id = '${id}' AND Send_to_HubSpot__c = true`)).toEqual([]);
  });

  it('When other people add a rule of their own, Then it is kept', async () => {
    const other = flagRule({
      object: 'Account',
      name: 'Sales_Accounts',
      label: 'Sales',
      description: 'By hand',
      access: 'Read',
      accountSettings: { caseAccessLevel: 'None', contactAccessLevel: 'None', opportunityAccessLevel: 'None' },
      group: 'HubSpot_Integration',
      flagField: 'Send_to_HubSpot__c',
    });
    await deploy(criteriaRule({ ...other, sharedTo: [{ kind: 'allInternalUsers', name: '' }] }));
    const outcome = await apply();
    const rules = await createOrgPort(connection).readMetadata('SharingRules', ['Account']);
    const row = rules[0]?.ok === true ? (rules[0].value ?? {}) : {};

    expect(changed(outcome)).toEqual([]);
    expect(parseSharingRules('Account', row).map(({ name }) => name)).toContain('Sales_Accounts');
  });
});
