import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SharingModel, SharingModelValue } from '../../../practice-org/sharing/sharing.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';
import { timedOrg } from '../access/practice-settings.ts';

function models(given: Readonly<Record<string, SharingModelValue | readonly [SharingModelValue, SharingModelValue]>>) {
  const pairs = Object.entries(given).map(([object, value]): [string, SharingModel] => {
    if (typeof value !== 'string') return [object, { internal: value[0], external: value[1] }];
    return [object, { internal: value, external: value === 'ControlledByParent' ? value : 'Private' }];
  });
  return new Map(pairs);
}

const privateFamily = { Account: 'Private', Contact: 'Private', Opportunity: 'Private', Case: 'Private' } as const;

describe('Given organization-wide defaults of a new org', () => {
  it('when they are read, then they are open inside and private outside', () => {
    const { sharing } = timedOrg().org;
    expect([sharing.declaredModel('Account'), sharing.declaredModel('Contact')]).toEqual([
      { internal: 'ReadWrite', external: 'Private' },
      { internal: 'ControlledByParent', external: 'ControlledByParent' },
    ]);
  });

  it('when there is no external sharing model, then external access follows the internal', () => {
    const { sharing } = timedOrg({ quirks: { 'external-sharing': 'off' } }).org;
    expect(sharing.declaredModel('Account')).toEqual({ internal: 'ReadWrite', external: 'ReadWrite' });
  });

  it('when Account goes Private alone, then the wider model of a child is refused', () => {
    const { sharing } = timedOrg().org;
    expect(() => sharing.setModels(models({ Account: 'Private' }))).toThrow(
      'ReadWrite is not a valid sharing model for Opportunity when Account sharing model is Private',
    );
  });

  it('when the whole family goes Private, then it is accepted', () => {
    const { sharing } = timedOrg().org;
    sharing.setModels(models(privateFamily));
    expect(sharing.declaredModel('Case').internal).toBe('Private');
  });

  it('when Account goes Private and Contact stays Controlled by Parent, then it is accepted', () => {
    const { sharing } = timedOrg().org;
    sharing.setModels(models({ ...privateFamily, Contact: 'ControlledByParent' }));
    expect(sharing.declaredModel('Account').internal).toBe('Private');
  });

  it('when Opportunity is to be Controlled by Parent, then it is refused', () => {
    const { sharing } = timedOrg().org;
    expect(() => sharing.setModels(models({ Opportunity: 'ControlledByParent' }))).toThrow(
      'ControlledByParent is not a valid sharing model for Opportunity',
    );
  });

  it('when external access would be wider than internal, then it is refused', () => {
    const { sharing } = timedOrg().org;
    expect(() => sharing.setModels(models({ Lead: ['Private', 'Read'] }))).toThrow(
      "The external access level for an object can't be more permissive than the internal access level",
    );
  });

  it('when only one of the two is Controlled by Parent, then it is refused', () => {
    const { sharing } = timedOrg().org;
    expect(() => sharing.setModels(models({ Contact: ['ControlledByParent', 'Private'] }))).toThrow(
      'must match if either one is set to Controlled by Parent',
    );
  });

  it('when a refused change follows, then nothing of it stays', () => {
    const { sharing } = timedOrg().org;
    expect(() => sharing.setModels(models({ Lead: 'Private', Opportunity: 'ControlledByParent' }))).toThrow();
    expect(sharing.declaredModel('Lead').internal).toBe('ReadWriteTransfer');
  });

  it('when there are person accounts, then Contact cannot have a wider model of its own', () => {
    const { sharing } = timedOrg({ quirks: { 'person-accounts': 'on' } }).org;
    expect(() => sharing.setModels(models({ Contact: 'Private' }))).toThrow('is not a valid sharing model for Contact');
  });

  it('when an object becomes Controlled by Parent, then its sharing rules are deleted', () => {
    const { org, wait } = timedOrg();
    org.sharing.setModels(models(privateFamily));
    wait(1_000);
    org.sharing.putRule({
      kind: 'criteria',
      object: 'Contact',
      fullName: 'Web',
      label: 'Web',
      description: null,
      accessLevel: 'Read',
      accountSettings: null,
      sharedTo: { kind: 'allInternalUsers' },
      sharedFrom: null,
      booleanFilter: null,
      criteriaItems: [{ field: 'LeadSource', operation: 'equals', value: 'Web' }],
      includeRecordsOwnedByAll: true,
      includeHVUOwnedRecords: false,
    });
    wait(1_000);
    org.sharing.setModels(models({ Contact: 'ControlledByParent' }));
    expect(org.sharing.declared.rules).toEqual([]);
  });

  it('when they change, then Organization shows the declared value', () => {
    const { org } = timedOrg();
    org.sharing.setModels(models({ Lead: 'Private' }));
    expect(org.store.select('Organization', {})[0]).toMatchObject({
      DefaultLeadAccess: 'None',
      DefaultContactAccess: 'ControlledByParent',
    });
  });
});

type Sharing = { readonly repository: string; readonly object: string; readonly model: SharingModel };

/** Organization-wide defaults of the objects that one public repository holds; without an external model it equals the internal. */
function corpusDefaults(folder: string): ReadonlyMap<string, readonly Sharing[]> {
  const found = readdirSync(folder).flatMap((file): readonly Sharing[] => {
    const [repository = '', object = ''] = file.replace('.object-meta.xml', '').split('__');
    const xml = readFileSync(join(folder, file), 'utf8');
    const value = (element: string) =>
      new RegExp(`<${element}>(\\w+)</${element}>`).exec(xml)?.[1] as SharingModelValue | undefined;
    const internal = value('sharingModel');
    if (internal === undefined) return [];
    return [{ repository, object, model: { internal, external: value('externalSharingModel') ?? internal } }];
  });
  return Map.groupBy(found, ({ repository }) => repository);
}

describeWithReference('Given organization-wide defaults of real orgs', () => {
  const folder = referencePath('corpus', 'objects');
  const repositories = folder === undefined ? [] : [...corpusDefaults(folder)];

  it.each(repositories)('when those of %s are set, then they are accepted', (_repository, defaults) => {
    const { sharing } = timedOrg().org;
    const account = defaults.find(({ object }) => object === 'Account')?.model;
    const unseen = account?.internal === 'Private' ? models({ Opportunity: 'Private', Case: 'Private' }) : models({});
    const wanted = new Map([...unseen, ...defaults.map(({ object, model }) => [object, model] as const)]);
    sharing.setModels(wanted);
    expect(defaults.map(({ object }) => sharing.declaredModel(object))).toEqual(defaults.map(({ model }) => model));
  });
});
