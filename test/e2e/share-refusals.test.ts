import type { Connection } from '@salesforce/core';
import { SfError } from '@salesforce/core/sfError';
import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { SharedObject, SharePart } from '../../src/definition/definition.js';
import { deploy, manifestOf, metadataDocument } from '../support/deployment.ts';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';
import { flagField, readingIntegrationUser, shareByFlag, sharedObject, sharePart } from '../support/sharing.ts';

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;

async function given(settings: SettingsOverrides = {}): Promise<void> {
  server = await startPracticeServer({ records: 8, ...settings });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
  await readingIntegrationUser(client, ['Account', 'Contact', 'Lead']);
}

afterEach(async () => {
  await server.close();
});

const shareOf = (object: string | SharedObject, overrides: Partial<SharePart> = {}): SharePart =>
  sharePart([typeof object === 'string' ? sharedObject(object) : object], overrides);

type Refusal = { readonly name: string; readonly hasActions: boolean; readonly written: number };

async function refusalOf(share: SharePart, options: Parameters<typeof shareByFlag>[2] = {}): Promise<Refusal> {
  await client.send('DELETE', '/__practice__/requests');
  const error = await shareByFlag(connection, share, options).catch((thrown: unknown) => thrown);
  const { body } = await client.get<ReadonlyArray<{ readonly changed: number }>>('/__practice__/requests');
  const written = body.reduce((sum, { changed }) => sum + changed, 0);
  if (!(error instanceof SfError)) throw new Error(`not refused: ${JSON.stringify(error)}`);
  return { name: error.name, hasActions: (error.actions ?? []).length > 0, written };
}

const refused = (name: string): Refusal => ({ name, hasActions: true, written: 0 });

async function deployField(object: string, content: string): Promise<void> {
  await deploy(client, {
    'package.xml': manifestOf({ CustomField: [`${object}.${flagField}`] }),
    [`objects/${object}.object`]: metadataDocument(
      'CustomObject',
      `<fields><fullName>${flagField}</fullName>${content}</fields>`,
    ),
  });
}

/** The default of an object, inside and outside. */
async function deployDefault(object: string, internal: string, external = 'Private'): Promise<void> {
  const model = `<externalSharingModel>${external}</externalSharingModel><sharingModel>${internal}</sharingModel>`;
  await deploy(client, {
    'package.xml': manifestOf({ CustomObject: [object] }),
    [`objects/${object}.object`]: metadataDocument('CustomObject', model),
  });
}

function leadRule(name: string, sharedTo: string): string {
  return (
    `<sharingCriteriaRules><fullName>${name}</fullName><accessLevel>Read</accessLevel><label>${name}</label>` +
    `<sharedTo>${sharedTo}</sharedTo><criteriaItems><field>LastName</field><operation>equals</operation>` +
    '<value>Doe</value></criteriaItems><includeRecordsOwnedByAll>true</includeRecordsOwnedByAll></sharingCriteriaRules>'
  );
}

async function deployLeadRules(names: readonly string[]): Promise<void> {
  await deployDefault('Lead', 'Private');
  const rules = names.map((name) => leadRule(name, '<role>CEO</role>')).join('');
  await deploy(client, {
    'package.xml': manifestOf({ SharingCriteriaRule: names.map((name) => `Lead.${name}`), SharingRules: ['Lead'] }),
    'sharingRules/Lead.sharingRules': metadataDocument('SharingRules', rules),
  });
}

describe('Given a field of the flag’s name', () => {
  it('When it is a formula, Then sharing is refused and a stored checkbox is advised', async () => {
    await given();
    await deployField('Lead', '<formula>true</formula><label>Send</label><type>Checkbox</type>');
    expect(await refusalOf(shareOf('Lead'))).toEqual(refused('FlagIsFormulaError'));
  });

  it('When it has another type, Then sharing is refused', async () => {
    await given();
    await deployField('Lead', '<label>Send</label><length>20</length><type>Text</type>');
    expect(await refusalOf(shareOf('Lead'))).toEqual(refused('FlagHasOtherTypeError'));
  });
});

describe('Given an object that cannot be filtered by a flag', () => {
  it.each([
    ['Task', 'ActivityFollowsParentError'],
    ['Event', 'ActivityFollowsParentError'],
    ['Product2', 'NoCriteriaRulesError'],
    ['Nonsense__c', 'ObjectNotFoundError'],
    ['lead', 'ObjectSpellingError'],
    ['Asset', 'FollowsParentError'],
  ])('When %s is shared, Then it is refused as %s', async (object, name) => {
    await given();
    expect(await refusalOf(shareOf(object))).toEqual(refused(name));
  });

  it('When the edition is Professional and the object has no criteria rules there, Then it is refused', async () => {
    server = await startPracticeServer({ records: 8, quirks: { edition: 'professional' } });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    // This edition has no integration licence: an ordinary user stands for it.
    await createStandardUser(practiceUsername);
    expect(await refusalOf(shareOf('Lead'))).toEqual(refused('NotInProfessionalEditionError'));
  });

  it('When person accounts are on and Contact alone gets a flag, Then it is refused', async () => {
    await given({ quirks: { 'person-accounts': 'on' } });
    expect(await refusalOf(shareOf('Contact'))).toEqual(refused('PersonAccountsNeedAccountError'));
  });

  it('When contacts follow their account and no access to them is asked for, Then it is refused', async () => {
    await given();
    const account = sharedObject('Account', { related: { Contact: 'none' } });
    expect(await refusalOf(shareOf(account))).toEqual(refused('ContactFollowsAccountError'));
  });
});

