import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';
import { practiceUsername } from '../support/engine.ts';
import {
  assign,
  createFields,
  findingsOf,
  foreignSet,
  grant,
  grantPart,
  hidePart,
  integrationUserOn,
  newProfile,
  permissionSetGroup,
  requestsOf,
  run,
  visibleFields,
  type SetContent,
} from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';
import { sharedObject, sharePart } from '../support/sharing.ts';

const ownSet = 'HubSpot_Integration_Access';
let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;
let userId: string;

beforeEach(async () => {
  server = await startPracticeServer({ records: 4 });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
  userId = await integrationUserOn(client, newProfile, practiceUsername);
});
afterEach(async () => {
  await server.close();
});

async function seen(object: string): Promise<ReadonlySet<string>> {
  return visibleFields(client, object, await client.tokenOf(practiceUsername));
}

async function ownPermissions(): Promise<readonly string[]> {
  const rows = await client.query(
    `SELECT SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete FROM ObjectPermissions WHERE Parent.Name = '${ownSet}' ORDER BY SobjectType`,
  );
  return rows.map((row) => {
    const operations = ['Read', 'Create', 'Edit', 'Delete'].filter((name) => row[`Permissions${name}`] === true);
    return `${String(row['SobjectType'])}: ${operations.join(' ')}`;
  });
}

/** A run that is refused, and what it wrote. */
async function refused(work: () => Promise<unknown>): Promise<unknown> {
  const { requests, outcome } = await requestsOf(client, () => work().catch((error: unknown) => error));
  expect(requests.filter(({ changed }) => changed > 0)).toEqual([]);
  return outcome;
}

