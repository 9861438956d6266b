import { beforeEach, describe, expect, it } from 'vitest';
import { document, messageOf, MetadataOrg, problems } from './metadata-org.ts';

let metadata: MetadataOrg;

const objectPermission = (object: string, rights: readonly string[]) => {
  const flag = (name: string) => `<${name}>${rights.includes(name)}</${name}>`;
  return `<objectPermissions>${flag('allowCreate')}${flag('allowDelete')}${flag('allowEdit')}${flag('allowRead')}
    ${flag('modifyAllRecords')}<object>${object}</object>${flag('viewAllRecords')}</objectPermissions>`;
};
const fieldPermission = (field: string, editable = false, readable = true) =>
  `<fieldPermissions><editable>${editable}</editable><field>${field}</field><readable>${readable}</readable></fieldPermissions>`;
const userPermission = (name: string) =>
  `<userPermissions><enabled>true</enabled><name>${name}</name></userPermissions>`;

function deploySet(content: string, name = 'Access') {
  const file = { [`permissionsets/${name}.permissionset`]: document('PermissionSet', content) };
  return metadata.deploy({ PermissionSet: [name] }, file);
}

function deployProfile(name: string, content: string) {
  return metadata.deploy({ Profile: [name] }, { [`profiles/${name}.profile`]: document('Profile', content) });
}

const parts = ({ fields = '', objects = '', permissions = '', label = 'Access', license = '' } = {}) =>
  `${fields}<label>${label}</label>${license}${objects}${permissions}`;

const master = document(
  'CustomObject',
  `<deploymentStatus>Deployed</deploymentStatus><label>Detail</label><nameField><label>Name</label><type>Text</type></nameField>
   <pluralLabel>Details</pluralLabel><sharingModel>ControlledByParent</sharingModel>
   <fields><fullName>Account__c</fullName><label>Account</label><referenceTo>Account</referenceTo><relationshipName>Details</relationshipName>
   <type>MasterDetail</type></fields>`,
);

const refusals: ReadonlyArray<readonly [what: string, content: string, problem: string]> = [
  [
    'Create without Read (sfdx-hardis)',
    parts({ objects: objectPermission('Account', ['allowCreate']) }),
    'Permission Create Account depends on permission(s): Read Account',
  ],
  [
    'Read of a detail without Read of its master (public deploy logs)',
    parts({ objects: objectPermission('Detail__c', ['allowRead']) }),
    'Permission Read Detail__c depends on permission(s): Read Account',
  ],
  [
    'an unknown user permission (sfdx-hardis)',
    parts({ permissions: userPermission('FlyToTheMoon') }),
    'Unknown user permission: FlyToTheMoon',
  ],
  [
    'a required field (sfdx-hardis)',
    parts({ fields: fieldPermission('Contact.LastName') }),
    'You cannot deploy to a required field: Contact.LastName',
  ],
  [
    'a master-detail field (public deploy logs)',
    parts({ fields: fieldPermission('Detail__c.Account__c') }),
    'You cannot deploy to a required field: Detail__c.Account__c',
  ],
  [
    'the name of an account',
    parts({ fields: fieldPermission('Account.Name') }),
    'You cannot deploy to a required field: Account.Name',
  ],
  [
    'a field that does not exist (sfdx-hardis)',
    parts({ fields: fieldPermission('Account.Nothing__c') }),
    'In field: field - no CustomField named Account.Nothing__c found',
  ],
  [
    'a part of an address (Object Reference, FieldPermissions)',
    parts({ fields: fieldPermission('Account.BillingCity') }),
    'In field: field - no CustomField named Account.BillingCity found',
  ],
  ['no label', '<hasActivationRequired>false</hasActivationRequired>', 'Required field is missing: label'],
  [
    'an element of another type',
    parts() + '<roles>x</roles>',
    'Error parsing file: Element {http://soap.sforce.com/2006/04/metadata}roles invalid at this location in type PermissionSet',
  ],
  [
    'field permissions in two places (public deploy logs)',
    `${fieldPermission('Account.Rating')}<label>x</label>${fieldPermission('Account.Industry')}`,
    'Error parsing file: Element fieldPermissions is duplicated at this location in type PermissionSet',
  ],
  [
    'an element that is known but not implemented',
    parts() + '<agentAccesses><agentName>x</agentName><enabled>true</enabled></agentAccesses>',
    'Element agentAccesses of type PermissionSet is not implemented by the practice org',
  ],
];

