import { beforeEach, describe, expect, it } from 'vitest';
import { document, messageOf, MetadataOrg, problems } from './metadata-org.ts';

const accountSettings = `<accountSettings><caseAccessLevel>None</caseAccessLevel><contactAccessLevel>None</contactAccessLevel>
  <opportunityAccessLevel>None</opportunityAccessLevel></accountSettings>`;
const byFlag = '<criteriaItems><field>Flag__c</field><operation>equals</operation><value>True</value></criteriaItems>';

type RuleParts = {
  readonly name?: string;
  readonly accessLevel?: string;
  readonly settings?: string;
  readonly sharedTo?: string;
  readonly criteria?: string;
  readonly include?: string;
  readonly label?: string;
};

function criteriaRule({
  name = 'Flagged',
  accessLevel = 'Edit',
  settings = accountSettings,
  sharedTo = '<group>Partners</group>',
  criteria = byFlag,
  include = '<includeRecordsOwnedByAll>true</includeRecordsOwnedByAll>',
  label = 'Flagged',
}: RuleParts = {}): string {
  return `<sharingCriteriaRules><fullName>${name}</fullName><accessLevel>${accessLevel}</accessLevel>${settings}
    <label>${label}</label><sharedTo>${sharedTo}</sharedTo>${criteria}${include}</sharingCriteriaRules>`;
}

const privately = document(
  'CustomObject',
  '<externalSharingModel>Private</externalSharingModel><sharingModel>Private</sharingModel>',
);
const controlledByParent = document(
  'CustomObject',
  '<externalSharingModel>ControlledByParent</externalSharingModel><sharingModel>ControlledByParent</sharingModel>',
);
const fields = document(
  'CustomObject',
  `<fields><fullName>Flag__c</fullName><defaultValue>false</defaultValue><label>Flag</label><type>Checkbox</type></fields>
   <fields><fullName>Formula__c</fullName><formula>true</formula><label>Formula</label><type>Checkbox</type></fields>
   <fields><fullName>Money__c</fullName><label>Money</label><precision>18</precision><scale>2</scale><type>Currency</type></fields>
   <fields><fullName>Parent__c</fullName><label>Parent</label><referenceTo>Account</referenceTo>
     <relationshipName>Children</relationshipName><type>Lookup</type></fields>
   <fields><fullName>Kind__c</fullName><label>Kind</label><type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted>
     <value><fullName>Gold</fullName><default>false</default></value></valueSetDefinition></valueSet></fields>`,
);

let metadata: MetadataOrg;

/** Account and what recalculates with it Private, a group to share with, and fields of several types. */
async function preparedOrg(choice: ConstructorParameters<typeof MetadataOrg>[0] = {}): Promise<MetadataOrg> {
  const prepared = new MetadataOrg(choice);
  const family = ['Account', 'Contact', 'Opportunity', 'Case'];
  const objects = Object.fromEntries(family.map((name) => [`objects/${name}.object`, privately]));
  await prepared.prepare({ CustomObject: family }, objects);
  const names = ['Flag__c', 'Formula__c', 'Money__c', 'Parent__c', 'Kind__c'].map((name) => `Account.${name}`);
  await prepared.prepare({ CustomField: names }, { 'objects/Account.object': fields });
  const group = document('Group', '<doesIncludeBosses>false</doesIncludeBosses><name>Partners</name>');
  await prepared.prepare({ Group: ['Partners'] }, { 'groups/Partners.group': group });
  prepared.wait(10_000);
  return prepared;
}

function deployRules(content: string, object = 'Account') {
  const file = { [`sharingRules/${object}.sharingRules`]: document('SharingRules', content) };
  return metadata.deploy({ SharingRules: [object] }, file);
}

const criteriaOn = (field: string, value = 'x') =>
  `<criteriaItems><field>${field}</field><operation>equals</operation><value>${value}</value></criteriaItems>`;

