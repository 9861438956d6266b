import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  comparePermissionSets,
  parsePermissionSet,
  permissionSet,
  permissionText,
  type PermissionSetDocument,
} from '../../../src/metadata/permission-set.js';
import { parseXml, renderXml } from '../../../src/metadata/xml.js';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';

const empty: PermissionSetDocument = {
  label: 'Set',
  description: null,
  objectPermissions: [],
  fieldPermissions: [],
  userPermissions: [],
  rest: {},
};
const account = {
  object: 'Account',
  read: true,
  create: false,
  edit: true,
  delete: false,
  viewAllRecords: false,
  modifyAllRecords: false,
  viewAllFields: false,
};
/** As the org answers what was deployed. */
const roundTrip = (document: PermissionSetDocument): PermissionSetDocument =>
  parsePermissionSet(parseXml(renderXml('PermissionSet', permissionSet('Set', document).body)).body);
const texts = (permissions: Parameters<typeof permissionText>): readonly string[] => permissions.map(permissionText);
const sut = (actual: PermissionSetDocument, wanted: PermissionSetDocument) => {
  const { missing, extra } = comparePermissionSets(actual, wanted);
  return { missing: missing.flatMap((item) => texts([item])), extra: extra.flatMap((item) => texts([item])) };
};

describe('comparing permission sets', () => {
  it('Given the same permissions in another order and spelling, When compared, Then nothing differs', () => {
    const actual = { ...empty, fieldPermissions: [field('account.RATING'), field('Account.Site')] };
    const wanted = { ...empty, fieldPermissions: [field('Account.Site'), field('Account.Rating')] };

    expect(sut(actual, wanted)).toEqual({ missing: [], extra: [] });
  });

  it('Given an object without any permission, When compared, Then it is as good as absent', () => {
    const none = { ...account, read: false, edit: false };

    expect(sut({ ...empty, objectPermissions: [none] }, empty)).toEqual({ missing: [], extra: [] });
  });

  it('Given less and more than wanted, When compared, Then both are named', () => {
    const actual = {
      ...empty,
      objectPermissions: [{ ...account, viewAllRecords: true }],
      fieldPermissions: [field('Account.Rating')],
    };
    const wanted = {
      ...empty,
      objectPermissions: [{ ...account, create: true }],
      fieldPermissions: [{ field: 'Account.Rating', readable: true, editable: true }],
      userPermissions: ['ViewSetup'],
    };

    expect(sut(actual, wanted)).toEqual({
      missing: ['Account: create', 'Account.Rating: edit', 'ViewSetup'],
      extra: ['Account: viewAllRecords'],
    });
  });

  it('Given any permission set, When deployed and read back, Then nothing differs', () => {
    const names = fc.uniqueArray(fc.constantFrom('Account', 'Contact', 'ns__Invoice__c'));
    const flags = fc.record({
      read: fc.boolean(),
      create: fc.boolean(),
      edit: fc.boolean(),
      delete: fc.boolean(),
      viewAllRecords: fc.boolean(),
      modifyAllRecords: fc.boolean(),
      viewAllFields: fc.boolean(),
    });
    const documents = fc.record({
      label: fc.constant('Set'),
      description: fc.constantFrom(null, 'A & B'),
      objectPermissions: names.chain((objects) =>
        fc.tuple(...objects.map((object) => flags.map((permissions) => ({ object, ...permissions })))),
      ),
      fieldPermissions: names.map((objects) => objects.map((object) => field(`${object}.Name__c`))),
      userPermissions: fc.subarray(['ViewSetup', 'RunReports']),
      rest: fc.constantFrom({}, { tabSettings: { tab: 'standard-Account', visibility: 'Visible' } }),
    });
    fc.assert(
      fc.property(documents, (document) => {
        expect(sut(roundTrip(document), document)).toEqual({ missing: [], extra: [] });
        expect(roundTrip(document)).toMatchObject({ rest: document.rest, description: document.description });
      }),
    );
  });
});

describeWithReference('permission sets of real orgs', () => {
  const folder = referencePath('corpus', 'permissionsets') ?? '';
  const documents = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);

  it.each(documents)('Given %s, When parsed and built again, Then it grants the same and keeps the rest', (_, xml) => {
    const document = parsePermissionSet(parseXml(xml).body);

    expect(sut(roundTrip(document), document)).toEqual({ missing: [], extra: [] });
    expect(roundTrip(document).rest).toEqual({ hasActivationRequired: 'false', ...document.rest });
  });
});

function field(name: string) {
  return { field: name, readable: true, editable: false };
}
