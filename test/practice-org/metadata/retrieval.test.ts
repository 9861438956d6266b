import { beforeEach, describe, expect, it } from 'vitest';
import { describeWithReference } from '../../support/reference-data.ts';
import { assertValidMetadata } from '../../support/metadata-schema.ts';
import { document, manifest, MetadataOrg } from './metadata-org.ts';

let metadata: MetadataOrg;

const set = document(
  'PermissionSet',
  `<objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead>
   <modifyAllRecords>false</modifyAllRecords><object>Account</object><viewAllRecords>false</viewAllRecords></objectPermissions>
   <label>Access</label><fieldPermissions><editable>true</editable><field>Account.Rating</field></fieldPermissions>
   <license>SalesforceAPIIntegrationPsl</license>`,
);
const path = 'permissionsets/Access.permissionset';

async function deployed(retrieve: 'normalised' | 'verbatim'): Promise<string> {
  metadata = new MetadataOrg({ quirks: { retrieve } });
  await metadata.prepare({ PermissionSet: ['Access'] }, { [path]: set });
  return (await metadata.retrieve({ PermissionSet: ['Access'] })).get(path) ?? '';
}

function topElements(xml: string): readonly string[] {
  return [...xml.matchAll(/^ {4}<(\w+)/gm)].map(([, name]) => name ?? '');
}

describe('Given a permission set deployed in an order of its own', () => {
  it('When the org rewrites, Then order, defaults and implied rights are the platform’s', async () => {
    const written = await deployed('normalised');

    expect(topElements(written)).toEqual([
      'fieldPermissions',
      'hasActivationRequired',
      'label',
      'license',
      'objectPermissions',
    ]);
    expect(written).toContain('<readable>true</readable>');
    expect(written).toContain('<viewAllFields>false</viewAllFields>');
    expect(written).toContain('<license>Salesforce API Integration</license>');
  });

  it('When the org returns word for word, Then it says what was deployed and no more', async () => {
    const written = await deployed('verbatim');

    expect(written).not.toContain('<readable>');
    expect(topElements(written)).toEqual(['objectPermissions', 'label', 'fieldPermissions', 'license']);
    expect(written).toContain('<license>SalesforceAPIIntegrationPsl</license>');
  });

  it('When a row is changed afterwards in an org that returns word for word, Then the change shows', async () => {
    await deployed('verbatim');
    const parent = metadata.row('PermissionSet', { Name: 'Access' })['Id'] ?? null;
    const row = metadata.row('FieldPermissions', { ParentId: parent });
    metadata.org.dml.delete(metadata.admin, 'FieldPermissions', String(row['Id']));

    expect((await metadata.retrieve({ PermissionSet: ['Access'] })).get(path)).not.toContain('Account.Rating');
  });

  it('When it is retrieved by an older version, Then elements that are newer are left out', async () => {
    await deployed('normalised');

    expect((await metadata.retrieve({ PermissionSet: ['Access'] }, 62)).get(path)).not.toContain('viewAllFields');
  });
});

describe('Given a request for what is not there', () => {
  beforeEach(() => {
    metadata = new MetadataOrg();
  });

  it('When it is retrieved, Then the retrieval succeeds with a message (plugin-deploy-retrieve)', async () => {
    const result = await metadata.retrieveResult({ SharingRules: ['Account'], Flow: ['*'] });

    expect(result).toMatchObject({ success: true, status: 'Succeeded' });
    expect(result.messages.map(({ problem }) => problem)).toEqual([
      "Entity of type 'SharingRules' named 'Account' cannot be found",
      "Entity type 'Flow' is not implemented by the practice org",
    ]);
  });

  it('When it is read by itself, Then it is null', () => {
    expect(metadata.service.read(metadata.admin, 'CustomObject', ['Nothing__c'])).toEqual([null]);
  });
});

describe('Given the children of an object', () => {
  const fields = ['One__c', 'Two__c'].map(
    (name) =>
      `<fields><fullName>${name}</fullName><defaultValue>false</defaultValue><label>${name}</label><type>Checkbox</type></fields>`,
  );

  beforeEach(async () => {
    metadata = new MetadataOrg();
    const file = { 'objects/Account.object': document('CustomObject', fields.join('')) };
    await metadata.prepare({ CustomField: ['Account.One__c', 'Account.Two__c'] }, file);
  });

  it('When one field is named, Then the object’s file holds only that field', async () => {
    const file = (await metadata.retrieve({ CustomField: ['Account.One__c'] })).get('objects/Account.object');

    expect(file).toContain('One__c');
    expect(file).not.toMatch(/Two__c|sharingModel/);
  });

  it('When the object is named, Then it comes with all its custom fields', async () => {
    const file = (await metadata.retrieve({ CustomObject: ['Account'] })).get('objects/Account.object');

    expect(file).toMatch(/One__c[^]*Two__c[^]*<sharingModel>ReadWrite<\/sharingModel>/);
  });

  it('When everything of its type is named, Then standard objects are left out (Metadata API, CustomObject)', async () => {
    expect([...(await metadata.retrieve({ CustomObject: ['*'] })).keys()]).toEqual(['package.xml']);
  });

  it('When its default is controlled by a parent, Then the declared value is written and not the effective one', async () => {
    const file = (await metadata.retrieve({ CustomObject: ['Contact'] })).get('objects/Contact.object');

    expect(file).toContain('<sharingModel>ControlledByParent</sharingModel>');
  });

  it('When fields are listed, Then each has its file and its history', () => {
    const listed = metadata.service.list(metadata.admin, [{ type: 'CustomField' }]);

    expect(listed.find(({ fullName }) => fullName === 'Account.One__c')).toMatchObject({
      fileName: 'objects/Account.object',
      createdById: metadata.admin.userId,
      type: 'CustomField',
    });
  });
});

describe('Given the sharing settings of an org', () => {
  it.each([
    ['on', true],
    ['off', false],
  ] as const)('When external defaults are %s, Then the settings say so', (quirk, isOn) => {
    metadata = new MetadataOrg({ quirks: { 'external-sharing': quirk } });

    const [read] = metadata.service.read(metadata.admin, 'SharingSettings', ['Sharing']);

    expect(read?.document).toMatchObject({ enableExternalSharingModel: isOn });
  });
});

describeWithReference('Given page layouts and the schema of the Metadata API', () => {
  it('When one is retrieved, Then it is valid', async () => {
    metadata = new MetadataOrg();

    const files = await metadata.retrieve({ Layout: ['Account-Account Layout'] });

    expect(() => assertValidMetadata(files.get('layouts/Account-Account Layout.layout') ?? '')).not.toThrow();
  });
});

describe('Given a manifest', () => {
  it('When a retrieval writes it back, Then it names what was asked for', async () => {
    metadata = new MetadataOrg();

    const written = (await metadata.retrieve({ Profile: ['Admin'] })).get('package.xml') ?? '';

    expect(written.replace(/\s+/g, '')).toBe(manifest({ Profile: ['Admin'] }).replace(/\s+/g, ''));
  });
});