describe('Given an integration user without permissions', () => {
  it('When objects and fields are granted, Then it has these, with what they depend on, and no others', async () => {
    const outcome = await grant(connection, {
      objects: { account: ['edit'], Opportunity: ['delete'] },
      readFields: ['Account.*Phone', 'Account.Industry'],
      editFields: ['Account.Rating'],
    });
    const visible = await seen('Account');
    expect({
      exitCode: outcome.exitCode,
      objects: await ownPermissions(),
      fields: ['Phone', 'Industry', 'Rating', 'Fax'].filter((name) => visible.has(`Account.${name}`)),
    }).toEqual({
      exitCode: 0,
      objects: ['Account: Read Edit', 'Opportunity: Read Edit Delete'],
      fields: ['Phone', 'Industry', 'Rating'],
    });
  });

  it('When the same is granted again, Then nothing is written', async () => {
    const part = {
      objects: { account: ['edit'] },
      readFields: ['Account.*'],
      systemPermissions: ['ViewSetup'],
    } as const;
    await grant(connection, part);
    const { requests, outcome } = await requestsOf(client, () => grant(connection, part));
    expect({
      written: requests.filter(({ changed }) => changed > 0),
      statuses: new Set(outcome.result.changes.map(({ status }) => status)),
    }).toEqual({ written: [], statuses: new Set(['unchanged']) });
  });

  it('When the set is written, Then it has no licence, and it is assigned last', async () => {
    const { requests } = await requestsOf(client, () => grant(connection, { objects: { Account: ['read'] } }));
    const [set] = await client.query(`SELECT LicenseId FROM PermissionSet WHERE Name = '${ownSet}'`);
    const writes = requests.filter(({ changed }) => changed > 0).map(({ path }) => path.replace(/.*\//, ''));
    expect({ licence: set?.['LicenseId'], last: writes.at(-1) }).toEqual({
      licence: null,
      last: 'PermissionSetAssignment',
    });
  });

  it('When a detail is granted, Then its master comes along and is named', async () => {
    const body = (name: string, field: string): string =>
      `<deploymentStatus>Deployed</deploymentStatus>${field}<label>${name}</label><nameField><label>Name</label><type>Text</type></nameField><pluralLabel>${name}s</pluralLabel>`;
    const master =
      '<fields><fullName>Invoice__c</fullName><label>Invoice</label><referenceTo>Invoice__c</referenceTo><relationshipName>Lines</relationshipName><type>MasterDetail</type></fields>';
    await deploy(client, {
      'package.xml': manifestOf({ CustomObject: ['Invoice__c', 'Line__c'] }),
      'objects/Invoice__c.object': metadataDocument(
        'CustomObject',
        `${body('Invoice', '')}<sharingModel>ReadWrite</sharingModel>`,
      ),
      'objects/Line__c.object': metadataDocument(
        'CustomObject',
        `${body('Line', master)}<sharingModel>ControlledByParent</sharingModel>`,
      ),
    });
    const outcome = await grant(connection, { objects: { Line__c: ['read'] } });
    expect({ objects: await ownPermissions(), findings: findingsOf(outcome) }).toEqual({
      objects: ['Invoice__c: Read', 'Line__c: Read'],
      findings: expect.arrayContaining(['info DependenciesAdded Invoice__c: read']) as string[],
    });
  });

  it('When a field is added to the org later, Then a pattern that matches it reports it and does not grant it', async () => {
    const part = { objects: { Account: ['read'] }, readFields: ['Account.*'] } as const;
    await grant(connection, part);
    await createFields(client, 'Account', { Later__c: '<label>Later</label><length>20</length><type>Text</type>' });
    const outcome = await grant(connection, part);
    expect({
      findings: findingsOf(outcome).filter((finding) => finding.includes('NewField')),
      visible: (await seen('Account')).has('Account.Later__c'),
    }).toEqual({ findings: ['info NewFieldNotGranted Account.Later__c'], visible: false });
  });

  it('When somebody widened the owned set, Then that is announced and taken out', async () => {
    const part = { objects: { Account: ['read'] } } as const;
    await grant(connection, part);
    const [set] = await client.query(`SELECT Id FROM PermissionSet WHERE Name = '${ownSet}'`);
    await createRecord(client, 'ObjectPermissions', {
      ParentId: set?.['Id'],
      SobjectType: 'Lead',
      PermissionsRead: true,
    });
    const outcome = await grant(connection, part);
    expect({ findings: findingsOf(outcome), objects: await ownPermissions() }).toEqual({
      findings: expect.arrayContaining([`warning AccessSetWidened ${ownSet}`]) as string[],
      objects: ['Account: Read'],
    });
  });

  it('When fields of an object that is not granted are granted, Then the user is told that they show nothing', async () => {
    const outcome = await grant(connection, { readFields: ['Account.Rating'] });
    expect(findingsOf(outcome)).toEqual(['warning FieldsWithoutObject Account']);
  });

  it.each([
    ['a pattern that matches nothing', { readFields: ['Account.Zzz*'] }, 'PatternMatchesNothingError', 'Zzz'],
    ['an unknown field', { editFields: ['Account.Ratng'] }, 'UnknownFieldError', 'Account.Rating'],
    ['an unknown object', { objects: { Acount: ['read'] } }, 'UnknownObjectError', 'Account'],
    ['an unknown permission set', { permissionSets: ['Existing_St'] }, 'UnknownPermissionSetError', 'Existing_Set'],
    ['what the licence does not allow', { systemPermissions: ['EditTask'] }, 'NotInLicenceError', 'EditTask'],
  ] as const)(
    'When %s is asked for, Then nothing is written and the error says what was meant',
    async (_, part, name, meant) => {
      await foreignSet(client, 'Existing_Set');
      expect(await refused(() => grant(connection, part))).toMatchObject({
        name,
        message: expect.stringContaining(meant) as string,
        actions: [expect.any(String)],
      });
    },
  );

  it('When a set of that name belongs to somebody else, Then it is not touched', async () => {
    await foreignSet(client, ownSet, { objects: { Account: {} } });
    expect(await refused(() => grant(connection, { objects: { Lead: ['read'] } }))).toMatchObject({
      name: 'AccessSetNotOwnedError',
    });
  });
});

describe('Given something that gives the user a permission that voids the filter', () => {
  const bypasses: ReadonlyArray<readonly [string, SetContent]> = [
    ['ViewAllData', { columns: { PermissionsViewAllData: true } }],
    ['ModifyAllData', { columns: { PermissionsModifyAllData: true } }],
    ['ViewAllUsers', { columns: { PermissionsViewAllUsers: true } }],
    ['ViewAllFieldsGlobal', { columns: { PermissionsViewAllFieldsGlobal: true } }],
    ['View All Records on Account', { objects: { Account: { ViewAllRecords: true } } }],
    [
      'Modify All Records on Account',
      { objects: { Account: { Edit: true, Delete: true, ViewAllRecords: true, ModifyAllRecords: true } } },
    ],
    ['View All Fields on Account', { objects: { Account: { ViewAllFields: true } } }],
  ];

  it.each(bypasses)(
    'When a set that is to be assigned gives %s, Then it is refused by name',
    async (permission, content) => {
      await foreignSet(client, 'Too_Much', withRequirements(content));
      const part = grantPart({ permissionSets: ['Too_Much'], allowUnfiltered: false });
      const share = sharePart([sharedObject('Account')]);
      expect(await refused(() => run(connection, { grant: part, share }, consented))).toMatchObject({
        name: 'GrantVoidsFilterError',
        message: expect.stringContaining(permission) as string,
        actions: expect.arrayContaining([expect.stringContaining('Too_Much')]) as string[],
      });
    },
  );

  it.each(['set', 'group'] as const)(
    'When a %s that the user has already gives View All, Then it is refused and the rule that it voids is named',
    async (kind) => {
      const set = await foreignSet(client, 'Too_Much', { objects: { Account: { ViewAllRecords: true } } });
      if (kind === 'set') await assign(client, userId, set);
      else {
        await createRecord(client, 'PermissionSetAssignment', {
          AssigneeId: userId,
          PermissionSetGroupId: await permissionSetGroup(client, 'Too_Many', 'Too_Much'),
        });
      }
      const part = grantPart({ objects: { Account: ['read'] }, allowUnfiltered: false });
      const share = sharePart([sharedObject('Account')]);
      expect(await refused(() => run(connection, { grant: part, share }, consented))).toMatchObject({
        name: 'GrantVoidsFilterError',
        message: expect.stringMatching(/Too M.*Account\.Send_to_HubSpot/) as string,
      });
    },
  );

  it('When the profile gives View All, Then the profile is named', async () => {
    const permissions =
      '<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Account</object><viewAllRecords>true</viewAllRecords></objectPermissions>';
    await deploy(client, {
      'package.xml': manifestOf({ Profile: ['Broad Integrations'] }),
      'profiles/Broad Integrations.profile': metadataDocument(
        'Profile',
        `<custom>true</custom>${permissions}<userLicense>Salesforce Integration</userLicense>`,
      ),
    });
    await integrationUserOn(client, 'Broad Integrations', 'broad@acme.example');
    const part = grantPart({ objects: { Account: ['read'] }, allowUnfiltered: false });
    expect(await refused(() => run(connection, { username: 'broad@acme.example', grant: part }))).toMatchObject({
      name: 'GrantVoidsFilterError',
      message: expect.stringContaining('Broad Integrations gives View All Records on Account') as string,
    });
  });

  it('When View All Fields comes beside hidden fields, Then the hidden fields that it voids are named', async () => {
    await foreignSet(client, 'Too_Much', { objects: { Account: { ViewAllFields: true } } });
    const part = grantPart({ permissionSets: ['Too_Much'], allowUnfiltered: false });
    const hide = hidePart({ fields: ['Account.Fax'] });
    expect(await refused(() => run(connection, { grant: part, hide }))).toMatchObject({
      name: 'GrantVoidsFilterError',
      message: expect.stringContaining('Account.Fax') as string,
    });
  });

  it.each([
    'ManageInternalUsers',
    'AssignPermissionSets',
    'ManageProfilesPermissionsets',
    'ManageSharing',
    'CustomizeApplication',
    'ModifyMetadata',
    'AuthorApex',
    'QueryAllFiles',
  ])('When %s is granted, Then it is warned that the filter can be lifted', async (permission) => {
    const outcome = await grant(connection, { systemPermissions: [permission] }, { dryRun: true });
    const warnings = outcome.result.findings.filter(({ code }) => code === 'GrantCanLiftFilter');
    expect(warnings.map(({ message }) => message).join(' ')).toContain(permission);
  });

  const consented = { allowedImpacts: new Set(['owd', 'profile'] as const), waitMs: 20_000 };
});

describe('Given objects that nothing filters', () => {
  it('When one is granted, Then it is refused without consent', async () => {
    const part = { objects: { Account: ['read'] }, allowUnfiltered: false } as const;
    expect(await refused(() => grant(connection, part))).toMatchObject({
      name: 'UnfilteredError',
      message: expect.stringContaining('Account') as string,
      data: { changes: [{ status: 'planned' }, { status: 'planned' }] },
    });
  });

  it('When a foreign set reads one, Then that set is named', async () => {
    await assign(client, userId, await foreignSet(client, 'Lead_Reader', { objects: { Lead: {} } }));
    const part = { permissionSets: ['Lead_Reader'], allowUnfiltered: false } as const;
    expect(await refused(() => grant(connection, part))).toMatchObject({
      name: 'UnfilteredError',
      message: expect.stringContaining('Lead Reader') as string,
    });
  });

  it('When the definition lists it as unfiltered, Then it is granted', async () => {
    const outcome = await run(
      connection,
      {
        grant: grantPart({ objects: { Account: ['read'], Lead: ['read'] }, allowUnfiltered: false }),
        share: sharePart([sharedObject('Account')], { unfiltered: ['Lead'] }),
      },
      { allowedImpacts: new Set(['owd']), waitMs: 20_000 },
    );
    expect([outcome.exitCode, await ownPermissions()]).toEqual([0, ['Account: Read', 'Lead: Read']]);
  });
});

/** Setup ticks together what a permission needs; rows made over the API must bring it. */
function withRequirements({ columns = {}, ...content }: SetContent): SetContent {
  const needs =
    columns['PermissionsModifyAllData'] === true
      ? modifyAllData
      : columns['PermissionsViewAllData'] === true
        ? viewAllData
        : [];
  return {
    ...content,
    columns: { ...columns, ...Object.fromEntries(needs.map((name) => [`Permissions${name}`, true])) },
  };
}

const viewAllData =
  'ViewSetup ViewRoles ViewEventLogFiles ViewPublicDashboards ViewPublicReports ViewPlatformEvents ViewDataLeakageEvents'.split(
    ' ',
  );
const modifyAllData = [
  ...viewAllData,
  ...'ViewAllData EditPublicFilters EditPublicTemplates RunReports TransferAnyEntity ImportLeads TransferAnyLead EditPublicDocuments ManageCategories ConvertLeads UseTeamReassignWizards SolutionImport ManageNetworks ManageDashbdsInPubFolders ManageReportsInPubFolders ConnectOrgToEnvironmentHub DeleteTopics EditTopics CreateTopics AssignTopics ModifyMetadata EditTask EditEvent'.split(
    ' ',
  ),
];
