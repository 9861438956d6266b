import { beforeEach, describe, expect, it } from 'vitest';
import { document, messageOf, MetadataOrg, problems } from './metadata-org.ts';

let metadata: MetadataOrg;

beforeEach(() => {
  metadata = new MetadataOrg();
});

function deployField(content: string, name = 'Flag__c', object = 'Account') {
  const file = document('CustomObject', `<fields><fullName>${name}</fullName>${content}</fields>`);
  return metadata.deploy({ CustomField: [`${object}.${name}`] }, { [`objects/${object}.object`]: file });
}

const checkbox = '<defaultValue>false</defaultValue><label>Flag</label><type>Checkbox</type>';

/** What Salesforce refuses of a custom field, with the source of its words. */
const refusedFields: ReadonlyArray<readonly [what: string, content: string, name: string, problem: string]> = [
  [
    'a checkbox without default (confirmed by public tools)',
    '<label>Flag</label><type>Checkbox</type>',
    'Flag__c',
    "Must specify 'defaultValue' for a CustomField of type Checkbox",
  ],
  [
    'a required checkbox (recorded reply)',
    '<defaultValue>false</defaultValue><label>Flag</label><required>true</required><type>Checkbox</type>',
    'Flag__c',
    "Can not specify 'required' for a CustomField of type Checkbox",
  ],
  [
    'a formula with a default (ForceCLI#193)',
    '<defaultValue>false</defaultValue><formula>true</formula><label>Flag</label><type>Checkbox</type>',
    'Flag__c',
    'Can not specify a defaultValue for CustomFields that have a formula',
  ],
  [
    'a name of 41 characters (DLRS#25)',
    checkbox,
    `${'x'.repeat(41)}__c`,
    'Value too long for field: fullName maximum length is:40',
  ],
  [
    'a label of 41 characters',
    checkbox.replace('Flag', 'x'.repeat(41)),
    'Flag__c',
    'Value too long for field: label maximum length is:40',
  ],
  [
    'the type Boolean (apex-mdapi#71)',
    checkbox.replace('Checkbox', 'Boolean'),
    'Flag__c',
    "Error parsing file: 'Boolean' is not a valid value for the enum 'FieldType'",
  ],
  [
    'a long text of less than 256 characters (recorded reply)',
    '<label>Notes</label><length>100</length><type>LongTextArea</type><visibleLines>3</visibleLines>',
    'Notes__c',
    'Invalid length, minimum is: 256',
  ],
];

describe('Given custom fields', () => {
  it.each(refusedFields)(
    'When %s is deployed, Then it is refused in the platform’s words',
    async (_what, content, name, problem) => {
      expect(problems(await deployField(content, name))).toEqual([problem]);
    },
  );

  it('When a field is new, Then nobody has access to it, not even the administrator (Metadata API, Profile)', async () => {
    await deployField(checkbox);

    expect(metadata.rows('FieldPermissions', { Field: 'Account.Flag__c' })).toEqual([]);
    expect(metadata.org.access.fieldAccess(metadata.org.adminUserId, 'Account', 'Flag__c').read).toBe(false);
  });

  it('When the same field is deployed again, Then nothing is changed', async () => {
    await deployField(checkbox);

    expect(messageOf(await deployField(checkbox), 'CustomField', 'Account.Flag__c')).toMatchObject({ changed: false });
  });

  it('When a field is deleted, Then its permissions go with it', async () => {
    await deployField(checkbox);
    const set = document(
      'PermissionSet',
      '<fieldPermissions><editable>true</editable><field>Account.Flag__c</field><readable>true</readable></fieldPermissions><label>S</label>',
    );
    await metadata.prepare({ PermissionSet: ['S'] }, { 'permissionsets/S.permissionset': set });

    const result = await metadata.destroy({ CustomField: ['Account.Flag__c'] });

    expect(messageOf(result, 'CustomField', 'Account.Flag__c')).toMatchObject({ deleted: true });
    expect(metadata.org.schema.field('Account', 'Flag__c')).toBeUndefined();
    expect(metadata.rows('FieldPermissions', { Field: 'Account.Flag__c' })).toEqual([]);
  });

  it('When a field becomes required, Then it has no field-level security any more', async () => {
    const text = (required: boolean) =>
      `<label>Code</label><length>10</length><required>${required}</required><type>Text</type>`;
    await deployField(text(false), 'Code__c');
    const permissions =
      '<fieldPermissions><editable>false</editable><field>Account.Code__c</field><readable>true</readable></fieldPermissions>';
    const set = document('PermissionSet', `${permissions}<label>S</label>`);
    await metadata.prepare({ PermissionSet: ['S'] }, { 'permissionsets/S.permissionset': set });

    await deployField(text(true), 'Code__c');

    expect(metadata.rows('FieldPermissions', { Field: 'Account.Code__c' })).toEqual([]);
  });

  it('When a Contact field is deployed in an org with person accounts, Then it shows on Account as well', async () => {
    metadata = new MetadataOrg({ quirks: { 'person-accounts': 'on' } });

    await deployField(checkbox, 'Flag__c', 'Contact');
    expect(metadata.org.schema.field('Account', 'Flag__pc')).toMatchObject({ type: 'boolean' });

    await metadata.destroy({ CustomField: ['Contact.Flag__c'] });
    expect(metadata.org.schema.field('Account', 'Flag__pc')).toBeUndefined();
  });

  it('When a field that a formula uses is deleted, Then it is refused as referenced elsewhere', async () => {
    await deployField(checkbox);
    await deployField('<formula>Flag__c</formula><label>Copy</label><type>Checkbox</type>', 'Copy__c');

    expect(problems(await metadata.destroy({ CustomField: ['Account.Flag__c'] }))).toEqual([
      'This custom field is referenced elsewhere in salesforce.com. : Custom Field - Account.Copy__c',
    ]);
  });

  it('When a field is new, Then it is on no page until a layout with it is deployed', async () => {
    await deployField(checkbox);
    const path = 'layouts/Account-Account Layout.layout';
    const before = (await metadata.retrieve({ Layout: ['Account-Account Layout'] })).get(path) ?? '';
    expect(before).not.toContain('Flag__c');

    const item = '<layoutItems><behavior>Edit</behavior><field>Flag__c</field></layoutItems></layoutColumns>';
    const result = await metadata.deploy(
      { Layout: ['Account-Account Layout'] },
      { [path]: before.replace('</layoutColumns>', item) },
    );

    expect(problems(result)).toEqual([]);
    expect((await metadata.retrieve({ Layout: ['Account-Account Layout'] })).get(path)).toContain(
      '<field>Flag__c</field>',
    );
  });
});

