import { beforeAll, expect, it } from 'vitest';
import { describeWithReference } from '../../support/reference-data.ts';
import { assertValidMetadata } from '../../support/metadata-schema.ts';
import { document, MetadataOrg, problems, type Files, type Members } from './metadata-org.ts';

const valueSet = `<valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>Gold</fullName><default>true</default><label>Gold</label></value>
  </valueSetDefinition></valueSet>`;

/** The least that each type of field needs. */
const fieldTypes: Readonly<Record<string, string>> = {
  AutoNumber: '<displayFormat>A-{0000}</displayFormat>',
  Checkbox: '<defaultValue>true</defaultValue>',
  Currency: '<precision>18</precision><scale>2</scale>',
  Date: '',
  DateTime: '',
  Email: '<unique>true</unique>',
  EncryptedText: '<length>20</length><maskChar>asterisk</maskChar><maskType>all</maskType>',
  Html: '<length>32768</length><visibleLines>25</visibleLines>',
  LongTextArea: '<length>32768</length><visibleLines>3</visibleLines>',
  Lookup: '<referenceTo>Account</referenceTo><relationshipName>Others</relationshipName>',
  MultiselectPicklist: `${valueSet}<visibleLines>4</visibleLines>`,
  Number: '<precision>18</precision><scale>0</scale><externalId>true</externalId>',
  Percent: '<precision>5</precision><scale>2</scale>',
  Phone: '',
  Picklist: valueSet,
  Text: '<length>80</length><defaultValue>"none"</defaultValue>',
  TextArea: '',
  Url: '',
};

function fieldFile(type: string, content: string): string {
  return document(
    'CustomObject',
    `<fields><fullName>One__c</fullName><label>One</label><type>${type}</type>${content}</fields>`,
  );
}

describeWithReference('Given custom fields of every type that is implemented', () => {
  it.each(Object.entries(fieldTypes))(
    'When a field of type %s is deployed, Then it is retrieved valid and unchanged by a second time',
    async (type, content) => {
      const metadata = new MetadataOrg();
      const files = { 'objects/Account.object': fieldFile(type, content) };
      expect(problems(await metadata.deploy({ CustomField: ['Account.One__c'] }, files))).toEqual([]);

      const retrieved = await metadata.retrieve({ CustomField: ['Account.One__c'] });
      const written = retrieved.get('objects/Account.object') ?? '';

      expect(() => assertValidMetadata(written)).not.toThrow();
      const again = await metadata.deploy({ CustomField: ['Account.One__c'] }, { 'objects/Account.object': written });
      expect(again.details.componentSuccesses.map(({ changed }) => changed)).toEqual([false, false]);
    },
  );
});

/** Two labels are what the schema asks of a muting set, and what no real file has. */
const notDescribed = new Set(['mutingpermissionsets']);

const components: Members = {
  Role: ['Sales_Head'],
  Group: ['Partners'],
  Queue: ['Leads'],
  CustomObject: ['Project__c', 'Account'],
  PermissionSet: ['Access'],
  MutingPermissionSet: ['Mute'],
  PermissionSetGroup: ['Bundle'],
  RestrictionRule: ['Mine'],
  Settings: ['Sharing'],
  Profile: ['*'],
  Layout: ['*'],
};
const files: Files = {
  'roles/Sales_Head.role': document('Role', '<name>Sales Head</name><parentRole>CEO</parentRole>'),
  'groups/Partners.group': document('Group', '<name>Partners</name><description>x</description>'),
  'queues/Leads.queue': document(
    'Queue',
    `<name>Leads</name><queueMembers><publicGroups><publicGroup>Partners</publicGroup></publicGroups><roles><role>Sales_Head</role></roles>
     </queueMembers><queueSobject><sobjectType>Lead</sobjectType></queueSobject>`,
  ),
  'objects/Project__c.object': document(
    'CustomObject',
    `<label>Project</label><pluralLabel>Projects</pluralLabel><nameField><label>Number</label><type>AutoNumber</type><displayFormat>P-{000}</displayFormat>
     </nameField><deploymentStatus>Deployed</deploymentStatus><sharingModel>Private</sharingModel>
     <recordTypes><fullName>Inner</fullName><active>true</active><label>Inner</label></recordTypes>`,
  ),
  'permissionsets/Access.permissionset': document('PermissionSet', '<label>Access</label>'),
  'mutingpermissionsets/Mute.mutingpermissionset': document('MutingPermissionSet', '<label>Mute</label>'),
  'permissionsetgroups/Bundle.permissionsetgroup': document(
    'PermissionSetGroup',
    '<label>Bundle</label><mutingPermissionSets>Mute</mutingPermissionSets><permissionSets>Access</permissionSets>',
  ),
  'restrictionRules/Mine.rule': document(
    'RestrictionRule',
    `<active>true</active><description>x</description><enforcementType>Restrict</enforcementType><masterLabel>Mine</masterLabel>
     <recordFilter>OwnerId = $User.Id</recordFilter><targetEntity>Project__c</targetEntity><userCriteria>$User.IsActive = true</userCriteria><version>1</version>`,
  ),
  'settings/Sharing.settings': document('SharingSettings', '<enableAssetSharing>true</enableAssetSharing>'),
  'objects/Account.object': document('CustomObject', '<enableFeeds>true</enableFeeds>'),
};

describeWithReference('Given one component of every type', () => {
  let retrieved: ReadonlyMap<string, string>;

  beforeAll(async () => {
    const metadata = new MetadataOrg();
    await metadata.prepare({ ...components, Profile: [], Layout: [] }, files);
    retrieved = await metadata.retrieve(components);
  });

  it('When all are retrieved, Then every file is there', () => {
    expect([...retrieved.keys()]).toEqual(expect.arrayContaining([...Object.keys(files), 'profiles/Admin.profile']));
  });

  it('When all are retrieved, Then every file is valid', () => {
    for (const [path, xml] of retrieved) {
      if (!notDescribed.has(path.split('/')[0] ?? '')) expect(() => assertValidMetadata(xml), path).not.toThrow();
    }
  });
});
