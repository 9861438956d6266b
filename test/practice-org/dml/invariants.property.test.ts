import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SalesforceError } from '../../../practice-org/org/errors.ts';
import { DmlOrg, NothingThere } from './dml-org.ts';

type Step = { readonly action: keyof typeof actions; readonly who: number; readonly what: number };

const setNames = ['Reads_Accounts', 'Reads_Contacts', 'Views_Setup'];

/** Each step does one thing that the org may accept or refuse. */
const actions = {
  createUser: (sut, { who }) => void sut.integrationUser({ Username: username(who), CommunityNickname: `user${who}` }),
  deactivate: (sut, { who }) => void sut.update('User', userId(sut, who), { IsActive: false }),
  reactivate: (sut, { who }) => void sut.update('User', userId(sut, who), { IsActive: true }),
  changeProfile: (sut, { who, what }) => {
    const profile = what % 2 === 0 ? sut.integrationProfile() : sut.idWhere('Profile', { Name: 'Standard User' });
    sut.update('User', userId(sut, who), { ProfileId: profile });
  },
  assignLicence: (sut, { who }) => void sut.assignIntegrationLicence(userId(sut, who)),
  removeLicence: (sut, { who }) =>
    sut.delete(
      'PermissionSetLicenseAssign',
      sut.idWhere('PermissionSetLicenseAssign', { AssigneeId: userId(sut, who) }),
    ),
  assignSet: (sut, { who, what }) => void sut.assign(setId(sut, what), userId(sut, who)),
  removeSet: (sut, { who, what }) =>
    sut.delete(
      'PermissionSetAssignment',
      sut.idWhere('PermissionSetAssignment', { AssigneeId: userId(sut, who), PermissionSetId: setId(sut, what) }),
    ),
} as const satisfies Record<string, (sut: DmlOrg, step: { readonly who: number; readonly what: number }) => void>;

function username(who: number): string {
  return `user${who}@acme.example`;
}

function userId(sut: DmlOrg, who: number): string {
  return (
    sut.org.store.select('User', { Username: username(who) }).map((row) => String(row['Id']))[0] ?? '005000000000000'
  );
}

function setId(sut: DmlOrg, what: number): string {
  return sut.idWhere('PermissionSet', { Name: setNames[what % setNames.length] ?? '' });
}

const step: fc.Arbitrary<Step> = fc.record({
  action: fc.constantFrom(...(Object.keys(actions) as (keyof typeof actions)[])),
  who: fc.nat(7),
  what: fc.nat(2),
});

function orgWithSets(): DmlOrg {
  const sut = new DmlOrg({ records: 0 });
  const [accounts = '', contacts = '', setup = ''] = setNames;
  sut.grantObject(sut.permissionSet(accounts), 'Account');
  sut.grantObject(sut.permissionSet(contacts), 'Contact');
  sut.permissionSet(setup, { PermissionsViewSetup: true });
  return sut;
}

/** Refusals and steps that have nothing to work on are part of the game. */
function attempt(sut: DmlOrg, { action, ...target }: Step): 'done' | 'refused' {
  try {
    actions[action](sut, target);
    return 'done';
  } catch (error) {
    if (error instanceof SalesforceError || error instanceof NothingThere) return 'refused';
    throw error;
  }
}

const tables = [
  'User',
  'UserLogin',
  'UserLicense',
  'PermissionSetLicense',
  'PermissionSetLicenseAssign',
  'PermissionSetAssignment',
  'SetupAuditTrail',
];

function picture(sut: DmlOrg): string {
  return JSON.stringify(tables.map((table) => sut.org.store.select(table, {})));
}

function activeUsersOn(sut: DmlOrg, licence: string): number {
  const profiles = sut.org.store.select('Profile', { UserLicenseId: sut.idWhere('UserLicense', { Name: licence }) });
  return profiles.reduce((count, { Id = null }) => count + sut.count('User', { ProfileId: Id, IsActive: true }), 0);
}

describe('Given any sequence of changes to users, licences and assignments', () => {
  const check = (property: (sut: DmlOrg, step: Step) => void) => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const sut = orgWithSets();
        for (const one of steps) property(sut, one);
      }),
      { numRuns: 12 },
    );
  };

  it('When a step is refused, Then no row is different from before', () => {
    check((sut, one) => {
      const before = picture(sut);
      if (attempt(sut, one) === 'refused') expect(picture(sut)).toBe(before);
    });
  });

  it('When a step is done, Then the licence counts its active users and never more than its seats', () => {
    check((sut, one) => {
      attempt(sut, one);
      const licence = sut.find('UserLicense', sut.idWhere('UserLicense', { Name: 'Salesforce Integration' }));
      expect(licence['UsedLicenses']).toBe(activeUsersOn(sut, 'Salesforce Integration'));
      expect(Number(licence['UsedLicenses'])).toBeLessThanOrEqual(Number(licence['TotalLicenses']));
    });
  });

  it('When a step is done, Then every user has exactly the assignment of its own profile’s set', () => {
    check((sut, one) => {
      attempt(sut, one);
      for (const { Id = null, ProfileId = null } of sut.org.store.select('User', {})) {
        const owned = sut.org.store
          .select('PermissionSet', { IsOwnedByProfile: true })
          .filter(
            ({ Id: set = null }) => sut.count('PermissionSetAssignment', { AssigneeId: Id, PermissionSetId: set }) > 0,
          );
        expect(owned.map((set) => set['ProfileId'])).toEqual([ProfileId]);
      }
    });
  });
});