const models = (internal: string, external = 'Private') =>
  document(
    'CustomObject',
    `<externalSharingModel>${external}</externalSharingModel><sharingModel>${internal}</sharingModel>`,
  );

function deployModels(wanted: Readonly<Record<string, string>>, checkOnly = false) {
  const files = Object.entries(wanted).map(([object, content]) => [`objects/${object}.object`, content]);
  return metadata.deploy({ CustomObject: Object.keys(wanted) }, Object.fromEntries(files) as Record<string, string>, {
    checkOnly,
  });
}

describe('Given organization-wide defaults of a new org', () => {
  it.each([false, true])(
    'When Account alone becomes Private (validation: %s), Then Opportunity is in the way (LL-011)',
    async (checkOnly) => {
      expect(problems(await deployModels({ Account: models('Private') }, checkOnly))).toEqual([
        'ReadWrite is not a valid sharing model for Opportunity when Account sharing model is Private',
      ]);
    },
  );

  it('When the whole family becomes Private, Then it is taken', async () => {
    const family = Object.fromEntries(
      ['Account', 'Contact', 'Opportunity', 'Case'].map((name) => [name, models('Private')]),
    );

    expect(problems(await deployModels(family))).toEqual([]);
    expect(metadata.org.sharing.declaredModel('Contact')).toEqual({ internal: 'Private', external: 'Private' });
  });

  it('When Opportunity becomes controlled by its parent, Then it is refused (real deployments)', async () => {
    const result = await deployModels({ Opportunity: models('ControlledByParent', 'ControlledByParent') });

    expect(problems(result)).toEqual(['ControlledByParent is not a valid sharing model for Opportunity']);
  });

  it('When the external default is more open than the internal one, Then it is refused (Help, security_owd_external)', async () => {
    expect((await deployModels({ Lead: models('Private', 'Read') })).success).toBe(false);
  });

  it('When Contact becomes controlled by its parent without its external default, Then it is taken for Private (one survey)', async () => {
    const family = Object.fromEntries(
      ['Account', 'Contact', 'Opportunity', 'Case'].map((name) => [name, models('Private')]),
    );
    await deployModels(family);

    const onlyInternal = document('CustomObject', '<sharingModel>ControlledByParent</sharingModel>');
    expect((await deployModels({ Contact: onlyInternal })).success).toBe(true);
    expect(metadata.org.sharing.declaredModel('Contact').internal).toBe('Private');
  });

  it('When external defaults are off in the org, Then a document with one is refused (CumulusCI)', async () => {
    metadata = new MetadataOrg({ quirks: { 'external-sharing': 'off' } });

    expect(problems(await deployModels({ Lead: models('Private') }))).toEqual([
      'You must have External Sharing Model turned on',
    ]);
  });

  it('When a document of a standard object says only its defaults, Then everything else stays', async () => {
    await metadata.prepare(
      { CustomObject: ['Lead'] },
      { 'objects/Lead.object': document('CustomObject', '<enableFeeds>true</enableFeeds>') },
    );
    await deployModels({ Lead: models('Private') });

    expect((await metadata.retrieve({ CustomObject: ['Lead'] })).get('objects/Lead.object')).toContain(
      '<enableFeeds>true</enableFeeds>',
    );
  });
});

