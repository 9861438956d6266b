import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { field } from '../../../practice-org/schema/notation.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';
import { type Sky, solarSystem } from '../soql/sample-objects.ts';

let sky: Sky;
beforeAll(() => {
  sky = solarSystem();
});

const tooling = { tooling: true };

function refusal(soql: string): string {
  const { errorCode, message } = sky.error(soql, tooling);
  return `${errorCode}: ${message.split('\n').at(-1) ?? ''}`;
}

describe('the metadata catalogue', () => {
  it('Given EntityDefinition, When asked for an object, Then its sharing models are those in force', () => {
    const soql =
      "SELECT DurableId, KeyPrefix, InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName = 'Account'";
    expect(sky.records(soql, tooling)).toEqual([
      {
        attributes: { type: 'EntityDefinition', url: '/services/data/v66.0/tooling/sobjects/EntityDefinition/Account' },
        DurableId: 'Account',
        KeyPrefix: '001',
        InternalSharingModel: 'ReadWrite',
        ExternalSharingModel: 'Private',
      },
    ]);
  });

  it('Given a custom object, When its durable id is read, Then it is an internal Id and leads to its fields', () => {
    const [entity] = sky.records(
      "SELECT DurableId FROM EntityDefinition WHERE QualifiedApiName = 'Planet__c'",
      tooling,
    );
    const durableId = entity?.['DurableId'];
    expect(durableId).toMatch(/^01I\w{12}$/);
    const fields = sky.records(
      `SELECT QualifiedApiName FROM FieldDefinition WHERE EntityDefinitionId = '${typeof durableId === 'string' ? durableId : ''}'`,
      tooling,
    );
    expect(fields.map((one) => one['QualifiedApiName'])).toContain('Moons__c');
  });

  it('Given a compound address, When fields are listed, Then the parts are particles of one definition', () => {
    const where =
      "EntityDefinition.QualifiedApiName = 'Account' AND QualifiedApiName IN ('BillingAddress', 'BillingCity')";
    const definitions = sky.records(`SELECT QualifiedApiName FROM FieldDefinition WHERE ${where}`, tooling);
    const particles = sky.records(
      `SELECT QualifiedApiName, FieldDefinitionId, IsComponent FROM EntityParticle WHERE ${where} ORDER BY QualifiedApiName`,
      tooling,
    );
    expect(definitions).toMatchObject([{ QualifiedApiName: 'BillingAddress' }]);
    expect(particles).toMatchObject([
      { QualifiedApiName: 'BillingAddress', FieldDefinitionId: 'Account.BillingAddress', IsComponent: false },
      { QualifiedApiName: 'BillingCity', FieldDefinitionId: 'Account.BillingAddress', IsComponent: true },
    ]);
  });

  it('Given particles, When they are paged by DurableId, Then each page starts after the last row', () => {
    const page = (after: unknown): readonly unknown[] =>
      sky
        .records(
          `SELECT DurableId FROM EntityParticle WHERE EntityDefinition.QualifiedApiName IN ('Account') AND DurableId > '${String(after)}' ORDER BY DurableId LIMIT 5`,
          tooling,
        )
        .map((one) => one['DurableId']);
    const first = page('0');
    const second = page(first.at(-1));
    expect(first).toHaveLength(5);
    expect(second.filter((id) => first.includes(id))).toEqual([]);
  });

  it('Given a custom formula field, When CustomField metadata is asked for, Then the formula is in it', () => {
    const formula = field('Weight__c', 'double', 'F', { custom: true, calculated: true, formula: 'Mass__c * 9.81' });
    sky.org.schema.putField('Star__c', formula);
    const soql = "SELECT Metadata FROM CustomField WHERE DeveloperName = 'Weight'";
    expect(sky.records(soql, tooling)).toMatchObject([{ Metadata: { type: 'Number', formula: 'Mass__c * 9.81' } }]);
  });

  it('Given an English and a local profile name, When FullName is asked for, Then it is the metadata name', () => {
    const soql = "SELECT Name, FullName FROM Profile WHERE Name = 'System Administrator'";
    expect(sky.records(soql, tooling)).toMatchObject([{ FullName: 'Admin' }]);
  });

  it('Given several rows, When Metadata or FullName is asked for, Then one row at most is allowed', () => {
    expect(refusal('SELECT Id, FullName FROM Profile')).toMatch(
      /^MALFORMED_QUERY: When retrieving results with Metadata or FullName fields, the query qualifications must specify no more than one row for retrieval\. Result size: \d+$/,
    );
  });
});

