import { describe, expect, it } from 'vitest';
import type { MetadataComponent } from '../../../src/metadata/component.js';
import { checkboxField } from '../../../src/metadata/custom-field.js';
import { publicGroup } from '../../../src/metadata/group.js';
import { addFieldToLayout } from '../../../src/metadata/layout.js';
import { renderPackage, type PackageContent } from '../../../src/metadata/package.js';
import { permissionSet } from '../../../src/metadata/permission-set.js';
import { profileFieldPermissions } from '../../../src/metadata/profile.js';
import { criteriaRule, flagRule } from '../../../src/metadata/sharing-rule.js';
import { customObjectSharingModel, standardObjectSharingModel } from '../../../src/metadata/sharing-model.js';
import { assertValidMetadata } from '../../support/metadata-schema.ts';
import { describeWithReference } from '../../support/reference-data.ts';

const field = checkboxField({
  object: 'Account',
  name: 'Send_to_HubSpot__c',
  label: 'Send to HubSpot',
  description: 'Shares the record.',
});
const rule = (object: string): MetadataComponent =>
  criteriaRule(
    flagRule({
      object,
      name: 'Send_to_HubSpot',
      label: 'Send to HubSpot',
      description: 'Flagged records.',
      access: 'Edit',
      accountSettings:
        object === 'Account'
          ? { caseAccessLevel: 'None', contactAccessLevel: 'Read', opportunityAccessLevel: 'None' }
          : null,
      group: 'HubSpot_Integration',
      flagField: 'Send_to_HubSpot__c',
    }),
  );
const group = publicGroup({
  name: 'HubSpot_Integration',
  label: 'HubSpot Integration',
  description: 'Owned.',
  doesIncludeBosses: false,
});
const accessSet = permissionSet('HubSpot_Integration_Access', {
  label: 'HubSpot Integration Access',
  description: 'Owned.',
  objectPermissions: [
    {
      object: 'Contact',
      read: true,
      create: false,
      edit: false,
      delete: false,
      viewAllRecords: false,
      modifyAllRecords: false,
      viewAllFields: false,
    },
    {
      object: 'Account',
      read: true,
      create: false,
      edit: true,
      delete: false,
      viewAllRecords: false,
      modifyAllRecords: false,
      viewAllFields: false,
    },
  ],
  fieldPermissions: [
    { field: 'Contact.Email', readable: true, editable: false },
    { field: 'Account.Rating', readable: true, editable: true },
    { field: 'Account.Site', readable: false, editable: false },
  ],
  userPermissions: ['ViewSetup', 'ApiEnabled', 'ViewSetup'],
  rest: {},
});
const owd = standardObjectSharingModel('Account', { internal: 'Private', external: 'Private' });

const customObject = customObjectSharingModel(
  'Invoice__c',
  {
    fullName: 'Invoice__c',
    deploymentStatus: 'Deployed',
    fields: [{ fullName: 'Amount__c', type: 'Number' }],
    label: 'Invoice',
    nameField: { label: 'Invoice Name', type: 'Text' },
    pluralLabel: 'Invoices',
    sharingModel: 'ReadWrite',
    validationRules: { fullName: 'V', active: 'true' },
    searchLayouts: {},
  },
  { internal: 'Private', external: null },
);

const sut = (content: Partial<PackageContent>): Readonly<Record<string, string>> => {
  const files = renderPackage({ components: [], destroy: [], ...content }, '66.0');
  return Object.fromEntries(files.map(({ path, content: text }) => [path, text]));
};

