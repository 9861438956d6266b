import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeGlobal, describeObject } from '../../../practice-org/catalog/describe.ts';
import { checkbox } from '../../../practice-org/schema/notation.ts';
import { SalesforceError } from '../../../practice-org/org/errors.ts';
import type { Caller, PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';
import { timedOrg } from '../access/practice-settings.ts';

type Json = Readonly<Record<string, unknown>>;

let org: PracticeOrg;
let admin: Caller;
beforeAll(() => {
  ({ org } = timedOrg());
  admin = { userId: org.adminUserId, apiVersion: 66 };
});

function fieldOf(describe: { readonly fields: readonly Json[] }, name: string): Json {
  const found = describe.fields.find((field) => field['name'] === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

/** The first body text inside a recorded HTTP exchange. */
function recordedBody(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, part] of Object.entries(value)) {
    if (key === 'string' && typeof part === 'string') return part;
    const found = recordedBody(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Recorded = Json & { readonly fields: readonly Json[]; readonly sobjects: readonly Json[] };

function recorded(name: string): Recorded {
  const file = referencePath(
    'wire',
    'recorded',
    'cumulusci',
    `tests__shared_cassettes__GET_sobjects_${name}_describe.yaml`,
  );
  return JSON.parse(recordedBody(parse(readFileSync(file ?? '', 'utf8'))) ?? '{}') as Recorded;
}

/** What clients decide by. The recorded org had person accounts and shortened picklists, hence not every property. */
const decisiveProperties = [
  'autoNumber',
  'calculated',
  'createable',
  'custom',
  'digits',
  'filterable',
  'nameField',
  'nillable',
  'permissionable',
  'polymorphicForeignKey',
  'scale',
  'searchPrefilterable',
  'soapType',
  'type',
  'updateable',
] as const;

describeWithReference('describe beside recorded ones', () => {
  it.each(['Account', 'Contact', 'Case'])(
    'Given %s, When it is described, Then it has every property recorded',
    (name) => {
      const mine = describeObject(org, admin, name);
      const theirs = recorded(name);
      expect(Object.keys(theirs).filter((key) => !(key in mine))).toEqual([]);
      expect(Object.keys(theirs.fields[0] ?? {}).sort()).toEqual(Object.keys(mine.fields[0] ?? {}).sort());
    },
  );

  it.each(['Account', 'Contact', 'Case'])(
    'Given %s, When its fields are described, Then they behave as recorded',
    (name) => {
      const mine = describeObject(org, admin, name);
      const names = new Set(mine.fields.map((field) => field['name']));
      const common = recorded(name).fields.filter((field) => names.has(field['name']));
      const decisive = (field: Json): Json => Object.fromEntries(decisiveProperties.map((key) => [key, field[key]]));
      expect(common.length).toBeGreaterThan(20);
      for (const field of common) {
        expect({ name: field['name'], ...decisive(fieldOf(mine, String(field['name']))) }).toEqual({
          name: field['name'],
          ...decisive(field),
        });
      }
    },
  );

  it('Given the global describe, When an object is listed, Then it has every property recorded', () => {
    const [mine = {}] = describeGlobal(org, admin).sobjects;
    expect(Object.keys(mine).sort()).toEqual(Object.keys(recorded('Global').sobjects[0] ?? {}).sort());
  });
});

describe('describe as a caller', () => {
  it('Given a field hidden from the caller, When the object is described, Then the field is absent', () => {
    org.schema.putField('Account', checkbox('Flag__c', undefined, { custom: true }));
    const names = describeObject(org, admin, 'Account').fields.map((field) => field['name']);
    expect(names).not.toContain('Flag__c');
  });

  it('Given an object the caller cannot read, When it is described, Then it does not exist', () => {
    const nobody: Caller = { userId: '005000000000001AAA', apiVersion: 66 };
    expect(() => describeObject(org, nobody, 'Account')).toThrow(SalesforceError);
  });

  it('Given FieldPermissions, When Field is described, Then its picklist lists wholes and not parts', () => {
    const options = fieldOf(describeObject(org, admin, 'FieldPermissions'), 'Field')['picklistValues'];
    const values = (options as ReadonlyArray<{ readonly value: string }>).map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(['Account.BillingAddress', 'Account.Rating', 'Contact.AccountId']));
    expect(values).not.toEqual(expect.arrayContaining(['Account.BillingCity']));
    expect(values).not.toEqual(expect.arrayContaining(['Account.Name']));
    expect(values).not.toEqual(expect.arrayContaining(['Account.OwnerId']));
  });

  it('Given ObjectPermissions, When SobjectType is described, Then Task and Event are left out', () => {
    const options = fieldOf(describeObject(org, admin, 'ObjectPermissions'), 'SobjectType')['picklistValues'];
    const values = (options as ReadonlyArray<{ readonly value: string }>).map(({ value }) => value);
    expect(values).toContain('Account');
    expect(values).not.toContain('Task');
    expect(values).not.toContain('User');
  });
});