describe('Given an org with a master-detail relationship', () => {
  beforeEach(async () => {
    metadata = new MetadataOrg();
    await metadata.prepare({ CustomObject: ['Detail__c'] }, { 'objects/Detail__c.object': master });
  });

  it.each(refusals)(
    'When a permission set has %s, Then it is refused in the platform’s words',
    async (_what, content, problem) => {
      expect(problems(await deploySet(content))).toEqual([problem]);
    },
  );
});

describe('Given a permission set that has been deployed', () => {
  beforeEach(async () => {
    metadata = new MetadataOrg();
    await deploySet(
      parts({
        fields: fieldPermission('Account.Rating'),
        objects: objectPermission('Account', ['allowRead']),
        permissions: userPermission('ApiEnabled'),
      }),
    );
  });

  it('When another document is deployed, Then it replaces everything (Metadata API from version 40 on)', async () => {
    await deploySet(parts({ fields: fieldPermission('Account.Industry', true) }));

    const id = metadata.row('PermissionSet', { Name: 'Access' })['Id'] ?? null;
    expect(metadata.rows('FieldPermissions', { ParentId: id }).map((row) => row['Field'])).toEqual([
      'Account.Industry',
    ]);
    expect(metadata.rows('ObjectPermissions', { ParentId: id })).toEqual([]);
    expect(metadata.row('PermissionSet', { Name: 'Access' })['PermissionsApiEnabled']).toBe(false);
  });

  it('When a permission set group takes its name, Then the name is in use (one name space for both)', async () => {
    const group = document('PermissionSetGroup', '<label>Access</label>');

    expect(
      problems(
        await metadata.deploy(
          { PermissionSetGroup: ['Access'] },
          { 'permissionsetgroups/Access.permissionsetgroup': group },
        ),
      ),
    ).toEqual(['The API name you entered is already in use']);
  });

  it('When a group with a muting set holds it, Then the aggregate grants what is not muted', async () => {
    const muting = document('MutingPermissionSet', parts({ label: 'Mute', fields: fieldPermission('Account.Rating') }));
    const group = document(
      'PermissionSetGroup',
      '<label>Group</label><mutingPermissionSets>Mute</mutingPermissionSets><permissionSets>Access</permissionSets>',
    );
    await metadata.prepare(
      { MutingPermissionSet: ['Mute'], PermissionSetGroup: ['Bundle'] },
      {
        'mutingpermissionsets/Mute.mutingpermissionset': muting,
        'permissionsetgroups/Bundle.permissionsetgroup': group,
      },
    );

    const aggregate = metadata.row('PermissionSet', { Type: 'Group' });
    expect(aggregate['PermissionsApiEnabled']).toBe(true);
    expect(metadata.rows('FieldPermissions', { ParentId: aggregate['Id'] ?? null })).toEqual([]);
  });
});

