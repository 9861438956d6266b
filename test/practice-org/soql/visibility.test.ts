import { describe, expect, it } from 'vitest';
import type { AccessEngine, RowSet } from '../../../practice-org/access/access.ts';
import { SalesforceError } from '../../../practice-org/org/errors.ts';
import type { PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import type { JsonRecord } from '../../../practice-org/soql/json-value.ts';
import { runQuery } from '../../../practice-org/soql/query.ts';
import { solarSystem } from './sample-objects.ts';

const sky = solarSystem();
const caller = { userId: sky.org.adminUserId, apiVersion: 66 };

function only(rows: readonly number[]): RowSet {
  return { all: false, has: (row) => rows.includes(row), count: () => rows.length };
}

/** Sees the first two planets but not how many moons they have, and no star. */
const access: AccessEngine = {
  ...sky.org.access,
  objectAccess: (_, object) => ({
    read: object !== 'Contact',
    create: false,
    edit: false,
    delete: false,
    viewAllRecords: false,
    modifyAllRecords: false,
    viewAllFields: false,
  }),
  fieldAccess: (_, _object, field) => ({ read: field !== 'Moons__c', edit: false }),
  visibleRows: (_, object) => only(object === 'Planet__c' ? [0, 1] : []),
};
sky.org.schema.putObject({ ...planetOf(sky.org, 'Planet__c'), permissionable: true });
sky.org.schema.putObject({ ...planetOf(sky.org, 'Star__c'), permissionable: true });
const org: PracticeOrg = { ...sky.org, access };

function planetOf({ schema }: PracticeOrg, name: string) {
  const object = schema.object(name);
  if (!object) throw new Error(`no ${name}`);
  return object;
}

function records(soql: string): readonly JsonRecord[] {
  const result = runQuery(org, caller, soql);
  return Array.from({ length: result.size }, (_, index) => result.record(index));
}

function errorOf(soql: string): string {
  try {
    records(soql);
    return 'accepted';
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    return `${error.errorCode}: ${error.message.split('\n').at(-1)?.split('. ')[0] ?? ''}`;
  }
}

describe('a query as its caller', () => {
  it('Given rows the caller may not see, When they are counted, Then only the visible ones are', () => {
    expect(runQuery(org, caller, 'SELECT COUNT() FROM Planet__c').totalSize).toBe(2);
    expect(runQuery(org, caller, 'SELECT COUNT() FROM Planet__c WHERE Ringed__c = true').totalSize).toBe(0);
    expect(runQuery(org, caller, 'SELECT COUNT() FROM Star__c').totalSize).toBe(0);
  });

  it.each([
    'SELECT Moons__c FROM Planet__c',
    'SELECT Id FROM Planet__c WHERE Moons__c = 1',
    'SELECT Id FROM Planet__c ORDER BY Moons__c',
    'SELECT COUNT(Moons__c) FROM Planet__c',
  ])('Given a hidden field, When %s runs, Then there is no such column', (soql) => {
    expect(errorOf(soql)).toBe("INVALID_FIELD: No such column 'Moons__c' on entity 'Planet__c'");
  });

  it('Given a hidden field, When all fields are selected, Then it is left out', () => {
    const [record = {}] = records('SELECT FIELDS(ALL) FROM Planet__c LIMIT 1');
    expect(record).toHaveProperty('Radius__c');
    expect(record).not.toHaveProperty('Moons__c');
  });

  it('Given an object the caller may not read, When it is queried, Then its type is not supported', () => {
    expect(errorOf('SELECT Id FROM Contact')).toBe("INVALID_TYPE: sObject type 'Contact' is not supported");
  });

  it('Given an object the caller may not read, When a path leads to it, Then the relationship is not understood', () => {
    expect(errorOf('SELECT Contact.Name FROM Case')).toBe(
      "INVALID_FIELD: Didn't understand relationship 'Contact' in field path",
    );
  });

  it('Given a parent the caller may not see, When it is selected, Then only its name shows', () => {
    const [record = {}] = records('SELECT Star__r.Name, Star__r.Mass__c FROM Planet__c LIMIT 1');
    expect(record['Star__r']).toMatchObject({ Name: 'Sun', Mass__c: null });
  });

  it('Given a parent the caller may not see, When its fields are filtered by, Then nothing is given away', () => {
    expect(records('SELECT Id FROM Planet__c WHERE Star__r.Mass__c = 1')).toEqual([]);
  });

  it('Given a semi-join, When the inner rows are not visible, Then they select nothing', () => {
    expect(records('SELECT Id FROM Planet__c WHERE Star__c IN (SELECT Id FROM Star__c)')).toEqual([]);
  });

  it('Given UserRecordAccess of the record, When it is selected, Then it is that of the caller', () => {
    const [record = {}] = records('SELECT Id, UserRecordAccess.HasReadAccess FROM Planet__c LIMIT 1');
    expect(record['UserRecordAccess']).toHaveProperty('HasReadAccess');
  });
});