const project = `<deploymentStatus>Deployed</deploymentStatus><label>Project</label><nameField><label>Name</label><type>Text</type></nameField>
  <pluralLabel>Projects</pluralLabel><sharingModel>Private</sharingModel>`;

describe('Given custom objects', () => {
  it.each(['label', 'pluralLabel', 'nameField', 'deploymentStatus', 'sharingModel'])(
    'When a new one lacks %s, Then it is refused',
    async (element) => {
      const without = project.replace(new RegExp(`<${element}>.*?</${element}>`, 's'), '');
      const result = await metadata.deploy(
        { CustomObject: ['Project__c'] },
        { 'objects/Project__c.object': document('CustomObject', without) },
      );

      expect(problems(result)).toEqual([`Required field is missing: ${element}`]);
    },
  );

  it('When one is deployed and deleted again, Then its rows and permissions are gone', async () => {
    const result = await metadata.deploy(
      { CustomObject: ['Project__c'] },
      { 'objects/Project__c.object': document('CustomObject', project) },
    );
    expect(messageOf(result, 'CustomObject', 'Project__c')).toMatchObject({ created: true });
    expect(metadata.org.store.hasTable('Project__c')).toBe(true);

    expect(problems(await metadata.destroy({ CustomObject: ['Project__c'] }))).toEqual([]);
    expect(metadata.org.schema.object('Project__c')).toBeUndefined();
  });
});

describe('Given roles and groups', () => {
  it('When a role gives less than the organization-wide default, Then it is refused (help 000385879)', async () => {
    const role = document('Role', '<caseAccessLevel>None</caseAccessLevel><name>Sales</name>');

    expect(problems(await metadata.deploy({ Role: ['Sales'] }, { 'roles/Sales.role': role }))).toEqual([
      'Case access level below organization default',
    ]);
  });

  it('When a group carries members, Then they are no part of it (Metadata API, Group)', async () => {
    const group = document('Group', '<name>Partners</name><roles><role>CEO</role></roles>');

    expect(problems(await metadata.deploy({ Group: ['Partners'] }, { 'groups/Partners.group': group }))[0]).toContain(
      'roles invalid at this location in type Group',
    );
  });

  it('When a queue is deployed and retrieved, Then its objects and members come back', async () => {
    const queue = document(
      'Queue',
      `<doesSendEmailToMembers>false</doesSendEmailToMembers><name>Leads</name>
       <queueMembers><users><user>admin@practice.example</user></users></queueMembers><queueSobject><sobjectType>Lead</sobjectType></queueSobject>`,
    );
    await metadata.prepare({ Queue: ['Leads'] }, { 'queues/Leads.queue': queue });

    const file = (await metadata.retrieve({ Queue: ['Leads'] })).get('queues/Leads.queue');
    expect(file).toContain('<user>admin@practice.example</user>');
    expect(file).toContain('<sobjectType>Lead</sobjectType>');
  });
});

describe('Given restriction rules', () => {
  const rule = (target: string) =>
    document(
      'RestrictionRule',
      `<active>true</active><description>x</description><enforcementType>Restrict</enforcementType><masterLabel>Mine</masterLabel>
       <recordFilter>OwnerId = $User.Id</recordFilter><targetEntity>${target}</targetEntity><userCriteria>$User.IsActive = true</userCriteria><version>1</version>`,
    );

  it('When one is about Task, Then it is in force', async () => {
    await metadata.prepare({ RestrictionRule: ['Mine'] }, { 'restrictionRules/Mine.rule': rule('Task') });

    expect(metadata.org.sharing.restrictionRules.map(({ fullName }) => fullName)).toEqual(['Mine']);
  });

  it('When one is about Account, Then it is refused (Metadata API, RestrictionRule)', async () => {
    const result = await metadata.deploy(
      { RestrictionRule: ['Mine'] },
      { 'restrictionRules/Mine.rule': rule('Account') },
    );

    expect(result.success).toBe(false);
  });
});
