import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DxProject } from '../support/dx-project.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { StockCli, type JsonAnswer } from '../support/stock-cli.ts';

type Deployed = {
  readonly files: readonly {
    readonly fullName: string;
    readonly type: string;
    readonly state: string;
    readonly error?: string;
  }[];
};

const installMs = 600_000;
const commandsMs = 120_000;
const overRest = { SF_ORG_METADATA_REST_DEPLOY: 'true' };

const field = `
  <fullName>Send_to_HubSpot__c</fullName>
  <defaultValue>false</defaultValue>
  <label>Send to HubSpot</label>
  <type>Checkbox</type>`;
const group = '<doesIncludeBosses>false</doesIncludeBosses><name>HubSpot</name>';
const permissionSet = `
  <fieldPermissions>
    <editable>false</editable>
    <field>Account.Send_to_HubSpot__c</field>
    <readable>true</readable>
  </fieldPermissions>
  <hasActivationRequired>false</hasActivationRequired>
  <label>HubSpot</label>
  <objectPermissions>
    <allowCreate>false</allowCreate>
    <allowDelete>false</allowDelete>
    <allowEdit>false</allowEdit>
    <allowRead>true</allowRead>
    <modifyAllRecords>false</modifyAllRecords>
    <object>Account</object>
    <viewAllRecords>false</viewAllRecords>
  </objectPermissions>`;
const allPrivate = '<externalSharingModel>Private</externalSharingModel><sharingModel>Private</sharingModel>';

function rule(name: string): string {
  return `<sharingCriteriaRules>
    <fullName>${name}</fullName>
    <accessLevel>Read</accessLevel>
    <accountSettings>
      <caseAccessLevel>None</caseAccessLevel>
      <contactAccessLevel>None</contactAccessLevel>
      <opportunityAccessLevel>None</opportunityAccessLevel>
    </accountSettings>
    <label>${name}</label>
    <sharedTo><group>HubSpot</group></sharedTo>
    <criteriaItems><field>Send_to_HubSpot__c</field><operation>equals</operation><value>True</value></criteriaItems>
    <includeRecordsOwnedByAll>true</includeRecordsOwnedByAll>
  </sharingCriteriaRules>`;
}