/** What Salesforce refuses, with the source of its words. */
const refusals: ReadonlyArray<readonly [what: string, rules: string, problem: string]> = [
  [
    'a formula as criterion (Sharing Rule Considerations)',
    criteriaRule({ criteria: criteriaOn('Formula__c', 'True') }),
    'not valid workflow field',
  ],
  [
    'a lookup to a record as criterion (Sharing Rule Considerations)',
    criteriaRule({ criteria: criteriaOn('Parent__c') }),
    'not valid workflow field',
  ],
  [
    'a currency as criterion (real deployments)',
    criteriaRule({ criteria: criteriaOn('Money__c', '1') }),
    'not valid workflow field',
  ],
  [
    'a field that does not exist (sfdx-hardis)',
    criteriaRule({ criteria: criteriaOn('Nothing__c') }),
    'In field: field - no CustomField named Account.Nothing__c found',
  ],
  [
    'a picklist value that does not exist (sharing-rules-generate)',
    criteriaRule({ criteria: criteriaOn('Kind__c', 'Silver') }),
    'Picklist value does not exist',
  ],
  [
    'an Account rule without accountSettings (sharing-rules-generate)',
    criteriaRule({ settings: '' }),
    'AccountSettings is required for account sharing rules',
  ],
  [
    'a rule without includeRecordsOwnedByAll (sharing-rules-generate)',
    criteriaRule({ include: '' }),
    'Required field is missing: sharingCriteriaRules',
  ],
  [
    'a group that does not exist (cli#2639)',
    criteriaRule({ sharedTo: '<group>Nobody</group>' }),
    'sharedTo not allowed:group - Nobody',
  ],
  [
    'a role that does not exist (cli#2639)',
    criteriaRule({ sharedTo: '<role>Nobody</role>' }),
    'sharedTo not allowed:role - Nobody',
  ],
  [
    'a guest user without a nickname (sharing-rules-generate)',
    `<sharingGuestRules><fullName>Guests</fullName><accessLevel>Read</accessLevel>${accountSettings}<label>Guests</label><sharedTo><guestUser></guestUser></sharedTo>${byFlag}<includeHVUOwnedRecords>false</includeHVUOwnedRecords></sharingGuestRules>`,
    "Specify a guest user's nickname for the guestUser field",
  ],
  [
    'more than Read for guests (public deploy log)',
    `<sharingGuestRules><fullName>Guests</fullName><accessLevel>Edit</accessLevel>${accountSettings}<label>Guests</label><sharedTo><guestUser>x</guestUser></sharedTo>${byFlag}<includeHVUOwnedRecords>false</includeHVUOwnedRecords></sharingGuestRules>`,
    "'Edit' is not a valid value for the enum 'ShareAccessLevelRead'",
  ],
  [
    'a label of 81 characters (Security Implementation Guide)',
    criteriaRule({ label: 'x'.repeat(81) }),
    'Value too long for field: label maximum length is:80',
  ],
  [
    'a criteria value of 241 characters (Security Implementation Guide)',
    criteriaRule({ criteria: criteriaOn('Flag__c', 'x'.repeat(241)) }),
    'Value too long for field: value maximum length is:240',
  ],
  [
    'filter logic about a condition that is not there',
    criteriaRule({ criteria: `<booleanFilter>1 AND 2</booleanFilter>${byFlag}` }),
    'Invalid filter logic: 1 AND 2',
  ],
];

describe('Given Private accounts, a public group and fields of several types', () => {
  beforeEach(async () => {
    metadata = await preparedOrg();
  });

  it.each(refusals)('When a rule has %s, Then it is refused in the platform’s words', async (_what, rules, problem) => {
    expect(problems(await deployRules(rules))).toEqual([problem]);
  });

  it('When a rule is deployed, Then it is created and the file counts as a component of its own', async () => {
    const result = await deployRules(criteriaRule());

    expect(messageOf(result, 'SharingCriteriaRule', 'Account.Flagged')).toMatchObject({ created: true, success: true });
    expect(messageOf(result, 'SharingRules', 'Account')).toMatchObject({ success: true });
  });

  it('When the same rule is deployed again, Then nothing is changed', async () => {
    await deployRules(criteriaRule());

    const result = await deployRules(criteriaRule());

    expect(messageOf(result, 'SharingCriteriaRule', 'Account.Flagged')).toMatchObject({
      created: false,
      changed: false,
    });
  });

  it('When a file with another rule is deployed, Then the first rule stays (deployments are additive)', async () => {
    await deployRules(criteriaRule());
    await deployRules(criteriaRule({ name: 'Other' }));

    expect(metadata.org.sharing.declared.rules.map((rule) => rule.fullName)).toEqual(['Flagged', 'Other']);
  });

  it('When package.xml names one rule of a file of two, Then only that one is deployed', async () => {
    const file = document('SharingRules', criteriaRule() + criteriaRule({ name: 'Other' }));
    await metadata.deploy({ SharingCriteriaRule: ['Account.Other'] }, { 'sharingRules/Account.sharingRules': file });

    expect(metadata.org.sharing.declared.rules.map((rule) => rule.fullName)).toEqual(['Other']);
  });

  it.each([
    ['sharedTo', criteriaRule({ sharedTo: '<allInternalUsers></allInternalUsers>' })],
    [
      'includeRecordsOwnedByAll',
      criteriaRule({ include: '<includeRecordsOwnedByAll>false</includeRecordsOwnedByAll>' }),
    ],
  ])('When %s of an existing rule is changed in place, Then it is refused', async (_what, changed) => {
    await deployRules(criteriaRule());
    metadata.wait(10_000);

    expect((await deployRules(changed)).success).toBe(false);
  });

  it('When a rule is named in destructiveChanges, Then it is deleted and the others stay', async () => {
    await deployRules(criteriaRule() + criteriaRule({ name: 'Other' }));
    metadata.wait(10_000);

    const result = await metadata.destroy({ SharingCriteriaRule: ['Account.Flagged'] }, 'destructiveChangesPost.xml');

    expect(messageOf(result, 'SharingCriteriaRule', 'Account.Flagged')).toMatchObject({ deleted: true, success: true });
    expect(metadata.org.sharing.declared.rules.map((rule) => rule.fullName)).toEqual(['Other']);
  });

  it('When a field that a rule uses is deleted, Then it is refused as referenced elsewhere', async () => {
    await deployRules(criteriaRule());

    expect(problems(await metadata.destroy({ CustomField: ['Account.Flag__c'] }))).toEqual([
      'This custom field is referenced elsewhere in salesforce.com. : Sharing Rule - Account.Flagged',
    ]);
  });

  it('When a group that a rule shares with is deleted, Then it is refused as referenced elsewhere', async () => {
    await deployRules(criteriaRule());

    expect((await metadata.destroy({ Group: ['Partners'] })).success).toBe(false);
  });

  it('When a rule on an object that is open to all is deployed, Then it is not supported', async () => {
    const lead = criteriaRule({ settings: '', criteria: criteriaOn('Company') });

    expect(problems(await deployRules(lead, 'Lead'))).toEqual([
      "not supported for object Lead since its org wide default is 'Public Read/Write/Transfer'",
    ]);
  });

  it('When the 51st criteria rule of an object is deployed, Then it is refused', async () => {
    const fifty = Array.from({ length: 50 }, (_, at) => criteriaRule({ name: `Rule_${at}` })).join('');
    await deployRules(fifty);
    metadata.wait(10_000);

    expect(problems(await deployRules(criteriaRule({ name: 'Rule_50' })))[0]).toMatch(/maximum of 50/);
  });
});

