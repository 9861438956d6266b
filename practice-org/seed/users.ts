import type { Values } from '../storage/table.ts';
import { insertRow, type Seeding } from './seeding.ts';

type Person = {
  readonly first: string;
  readonly last: string;
  readonly role: string | null;
  readonly inactive?: boolean;
};

/** Everybody but the administrator; those in leaf roles own the records. */
const people: readonly Person[] = [
  { first: 'Clara', last: 'Ojeda', role: 'CEO' },
  { first: 'Sven', last: 'Lindqvist', role: 'SVP_Sales' },
  { first: 'Amara', last: 'Diallo', role: 'SVP_Service' },
  { first: 'Mira', last: 'Kowalska', role: 'Marketing_Director' },
  { first: 'Elias', last: 'Brandt', role: 'Sales_EMEA' },
  { first: 'Grace', last: 'Whitfield', role: 'Sales_Americas' },
  { first: 'Nora', last: 'Haugen', role: 'Sales_Rep_North' },
  { first: 'Otto', last: 'Nyberg', role: 'Sales_Rep_North' },
  { first: 'Sofia', last: 'Marchetti', role: 'Sales_Rep_South' },
  { first: 'Paulo', last: 'Teixeira', role: 'Sales_Rep_South' },
  { first: 'Emma', last: 'Castellano', role: 'Sales_Rep_East' },
  { first: 'Liam', last: 'Prescott', role: 'Sales_Rep_East' },
  { first: 'Wendy', last: 'Okafor', role: 'Sales_Rep_West' },
  { first: 'Jack', last: 'Delgado', role: 'Sales_Rep_West' },
  { first: 'Priya', last: 'Raman', role: 'Service_Agent' },
  { first: 'Tomas', last: 'Novak', role: 'Service_Agent' },
  { first: 'Hana', last: 'Fujita', role: 'Marketing_Team' },
  { first: 'Rufus', last: 'Alder', role: 'Sales_Rep_North', inactive: true },
];

const languageOf = { en_US: 'en_US', fr: 'fr', de: 'de' } as const;
const localeOf = { en_US: 'en_US', fr: 'fr_FR', de: 'de_DE' } as const;
const timeZoneOf = { en_US: 'America/Los_Angeles', fr: 'Europe/Paris', de: 'Europe/Berlin' } as const;

/** Ids of the active users whose role is a leaf: they own the records. */
export function seedUsers(
  seeding: Seeding,
  profiles: ReadonlyMap<string, string>,
  roles: ReadonlyMap<string, string>,
): readonly string[] {
  const administratorProfile = required(profiles, 'System Administrator');
  const standardProfile = required(profiles, 'Standard User');
  const common = settingsOf(seeding);
  seedUser(seeding, {
    ...common,
    Username: 'admin@practice.example',
    FirstName: 'Ada',
    LastName: 'Admin',
    Email: 'admin@practice.example',
    Alias: 'aadmin',
    CommunityNickname: 'admin',
    IsActive: true,
    ProfileId: administratorProfile,
    UserPermissionsMarketingUser: true,
  });
  const owners: string[] = [];
  for (const person of people) {
    const id = seedUser(seeding, {
      ...common,
      ...identityOf(person),
      ProfileId: standardProfile,
      UserRoleId: person.role === null ? null : required(roles, person.role),
    });
    if (person.inactive !== true && isLeaf(person.role)) owners.push(id);
  }
  return owners;
}

function settingsOf({ settings }: Seeding): Values {
  const { language } = settings.quirks;
  return {
    TimeZoneSidKey: timeZoneOf[language],
    LocaleSidKey: localeOf[language],
    LanguageLocaleKey: languageOf[language],
    EmailEncodingKey: 'UTF-8',
    UserType: 'Standard',
    CompanyName: 'Practice Org',
    DigestFrequency: 'D',
    DefaultGroupNotificationFrequency: 'N',
    UserPreferencesLightningExperiencePreferred: true,
  };
}

function identityOf({ first, last, inactive }: Person): Values {
  const name = `${first}.${last}`.toLowerCase();
  return {
    Username: `${name}@practice.example`,
    FirstName: first,
    LastName: last,
    Email: `${name}@practice.example`,
    Alias: `${first.charAt(0)}${last}`.toLowerCase().slice(0, 8),
    CommunityNickname: name,
    IsActive: inactive !== true,
  };
}

function isLeaf(role: string | null): boolean {
  return role !== null && /_(Rep_\w+|Agent|Team)$/.test(role);
}

/** Every user has a login record and, through the profile, an assignment of the permission set that the profile owns. */
function seedUser(seeding: Seeding, values: Values): string {
  const userId = insertRow(seeding, 'User', values);
  insertRow(seeding, 'UserLogin', { UserId: userId, IsFrozen: false, IsPasswordLocked: false });
  const owned = seeding.store.select('PermissionSet', { ProfileId: values['ProfileId'] ?? null })[0];
  insertRow(seeding, 'PermissionSetAssignment', {
    AssigneeId: userId,
    PermissionSetId: owned?.['Id'] ?? null,
    IsActive: true,
  });
  return userId;
}

function required(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`Not seeded: ${name}`);
  return id;
}
