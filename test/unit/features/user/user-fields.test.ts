import { describe, expect, it } from 'vitest';
import { checkedFields } from '../../../../src/features/user/user-fields.js';
import { userQuestions } from '../../../../src/features/user/questions.js';
import { observe } from '../../../../src/observation/observe.js';
import type { DescribedField } from '../../../../src/observation/question.js';
import { userPart } from '../../../support/engine.ts';
import { fakePort } from '../../../support/fake-port.ts';

function field(name: string, type: string, overrides: Partial<DescribedField> = {}): DescribedField {
  return {
    name,
    label: name,
    type,
    custom: false,
    calculated: false,
    createable: true,
    updateable: true,
    nillable: true,
    permissionable: true,
    length: 0,
    defaultedOnCreate: false,
    compoundFieldName: null,
    nameField: false,
    referenceTo: [],
    relationshipName: null,
    autoNumber: false,
    externalId: false,
    idLookup: false,
    unique: false,
    restrictedPicklist: false,
    picklistValues: [],
    calculatedFormula: null,
    ...overrides,
  };
}

const described = [
  field('Department', 'string', { length: 10 }),
  field('UserPermissionsMarketingUser', 'boolean', { nillable: false }),
  field('StartDay', 'picklist', { restrictedPicklist: true, picklistValues: [{ value: '6', active: true }] }),
  field('Region__c', 'picklist', { picklistValues: [{ value: 'North', active: true }] }),
  field('Score__c', 'double'),
  field('Since__c', 'date'),
  field('ManagerId', 'reference'),
  field('CreatedDate', 'datetime', { createable: false, updateable: false }),
];

const description = {
  name: 'User',
  label: 'User',
  custom: false,
  queryable: true,
  createable: true,
  updateable: true,
  keyPrefix: '005',
  fields: described,
};
const port = fakePort({ describe: () => Promise.resolve({ ok: true, value: description }) });
const answers = await observe(() => [userQuestions.userDescription], port);

const check = (name: string, value: string) => checkedFields(userPart({ fields: { [name]: value } }), true, answers);

describe('Given the described fields of User', () => {
  it.each([
    ['department', 'Marketing', { Department: 'Marketing' }],
    ['Department', '', { Department: null }],
    ['UserPermissionsMarketingUser', 'TRUE', { UserPermissionsMarketingUser: true }],
    ['StartDay', '6', { StartDay: '6' }],
    ['Region__c', 'north', { Region__c: 'North' }],
    ['Region__c', 'West', { Region__c: 'West' }],
    ['Score__c', '1.5', { Score__c: 1.5 }],
    ['Since__c', '2026-12-31', { Since__c: '2026-12-31' }],
    ['ManagerId', '005g1000000000K', { ManagerId: '005g1000000000K' }],
  ])('When %s is "%s", Then the value is converted by its type', (name, value, expected) => {
    expect(check(name, value)).toEqual({ values: expected, findings: [] });
  });

  it.each([
    ['Department', 'more than ten', 'WrongUserFieldValue'],
    ['UserPermissionsMarketingUser', 'yes', 'WrongUserFieldValue'],
    ['UserPermissionsMarketingUser', '', 'WrongUserFieldValue'],
    ['StartDay', '7', 'WrongUserFieldValue'],
    ['Score__c', 'many', 'WrongUserFieldValue'],
    ['Since__c', '2026-13-45', 'WrongUserFieldValue'],
    ['ManagerId', 'Jane', 'WrongUserFieldValue'],
    ['CreatedDate', '2026-12-31', 'UserFieldNotWritable'],
    ['Deparment', 'x', 'UnknownUserField'],
    ['Email', 'x', 'UserFieldHasFlag'],
  ])('When %s is "%s", Then there is an error and no value', (name, value, code) => {
    const { values, findings } = check(name, value);
    expect({ values, findings }).toMatchObject({ values: {}, findings: [{ severity: 'error', code }] });
  });

  it('When a name is misspelt, Then the nearest is suggested', () => {
    expect(check('Deparment', 'x').findings[0]?.fix).toContain('Department');
  });
});
