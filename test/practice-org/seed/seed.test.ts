import { describe, expect, it } from 'vitest';
import { createPracticeOrg } from '../../../practice-org/org/create-org.ts';
import type { PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import type { OrgSettings, Quirks } from '../../../practice-org/org/settings.ts';
import type { Values } from '../../../practice-org/storage/table.ts';

const quirks: Quirks = {
  'entity-definition': 'instant',
  'composite-setup': 'accept',
  'check-only': 'combined',
  'field-permissions': 'rows',
  'user-access': 'both',
  'external-sharing': 'off',
  role: 'accept',
  'person-accounts': 'off',
  language: 'en_US',
  edition: 'enterprise',
  retrieve: 'normalised',
  'nested-semi-join': 'accept',
};
const usual: OrgSettings = {
  records: 200,
  seed: 1,
  latencyMs: 0,
  recalculationMs: 0,
  profileGeneration: 'both',
  quirks,
};
const oldProfile = 'Salesforce API Only System Integrations';
const newProfile = 'Minimum Access - API Only Integrations';

function orgWith(settings: Partial<OrgSettings> = {}, changed: Partial<Quirks> = {}): PracticeOrg {
  return createPracticeOrg({ ...usual, ...settings, quirks: { ...quirks, ...changed } });
}

function only(rows: readonly Values[]): Values {
  expect(rows).toHaveLength(1);
  return rows[0] ?? {};
}

function ownedSet(org: PracticeOrg, profileName: string): Values {
  const profile = only(org.store.select('Profile', { Name: profileName }));
  return only(org.store.select('PermissionSet', { ProfileId: profile['Id'] ?? null }));
}

function grantedNames(permissions: Values): readonly string[] {
  return Object.keys(permissions).filter((name) => name.startsWith('Permissions') && permissions[name] === true);
}

describe('Integration profiles', () => {
  it.each([
    ['old', [oldProfile]],
    ['new', [newProfile]],
    ['both', [oldProfile, newProfile]],
  ] as const)(
    'Given generation %s, When profiles of the licence are listed, Then they are that generation’s',
    (profileGeneration, names) => {
      const org = orgWith({ profileGeneration });
      const licence = only(org.store.select('UserLicense', { Name: 'Salesforce Integration' }));
      const profiles = org.store.select('Profile', { UserLicenseId: licence['Id'] ?? null });
      expect(profiles.map((profile) => profile['Name'])).toEqual(names);
    },
  );

  it.each([oldProfile, newProfile])(
    'Given %s, When its permissions are read, Then they are exactly those of real orgs',
    (name) => {
      expect(grantedNames(ownedSet(orgWith(), name))).toEqual([
        'PermissionsApiEnabled',
        'PermissionsApiUserOnly',
        'PermissionsChatterInternalUser',
      ]);
    },
  );

  it.each([oldProfile, newProfile])(
    'Given %s, When its object permissions are counted, Then there are none',
    (name) => {
      const org = orgWith();
      expect(org.store.select('ObjectPermissions', { ParentId: ownedSet(org, name)['Id'] ?? null })).toEqual([]);
    },
  );

  it('Given the old profile, When its field permissions are counted, Then hundreds of fields are readable and fewer editable', () => {
    const org = orgWith();
    const rows = org.store.select('FieldPermissions', { ParentId: ownedSet(org, oldProfile)['Id'] ?? null });
    const editable = rows.filter((row) => row['PermissionsEdit'] === true);
    expect(rows.length).toBeGreaterThan(150);
    expect(editable.length).toBeLessThan(rows.length);
  });

  it('Given the new profile, When its field permissions are counted, Then there are none', () => {
    const org = orgWith();
    expect(org.store.select('FieldPermissions', { ParentId: ownedSet(org, newProfile)['Id'] ?? null })).toEqual([]);
  });

  it.each([
    ['fr', 'Accès minimum - Intégrations API uniquement'],
    ['de', 'Mindestzugriff - Reine API-Integrationen'],
  ] as const)(
    'Given an org that speaks %s, When the profile is listed, Then its name is translated',
    (language, name) => {
      expect(orgWith({}, { language }).store.select('Profile', { Name: name })).toHaveLength(1);
    },
  );
});

describe('Licences', () => {
  it('Given Enterprise Edition, When seats are read, Then there are five of the licence and of the permission set licence', () => {
    const { store } = orgWith();
    const seats = [
      only(store.select('UserLicense', { Name: 'Salesforce Integration' })),
      only(store.select('PermissionSetLicense', { DeveloperName: 'SalesforceAPIIntegrationPsl' })),
    ].map((row) => [row['TotalLicenses'], row['UsedLicenses']]);
    expect(seats).toEqual([
      [5, 0],
      [5, 0],
    ]);
  });

  it('Given Professional Edition, When the integration licence is looked for, Then there is none', () => {
    const { store } = orgWith({}, { edition: 'professional' });
    expect(store.select('UserLicense', { Name: 'Salesforce Integration' })).toEqual([]);
  });

  it('Given seeded users, When used licences are read, Then they are the active users', () => {
    const { store } = orgWith();
    const active = store.select('User', { IsActive: true }).length;
    expect(only(store.select('UserLicense', { Name: 'Salesforce' }))['UsedLicenses']).toBe(active);
  });
});

describe('Users', () => {
  it('Given a new org, When the administrator is looked up, Then it is the org’s admin user with the profile’s permission set', () => {
    const org = orgWith();
    const administrator = only(org.store.select('User', { Username: 'admin@practice.example' }));
    const assigned = org.store.select('PermissionSetAssignment', { AssigneeId: administrator['Id'] ?? null });
    expect(administrator['Id']).toBe(org.adminUserId);
    expect(only(assigned)['PermissionSetId']).toBe(ownedSet(org, 'System Administrator')['Id']);
  });

  it('Given every user, When login records are counted, Then each has one', () => {
    const { store } = orgWith();
    expect(store.table('UserLogin').rowCount).toBe(store.table('User').rowCount);
  });
});

describe('Records', () => {
  it('Given --records 200, When rows are counted, Then they are N, N, N/2, N/2 and N/4', () => {
    const { store } = orgWith();
    const counts = ['Account', 'Contact', 'Lead', 'Opportunity', 'Case'].map((name) => store.table(name).rowCount);
    expect(counts).toEqual([200, 200, 100, 100, 50]);
  });

  it.each([
    ['Account', 'Name'],
    ['Contact', 'LastName'],
    ['Lead', 'LastName'],
    ['Opportunity', 'Name'],
  ])('Given %s rows, When %s is read, Then it ends in the running number', (object, field) => {
    const table = orgWith().store.table(object);
    const read = table.reader(field);
    const numbers = Array.from({ length: table.rowCount }, (_, row) => /(\d+)$/.exec(String(read(row)))?.[1]);
    expect(numbers).toEqual(numbers.map((_, row) => String(row + 1)));
  });

  it('Given the same seed, When two orgs are made, Then their records are equal', () => {
    const [one, other] = [orgWith(), orgWith()].map(({ store }) => store.select('Opportunity', {}));
    expect(one).toEqual(other);
  });

  it('Given another seed, When two orgs are made, Then Ids and records differ', () => {
    const [one, other] = [orgWith({ seed: 1 }), orgWith({ seed: 2 })].map(({ store }) => store.select('Account', {}));
    expect(one?.[0]?.['Id']).not.toBe(other?.[0]?.['Id']);
  });

  it('Given contacts, When their accounts are read, Then some have none', () => {
    expect(orgWith().store.select('Contact', { AccountId: null }).length).toBeGreaterThan(0);
  });

  it.each(['Contact', 'Opportunity', 'Case'])(
    'Given %s rows, When owners are compared, Then some belong to others than the account does',
    (object) => {
      const { store } = orgWith();
      const owners = store
        .select(object, {})
        .filter((row) => row['AccountId'] !== null)
        .map((row) => [row['OwnerId'], store.find('Account', String(row['AccountId']))?.['OwnerId']]);
      expect(owners.some(([child, parent]) => child !== parent)).toBe(true);
      expect(owners.some(([child, parent]) => child === parent)).toBe(true);
    },
  );

  it('Given every reference of a seeded record, When it is followed, Then it exists', () => {
    const { store } = orgWith();
    const references = ['Contact', 'Opportunity', 'Case'].flatMap((object) =>
      store.select(object, {}).flatMap((row) => [
        ['User', row['OwnerId']],
        ['Account', row['AccountId']],
        ['Contact', row['ContactId']],
      ]),
    );
    const dangling = references.filter(([object, id]) => id != null && !store.find(String(object), String(id)));
    expect(dangling).toEqual([]);
  });

  it('Given person accounts, When the contact of one is read, Then both name each other', () => {
    const { store } = orgWith({}, { 'person-accounts': 'on' });
    const persons = store.select('Account', { IsPersonAccount: true });
    expect(persons.map((account) => account['Name'])).toEqual(
      persons.map((account) => store.find('Contact', String(account['PersonContactId']))?.['Name']),
    );
    const pairs = persons.map((account) => [
      account['Id'],
      store.find('Contact', String(account['PersonContactId']))?.['AccountId'],
    ]);
    expect(pairs.length).toBe(20);
    expect(pairs.filter(([account, back]) => account !== back)).toEqual([]);
  });

  it('Given restricted picklists, When seeded values are checked, Then each is one of the field’s values', () => {
    const { store, schema } = orgWith();
    const wrong = ['Account', 'Contact', 'Lead', 'Opportunity', 'Case', 'User', 'Organization', 'UserRole'].flatMap(
      (object) =>
        [...(schema.object(object)?.fields.values() ?? [])]
          .filter((field) => field.type === 'picklist')
          .flatMap((field) => {
            const allowed = new Set(field.picklistValues.map(({ value }) => value));
            return store
              .select(object, {})
              .map((row) => row[field.name])
              .filter((value) => typeof value === 'string' && !allowed.has(value))
              .map((value) => `${object}.${field.name}: ${String(value)}`);
          }),
    );
    expect([...new Set(wrong)]).toEqual([]);
  });
});