describe('Given the profiles of an org', () => {
  beforeEach(() => {
    metadata = new MetadataOrg();
  });

  const integration = 'Salesforce API Only System Integrations';
  const owned = () => {
    const profile = metadata.row('Profile', { Name: integration })['Id'] ?? null;
    return metadata.row('PermissionSet', { ProfileId: profile, IsOwnedByProfile: true })['Id'] ?? null;
  };

  it('When a document hides a field, Then only that field is hidden (SE 269360)', async () => {
    const before = metadata.rows('FieldPermissions', { ParentId: owned() }).length;

    const result = await deployProfile(integration, fieldPermission('Account.AnnualRevenue', false, false));

    expect(messageOf(result, 'Profile', integration)).toMatchObject({ changed: true, created: false });
    expect(metadata.rows('FieldPermissions', { ParentId: owned(), Field: 'Account.AnnualRevenue' })).toEqual([]);
    expect(metadata.rows('FieldPermissions', { ParentId: owned() }).length).toBe(before - 1);
  });

  it('When a document leaves fields out, Then it changes nothing and says so', async () => {
    const result = await deployProfile(integration, '<custom>false</custom>');

    expect(messageOf(result, 'Profile', integration)).toMatchObject({ changed: false, success: true });
  });

  it('When object and user permissions of a standard profile are deployed, Then they are ignored (Metadata API, Profile)', async () => {
    const result = await deployProfile(
      integration,
      objectPermission('Account', ['allowRead']) + userPermission('ViewSetup'),
    );

    expect(result.success).toBe(true);
    expect(metadata.rows('ObjectPermissions', { ParentId: owned() })).toEqual([]);
  });

  it('When a profile is updated outside a package, Then other fields of the object lose their security (apex-mdapi#99)', () => {
    const fieldPermissions = [{ editable: false, field: 'Account.Rating', readable: true }];
    const documents = [{ fullName: integration, fieldPermissions }];
    metadata.service.save(metadata.admin, { type: 'Profile', mode: 'update', documents, allOrNone: false });

    const fields = metadata
      .rows('FieldPermissions', { ParentId: owned(), SobjectType: 'Account' })
      .map((row) => row['Field']);
    expect(fields).toEqual(['Account.Rating']);
  });

  it('When a profile is retrieved alone, Then it tells about no field (cli#2908)', async () => {
    const file = (await metadata.retrieve({ Profile: [integration] })).get(`profiles/${integration}.profile`);

    expect(file).not.toContain('<fieldPermissions>');
  });

  it('When an object is named beside it, Then it tells about that object’s fields, hidden ones included', async () => {
    await deployProfile(integration, fieldPermission('Account.AnnualRevenue', false, false));

    const file = (await metadata.retrieve({ Profile: [integration], CustomObject: ['Account'] })).get(
      `profiles/${integration}.profile`,
    );

    expect(file).toMatch(
      /<editable>false<\/editable>\s*<field>Account.AnnualRevenue<\/field>\s*<readable>false<\/readable>/,
    );
    expect(file).not.toContain('<field>Contact.');
  });

  it('When the org speaks French, Then the metadata name is still the English one (SE 156802)', () => {
    metadata = new MetadataOrg({ quirks: { language: 'fr' } });

    const names = metadata.service.list(metadata.admin, [{ type: 'Profile' }]).map(({ fullName }) => fullName);

    expect(names).toEqual(expect.arrayContaining(['Admin', 'Standard', 'Minimum Access - API Only Integrations']));
  });
});

describe('Given a permission set that somebody on the integration licence has', () => {
  it('When it gains what the licence does not allow, Then it is refused (devops-center-feedback#290)', async () => {
    metadata = new MetadataOrg();
    await deploySet(parts());
    const userId = metadata.insert('User', {
      Username: 'hubspot@acme.example',
      LastName: 'HubSpot',
      Email: 'ops@acme.example',
      Alias: 'hubspot',
      TimeZoneSidKey: 'Europe/Berlin',
      LocaleSidKey: 'de_DE',
      EmailEncodingKey: 'UTF-8',
      LanguageLocaleKey: 'en_US',
      ProfileId: metadata.row('Profile', { Name: 'Minimum Access - API Only Integrations' })['Id'] ?? null,
    });
    const setId = metadata.row('PermissionSet', { Name: 'Access' })['Id'] ?? null;
    metadata.insert('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: setId });

    expect(problems(await deploySet(parts({ objects: objectPermission('Account', ['allowRead']) })))).toEqual([
      "The user license doesn't allow the permission: Read Accounts",
    ]);
  });
});
