import { describe, expect, it } from 'vitest';
import { toGrantPart, type GrantFlags } from '../../../src/flags/granted-permissions.js';
import { toHidePart, type HideFlags } from '../../../src/flags/hidden-fields.js';

const noGrant: GrantFlags = {
  sobjects: [],
  readFields: [],
  editFields: [],
  systemPermissions: [],
  permissionSets: [],
  recipe: null,
  allowUnfiltered: false,
};
const noHide: HideFlags = {
  fields: [],
  securityClassification: [],
  complianceGroup: [],
  sobjects: [],
  keepFields: [],
};

const named = (name: string): unknown => expect.objectContaining({ name, actions: [expect.any(String)] });

describe('Given the flags of grant', () => {
  it('When an object is repeated in other letters, Then its accesses add up', () => {
    const { objects } = toGrantPart({ ...noGrant, sobjects: ['Account:edit', 'account:create', 'Lead'] });
    expect(objects).toEqual({ Account: ['edit', 'create'], Lead: ['read'] });
  });

  it.each([
    ['nothing is asked for', {}, 'NothingToGrantError'],
    ['an access is misspelt', { sobjects: ['Account:wirte'] }, 'ObjectAccessExpectedError'],
    ['a field has no object', { readFields: ['Rating'] }, 'FieldExpectedError'],
    ['an object is a pattern', { editFields: ['*.Rating'] }, 'FieldExpectedError'],
    ['a system permission is a label', { systemPermissions: ['View Setup'] }, 'SystemPermissionExpectedError'],
  ])('When %s, Then it is refused by name', (_, flags, name) => {
    expect(() => toGrantPart({ ...noGrant, ...flags })).toThrow(named(name));
  });
});

describe('Given the flags of restrict-fields', () => {
  it('When fields of an object are kept, Then all others of it are hidden', () => {
    const { allExcept } = toHidePart({ ...noHide, sobjects: ['Lead'], keepFields: ['lead.Company', 'Lead.Status'] });
    expect(allExcept).toEqual({ Lead: ['lead.Company', 'Lead.Status'] });
  });

  it.each([
    ['nothing is chosen', {}, 'NothingToHideError'],
    ['a field has no object', { fields: ['Rating'] }, 'FieldExpectedError'],
    [
      'a field is kept of an object that is not named',
      { sobjects: ['Lead'], keepFields: ['Account.Rating'] },
      'KeepFieldWithoutObjectError',
    ],
  ])('When %s, Then it is refused by name', (_, flags, name) => {
    expect(() => toHidePart({ ...noHide, ...flags })).toThrow(named(name));
  });
});