describe('Given nobody who agrees to new defaults', () => {
  it('When an object is shared, Then it is refused and nothing is half done', async () => {
    await given();
    expect(await refusalOf(shareOf('Lead'), { allowedImpacts: new Set() })).toEqual(
      refused('ConfirmationRequiredError'),
    );
  });

  it('When the definition manages the defaults, Then it is done', async () => {
    await given();
    const share = shareOf('Lead', { manageOrganizationWideDefaults: true });
    expect((await shareByFlag(connection, share, { allowedImpacts: new Set() })).exitCode).toBe(0);
  });
});

describe('Given rules of other people', () => {
  it('When an object has 50 criteria-based rules, Then sharing it is refused', async () => {
    await given();
    await deployLeadRules(Array.from({ length: 50 }, (_, index) => `Rule_${index + 1}`));
    expect(await refusalOf(shareOf('Lead'))).toEqual(refused('TooManyCriteriaRulesError'));
  });

  it('When a rule of the plugin’s name is not the plugin’s, Then it is left alone and sharing is refused', async () => {
    await given();
    await deployLeadRules(['Send_to_HubSpot']);
    expect(await refusalOf(shareOf('Lead'))).toEqual(refused('RuleNotOwnedError'));
  });
});

describe('Given things of other people under the names of the plugin', () => {
  it('When a public group has the name, Then sharing is refused', async () => {
    await given();
    await createRecord(client, 'Group', { DeveloperName: 'HubSpot_Integration', Name: 'Marketing', Type: 'Regular' });
    expect(await refusalOf(shareOf('Lead'))).toEqual(refused('GroupNotOwnedError'));
  });

  it('When a permission set has the name, Then sharing is refused', async () => {
    await given();
    await createRecord(client, 'PermissionSet', { Name: 'HubSpot_Flag_Editor', Label: 'Mine' });
    expect(await refusalOf(shareOf('Lead'))).toEqual(refused('PermissionSetNotOwnedError'));
  });
});

describe('Given wrong names', () => {
  it.each<readonly [string, string, Partial<SharePart>]>([
    ['a flag editor that doesn’t exist', 'FlagEditorNotFoundError', { flagEditors: ['nobody@acme.example'] }],
    ['the integration user as flag editor', 'IntegrationUserEditsFlagError', { flagEditors: [practiceUsername] }],
    ['a layout that doesn’t exist', 'LayoutNotFoundError', { addToLayouts: ['Lead-Nonsense'] }],
    ['a layout of an object that isn’t shared', 'LayoutOfOtherObjectError', { addToLayouts: ['Case-Case Layout'] }],
  ])('When %s is given, Then it is refused', async (_title, name, overrides) => {
    await given();
    expect(await refusalOf(shareOf('Lead', overrides))).toEqual(refused(name));
  });

  it('When Salesforce doesn’t accept the first condition, Then it is refused', async () => {
    await given();
    const lead = sharedObject('Lead', { flagInitially: 'Nonsense = 1' });
    expect(await refusalOf(shareOf(lead))).toEqual(refused('ConditionRefusedError'));
  });

  it.each(["Rating = 'Hot') OR (Id != null", "Rating = 'Hot' LIMIT 1", "Rating = 'Hot"])(
    'When the first condition is more, or less, than one condition (%s), Then it is refused',
    async (flagInitially) => {
      await given();
      expect(await refusalOf(shareOf(sharedObject('Lead', { flagInitially })))).toEqual(
        refused('NotOneConditionError'),
      );
    },
  );

  it('When the integration user doesn’t exist, Then it is refused', async () => {
    server = await startPracticeServer({ records: 0 });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    expect(await refusalOf(shareOf('Lead'))).toEqual(refused('UserNotFoundError'));
  });
});

async function createStandardUser(username: string): Promise<string> {
  const [profile] = await client.query("SELECT Id FROM Profile WHERE Name = 'Standard User'");
  return createRecord(client, 'User', {
    ...{ Username: username, LastName: 'Delegate', Email: 'delegate@acme.example', Alias: 'deleg' },
    ...{ TimeZoneSidKey: 'Europe/Berlin', LocaleSidKey: 'en_US', EmailEncodingKey: 'UTF-8' },
    ...{ LanguageLocaleKey: 'en_US', ProfileId: profile?.['Id'] },
  });
}

/** A user on the full licence, with a permission set of the given system permissions. */
async function connectAs(permissions: readonly string[]): Promise<Connection> {
  const userId = await createStandardUser('delegate@acme.example');
  const columns = permissions.map((permission) => [`Permissions${permission}`, true] as const);
  const PermissionSetId = await createRecord(client, 'PermissionSet', {
    Name: 'Delegated',
    Label: 'Delegated',
    ...Object.fromEntries(columns),
  });
  await createRecord(client, 'PermissionSetAssignment', { AssigneeId: userId, PermissionSetId });
  return connectTo({ url: server.url, accessToken: await client.tokenOf('delegate@acme.example') });
}

describe('Given a running user who lacks permissions', () => {
  it.each([
    ['Modify Metadata', ['ViewSetup']],
    [
      'Manage Sharing',
      ['ViewSetup', 'ModifyMetadata', 'CustomizeApplication', 'ManageCustomPermissions', 'AssignPermissionSets'],
    ],
    [
      'Assign Permission Sets',
      ['ViewSetup', 'ModifyMetadata', 'CustomizeApplication', 'ManageCustomPermissions', 'ManageSharing'],
    ],
    ['Customize Application', ['ViewSetup', 'ModifyMetadata', 'ManageSharing', 'AssignPermissionSets']],
  ])('When %s is missing, Then it is refused by name', async (_title, permissions) => {
    await given();
    connection = await connectAs(permissions);
    expect(await refusalOf(shareOf('Lead'))).toEqual(refused('MissingPermissionError'));
  });
});