describe('SOQL that reified objects refuse', () => {
  it.each([
    [
      "SELECT Id FROM EntityDefinition WHERE QualifiedApiName != 'Account'",
      'MALFORMED_QUERY: Only equals comparisons permitted',
    ],
    [
      "SELECT Id FROM EntityDefinition WHERE (NOT QualifiedApiName = 'Account')",
      'MALFORMED_QUERY: Only equals comparisons permitted',
    ],
    [
      "SELECT Id FROM EntityDefinition WHERE IsCustomizable = true OR KeyPrefix = '001'",
      'MALFORMED_QUERY: Disjunctions not supported',
    ],
    [
      "SELECT Id FROM FieldDefinition WHERE EntityDefinitionId = 'Account' AND ComplianceGroup INCLUDES ('GDPR')",
      'MALFORMED_QUERY: Unsupported filter type',
    ],
    [
      'SELECT Id FROM FieldDefinition',
      'MALFORMED_QUERY: FieldDefinition: a filter on a reified column is required [EntityDefinitionId,DurableId]',
    ],
    [
      'SELECT Id FROM EntityParticle',
      'MALFORMED_QUERY: EntityParticle: a filter on a reified column is required [EntityDefinitionId,FieldDefinitionId,DurableId]',
    ],
    [
      'SELECT IsFeedEnabled, COUNT(QualifiedApiName) FROM EntityDefinition GROUP BY IsFeedEnabled',
      'EXTERNAL_OBJECT_UNSUPPORTED_EXCEPTION: The requested operation is not yet supported by this SObject storage type, contact salesforce.com support for more information.',
    ],
  ])('Given %s, When it runs, Then the answer is %s', (soql, expected) => {
    expect(refusal(soql)).toBe(expected);
  });

  it('Given a LIMIT, When EntityDefinition is queried, Then it is ignored', () => {
    expect(sky.count('SELECT Id FROM EntityDefinition LIMIT 1', tooling)).toBeGreaterThan(20);
  });
});

describe('UserRecordAccess', () => {
  const ids = (count: number): string => Array.from({ length: count }, () => "'001000000000001AAA'").join(',');

  it('Given another column, When it is selected, Then only access is', () => {
    const { errorCode, message } = sky.error("SELECT UserId FROM UserRecordAccess WHERE UserId = '005000000000001AAA'");
    expect(`${errorCode}: ${message}`).toBe(
      'INVALID_FIELD: Can select only RecordId, a Has*Access field, and MaxAccessLevel',
    );
  });

  it('Given more than 200 records, When they are asked for, Then the limit is told', () => {
    const soql = `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId = '${sky.admin.userId}' AND RecordId IN (${ids(201)})`;
    expect(sky.error(soql).message).toBe('Number of records exceeds limit:200');
  });

  it('Given two users, When they are asked for at once, Then the query is refused', () => {
    const user = `'${sky.admin.userId}'`;
    const soql = `SELECT RecordId, HasReadAccess FROM UserRecordAccess WHERE UserId IN (${user}, ${user}) AND RecordId = '001000000000001AAA'`;
    expect(sky.error(soql).errorCode).toBe('MALFORMED_QUERY');
  });
});

describeWithReference('the catalogue beside the Tooling API reference', () => {
  it.each(['EntityDefinition', 'FieldDefinition', 'CustomField', 'CustomObject'])(
    'Given %s, When its columns are compared, Then those that the reference filters by can be filtered by',
    (name) => {
      const file = referencePath('schema', 'tooling_api', `${name}.json`) ?? '';
      const { fields } = JSON.parse(readFileSync(file, 'utf8')) as Reference;
      const definition = sky.org.schema.object(name);
      const documented = [...(definition?.fields.values() ?? [])].filter(({ name: column }) => column in fields);
      const filterable = documented.filter(({ name: column }) => fields[column]?.properties?.includes('Filter'));
      expect(
        filterable
          .filter((column) => !column.filterable && column.type !== 'complexvalue')
          .map((column) => column.name),
      ).toEqual([]);
    },
  );
});

type Reference = { readonly fields: Readonly<Record<string, { readonly type: string; readonly properties?: string }>> };