describe('Given the stock CLI with a DX project and a practice org', { timeout: commandsMs }, () => {
  const client = usePracticeServer({ records: 20 });
  let cli: StockCli;
  let project: DxProject;

  beforeAll(async () => {
    cli = await StockCli.create();
    await cli.login(client.server, 'practice');
  }, installMs);
  afterAll(() => cli.dispose());

  beforeEach(async () => {
    await client.post('/__practice__/reset', {});
    project = await DxProject.create();
    await project.write('objects/Account/fields/Send_to_HubSpot__c.field-meta.xml', 'CustomField', field);
    await project.write('groups/HubSpot.group-meta.xml', 'Group', group);
    await project.write('permissionsets/HubSpot.permissionset-meta.xml', 'PermissionSet', permissionSet);
    return () => project.dispose();
  });

  function sf<Result = Deployed>(
    command: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<JsonAnswer<Result>> {
    const argv = [...command.split(' '), '--target-org', 'practice'];
    return cli.json<Result>(argv, { cwd: project.folder, environment });
  }

  function states({ result }: JsonAnswer<Deployed>): Readonly<Record<string, string>> {
    return Object.fromEntries(result.files.map((file) => [`${file.type} ${file.fullName}`, file.state]));
  }

  async function withPrivateAccounts(): Promise<void> {
    await project.write('objects/Account/Account.object-meta.xml', 'CustomObject', allPrivate);
    for (const name of ['Opportunity', 'Case', 'Contact']) {
      await project.write(`objects/${name}/${name}.object-meta.xml`, 'CustomObject', allPrivate);
    }
    await sf('project deploy start');
  }

  const created = {
    'CustomField Account.Send_to_HubSpot__c': 'Created',
    'Group HubSpot': 'Created',
    'PermissionSet HubSpot': 'Created',
  };

  it.each([
    ['SOAP', {}],
    ['REST', overRest],
  ])('when it deploys over %s, then the components are created', async (_api, environment) => {
    expect(states(await sf('project deploy start', environment))).toEqual(created);
  });

  it.each([
    ['SOAP', {}],
    ['REST', overRest],
  ])('when it validates over %s, then nothing is there afterwards', async (_api, environment) => {
    const answer = await sf('project deploy start --dry-run', environment);
    expect([answer.status, await client.query("SELECT Id FROM Group WHERE DeveloperName = 'HubSpot'")]).toEqual([
      0,
      [],
    ]);
  });

  it('when it deploys again, then everything is unchanged', async () => {
    await sf('project deploy start');
    expect(new Set(Object.values(states(await sf('project deploy start'))))).toEqual(new Set(['Unchanged']));
  });

  it('when it deploys, then the change count stands on the request that started it', async () => {
    await client.send('DELETE', '/__practice__/requests');
    await sf('project deploy start');
    const { body } =
      await client.get<readonly { readonly action: string | null; readonly changed: number }[]>(
        '/__practice__/requests',
      );
    const changes = body.filter((request) => request.changed > 0).map(({ action, changed }) => [action, changed]);
    expect(changes).toEqual([['deploy', 3]]);
  });

  it('when a component is refused, then the problem is shown and nothing is deployed', async () => {
    await project.write(
      'permissionsets/HubSpot.permissionset-meta.xml',
      'PermissionSet',
      permissionSet.replace('Account.Send_to_HubSpot__c', 'Account.Missing__c'),
    );
    const answer = await sf('project deploy start');
    const errors = answer.result.files.map((file) => file.error).filter((error) => error !== undefined);
    expect([answer.status, errors, await client.query("SELECT Id FROM Group WHERE DeveloperName = 'HubSpot'")]).toEqual(
      [1, [expect.stringContaining('no CustomField named Account.Missing__c found')], []],
    );
  });

  it('when it retrieves what it deployed, then the files say the same', async () => {
    await sf('project deploy start');
    await project.remove('permissionsets');
    await sf('project retrieve start --metadata PermissionSet:HubSpot');
    expect(await project.read('permissionsets/HubSpot.permissionset-meta.xml')).toContain(
      '<field>Account.Send_to_HubSpot__c</field>',
    );
  });

  it('when it deploys a sharing rule on private accounts, then rule and file are there', async () => {
    await withPrivateAccounts();
    await project.write('sharingRules/Account.sharingRules-meta.xml', 'SharingRules', rule('Send_to_HubSpot'));
    const deployed = await sf('project deploy start --metadata SharingRules:Account');
    await project.remove('sharingRules');
    await sf('project retrieve start --metadata SharingRules:Account');
    expect([deployed.status, await project.read('sharingRules/Account.sharingRules-meta.xml')]).toEqual([
      0,
      expect.stringContaining('<fullName>Send_to_HubSpot</fullName>'),
    ]);
  });

  it('when one of two rules is deleted, then the other one stays', async () => {
    await withPrivateAccounts();
    await project.write('sharingRules/Account.sharingRules-meta.xml', 'SharingRules', rule('First') + rule('Second'));
    await sf('project deploy start --metadata SharingRules:Account');
    await sf('project delete source --metadata SharingCriteriaRule:Account.First --no-prompt');
    const { result } = await sf<readonly { readonly fullName: string }[]>(
      'org list metadata --metadata-type SharingCriteriaRule',
    );
    expect(result.map((component) => component.fullName)).toEqual(['Account.Second']);
  });

  it('when metadata types are listed, then those of the plugin are among them', async () => {
    const { result } = await sf<{ readonly metadataObjects: readonly { readonly xmlName: string }[] }>(
      'org list metadata-types',
    );
    expect(result.metadataObjects.map((type) => type.xmlName)).toEqual(
      expect.arrayContaining(['CustomObject', 'Group', 'PermissionSet', 'Profile', 'SharingRules']),
    );
  });
});