const document = (root: string, lines: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">\n${lines}</${root}>\n`;

describe('renderPackage', () => {
  it('Given a field and the OWD of its object, When rendered, Then one object file holds both', () => {
    const files = sut({ components: [owd, field] });

    expect(files['objects/Account.object']).toBe(
      document(
        'CustomObject',
        `    <externalSharingModel>Private</externalSharingModel>
    <fields>
        <fullName>Send_to_HubSpot__c</fullName>
        <defaultValue>false</defaultValue>
        <description>Shares the record.</description>
        <externalId>false</externalId>
        <label>Send to HubSpot</label>
        <trackHistory>false</trackHistory>
        <type>Checkbox</type>
    </fields>
    <sharingModel>Private</sharingModel>
`,
      ),
    );
  });

  it('Given a custom object, When its sharing model changes, Then its top level stays and its children are left out', () => {
    const files = sut({ components: [customObject] });

    expect(files['objects/Invoice__c.object']).toBe(
      document(
        'CustomObject',
        `    <deploymentStatus>Deployed</deploymentStatus>
    <label>Invoice</label>
    <nameField>
        <label>Invoice Name</label>
        <type>Text</type>
    </nameField>
    <pluralLabel>Invoices</pluralLabel>
    <searchLayouts>
    </searchLayouts>
    <sharingModel>Private</sharingModel>
`,
      ),
    );
  });

  it('Given a rule on Account, When rendered, Then its file holds it with its levels for related objects', () => {
    const files = sut({ components: [rule('Account')] });

    expect(files['sharingRules/Account.sharingRules']).toBe(
      document(
        'SharingRules',
        `    <sharingCriteriaRules>
        <fullName>Send_to_HubSpot</fullName>
        <accessLevel>Edit</accessLevel>
        <accountSettings>
            <caseAccessLevel>None</caseAccessLevel>
            <contactAccessLevel>Read</contactAccessLevel>
            <opportunityAccessLevel>None</opportunityAccessLevel>
        </accountSettings>
        <description>Flagged records.</description>
        <label>Send to HubSpot</label>
        <sharedTo>
            <group>HubSpot_Integration</group>
        </sharedTo>
        <criteriaItems>
            <field>Send_to_HubSpot__c</field>
            <operation>equals</operation>
            <value>True</value>
        </criteriaItems>
        <includeRecordsOwnedByAll>true</includeRecordsOwnedByAll>
    </sharingCriteriaRules>
`,
      ),
    );
  });

  it('Given a rule on another object, When rendered, Then it carries no account settings', () => {
    expect(sut({ components: [rule('Lead')] })['sharingRules/Lead.sharingRules']).not.toContain('accountSettings');
  });

  it('Given a permission set, When rendered, Then it is whole, sorted and without a licence', () => {
    const files = sut({ components: [accessSet] });

    expect(files['permissionsets/HubSpot_Integration_Access.permissionset']).toBe(
      document(
        'PermissionSet',
        `    <description>Owned.</description>
    <fieldPermissions>
        <editable>true</editable>
        <field>Account.Rating</field>
        <readable>true</readable>
    </fieldPermissions>
    <fieldPermissions>
        <editable>false</editable>
        <field>Contact.Email</field>
        <readable>true</readable>
    </fieldPermissions>
    <hasActivationRequired>false</hasActivationRequired>
    <label>HubSpot Integration Access</label>
    <objectPermissions>
        <allowCreate>false</allowCreate>
        <allowDelete>false</allowDelete>
        <allowEdit>true</allowEdit>
        <allowRead>true</allowRead>
        <modifyAllRecords>false</modifyAllRecords>
        <object>Account</object>
        <viewAllRecords>false</viewAllRecords>
    </objectPermissions>
    <objectPermissions>
        <allowCreate>false</allowCreate>
        <allowDelete>false</allowDelete>
        <allowEdit>false</allowEdit>
        <allowRead>true</allowRead>
        <modifyAllRecords>false</modifyAllRecords>
        <object>Contact</object>
        <viewAllRecords>false</viewAllRecords>
    </objectPermissions>
    <userPermissions>
        <enabled>true</enabled>
        <name>ApiEnabled</name>
    </userPermissions>
    <userPermissions>
        <enabled>true</enabled>
        <name>ViewSetup</name>
    </userPermissions>
`,
      ),
    );
  });

  it('Given fields to hide on a profile, When rendered, Then each is an explicit false', () => {
    const hidden = profileFieldPermissions('Minimum Access - API Only Integrations', [
      { field: 'Account.Rating', readable: false, editable: false },
    ]);

    expect(sut({ components: [hidden] })['profiles/Minimum Access - API Only Integrations.profile']).toBe(
      document(
        'Profile',
        `    <fieldPermissions>
        <editable>false</editable>
        <field>Account.Rating</field>
        <readable>false</readable>
    </fieldPermissions>
`,
      ),
    );
  });

  it('Given components of all types, When rendered, Then package.xml names rules, their SharingRules and everything else', () => {
    const files = sut({ components: [rule('Lead'), group, rule('Account'), field, owd] });

    expect(files['package.xml']).toBe(
      document(
        'Package',
        `    <types>
        <members>Account.Send_to_HubSpot__c</members>
        <name>CustomField</name>
    </types>
    <types>
        <members>Account</members>
        <name>CustomObject</name>
    </types>
    <types>
        <members>HubSpot_Integration</members>
        <name>Group</name>
    </types>
    <types>
        <members>Account.Send_to_HubSpot</members>
        <members>Lead.Send_to_HubSpot</members>
        <name>SharingCriteriaRule</name>
    </types>
    <types>
        <members>Account</members>
        <members>Lead</members>
        <name>SharingRules</name>
    </types>
    <version>66.0</version>
`,
      ),
    );
  });

  it('Given things to destroy, When rendered, Then a destructive manifest names them beside an empty package', () => {
    const files = sut({ destroy: [{ type: 'SharingCriteriaRule', fullName: 'Account.Send_to_HubSpot' }] });

    expect(Object.keys(files)).toEqual(['package.xml', 'destructiveChangesPost.xml']);
    expect(files['destructiveChangesPost.xml']).toBe(
      document(
        'Package',
        `    <types>
        <members>Account.Send_to_HubSpot</members>
        <name>SharingCriteriaRule</name>
    </types>
    <version>66.0</version>
`,
      ),
    );
  });

  it('Given the same components in another order, When rendered, Then the package is the same', () => {
    const components = [rule('Lead'), group, rule('Account'), field, owd, accessSet];

    expect(sut({ components })).toEqual(sut({ components: [...components].reverse() }));
  });

  it('Given a layout name with characters that file names cannot hold, When rendered, Then the file name is encoded', () => {
    const layout: MetadataComponent = { type: 'Layout', fullName: 'Account-Sales/Ops: 100%', body: {} };

    expect(Object.keys(sut({ components: [layout] }))).toContain('layouts/Account-Sales%2FOps%3A 100%25.layout');
  });

  it('Given a type that has no document, When rendered, Then it is refused', () => {
    expect(() => sut({ components: [{ type: 'ApexClass', fullName: 'A', body: {} }] })).toThrow(RangeError);
  });
});

describeWithReference('renderPackage against the schema of the Metadata API', () => {
  const layout = addFieldToLayout(
    'Account-Account Layout',
    {
      fullName: 'Account-Account Layout',
      layoutSections: [
        {
          customLabel: false,
          detailHeading: true,
          editHeading: true,
          label: 'Information',
          layoutColumns: [{ layoutItems: [{ behavior: 'Required', field: 'Name' }] }, {}],
          style: 'TwoColumnsTopToBottom',
        },
      ],
      showEmailCheckbox: false,
    },
    'Send_to_HubSpot__c',
  );
  const profile = profileFieldPermissions('P', [{ field: 'Account.Rating', readable: false, editable: false }]);
  const components = [field, group, accessSet, owd, customObject, rule('Account'), rule('Contact'), profile, layout];
  const files = renderPackage(
    { components: components.filter((item) => item !== null), destroy: [{ type: 'Group', fullName: 'Old' }] },
    '66.0',
  );

  it.each(files.map(({ path, content }) => [path, content]))('Given %s, When validated, Then it is valid', (_, xml) => {
    expect(() => assertValidMetadata(xml)).not.toThrow();
  });
});