describe('Given contacts controlled by their account', () => {
  it('When an Account rule is retrieved, Then its contact level is the platform’s and not the one deployed', async () => {
    metadata = await preparedOrg();
    await metadata.prepare({ CustomObject: ['Contact'] }, { 'objects/Contact.object': controlledByParent });
    metadata.wait(10_000);
    await deployRules(criteriaRule());

    const file = (await metadata.retrieve({ SharingRules: ['Account'] })).get('sharingRules/Account.sharingRules');

    expect(file).toContain('<contactAccessLevel>Read</contactAccessLevel>');
  });
});

describe('Given a Professional Edition', () => {
  it('When a criteria rule on an object beyond Account, Asset, Campaign and Contact is deployed, Then it is not available', async () => {
    metadata = new MetadataOrg({ quirks: { edition: 'professional' } });
    await metadata.prepare({ CustomObject: ['Lead'] }, { 'objects/Lead.object': privately });
    const rule = criteriaRule({
      settings: '',
      criteria: criteriaOn('Company'),
      sharedTo: '<allInternalUsers></allInternalUsers>',
    });

    expect(problems(await deployRules(rule, 'Lead'))).toEqual(['Not available for deploy for this organization']);
  });
});

const openAccounts = document('CustomObject', '<sharingModel>ReadWrite</sharingModel>');

describe('Given a validation of a new default together with a rule that needs it', () => {
  async function validate(quirk: 'combined' | 'current') {
    metadata = await preparedOrg({ quirks: { 'check-only': quirk } });
    await metadata.prepare({ CustomObject: ['Account'] }, { 'objects/Account.object': openAccounts });
    metadata.wait(10_000);
    const files = {
      'objects/Account.object': privately,
      'sharingRules/Account.sharingRules': document('SharingRules', criteriaRule()),
    };
    return metadata.deploy({ CustomObject: ['Account'], SharingRules: ['Account'] }, files, { checkOnly: true });
  }

  it('When the org sees the package as a whole, Then it passes and nothing has changed', async () => {
    const result = await validate('combined');

    expect(problems(result)).toEqual([]);
    expect(metadata.org.sharing.declared.models.get('Account')?.internal).toBe('ReadWrite');
    expect(metadata.org.sharing.declared.rules).toEqual([]);
  });

  it('When the org sees only what is in force, Then the rule is refused', async () => {
    expect(problems(await validate('current'))).toEqual([
      "not supported for object Account since its org wide default is 'Public Read/Write'",
    ]);
  });
});

describe('Given a recalculation of organization-wide defaults that is running', () => {
  it.each([
    ['en_US', /can't be processed right now/],
    ['fr', /interfère avec une autre opération en cours/],
  ] as const)(
    'When a rule of its family is deployed in an org that speaks %s, Then it is locked in that language',
    async (language, text) => {
      metadata = await preparedOrg({ recalculationMs: 1000, quirks: { language } });
      await metadata.prepare({ CustomObject: ['Contact'] }, { 'objects/Contact.object': controlledByParent });

      expect(problems(await deployRules(criteriaRule()))[0]).toMatch(text);
    },
  );
});
