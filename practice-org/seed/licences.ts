import { systemPermissions } from '../schema/catalogue/system-permissions.ts';
import type { Value } from '../storage/table.ts';
import { insertRow, type Seeding } from './seeding.ts';

type LicenceSeed = { readonly name: string; readonly key: string; readonly seats: number };

const commonLicences: readonly LicenceSeed[] = [
  { name: 'Salesforce', key: 'SFDC', seats: 100 },
  { name: 'Salesforce Platform', key: 'AUL', seats: 20 },
  { name: 'Chatter Free', key: 'CSN_User', seats: 5000 },
  { name: 'Chatter External', key: 'CSN_External_User', seats: 500 },
  { name: 'Identity', key: 'IdentityUser', seats: 100 },
];

/** Enterprise Edition has five of them, Professional Edition has none (Salesforce Help, platform.integration_user). */
const integrationLicence: LicenceSeed = {
  name: 'Salesforce Integration',
  // What the real key is, no public source shows: nobody should rely on it.
  key: 'PracticeOrgIntegration',
  seats: 5,
};

const integrationPermissionSetLicence = 'SalesforceAPIIntegrationPsl';

/** One report has it that the integration licence cannot hold activities; users of it have no user interface either. */
const notForIntegrations = new Set([
  'EditTask',
  'EditEvent',
  'ActivitiesAccess',
  'LightningExperienceUser',
  'ManageMobile',
]);

function hasIntegrationLicence({ settings }: Seeding): boolean {
  return settings.quirks.edition !== 'professional';
}

/** Ids of the user licences by name. */
export function seedUserLicences(seeding: Seeding): ReadonlyMap<string, string> {
  const licences = hasIntegrationLicence(seeding) ? [...commonLicences, integrationLicence] : commonLicences;
  return new Map(
    licences.map(({ name, key, seats }) => [
      name,
      insertRow(seeding, 'UserLicense', {
        Name: name,
        MasterLabel: name,
        LicenseDefinitionKey: key,
        TotalLicenses: seats,
        UsedLicenses: 0,
        Status: 'Active',
        UsedLicensesLastUpdated: seeding.now,
      }),
    ]),
  );
}

/** Seats are taken by active users. */
export function countUsedLicences({ store }: Seeding): void {
  const licences = store.table('UserLicense');
  const taken = store.select('User', { IsActive: true }).map((user) => {
    const profile = store.find('Profile', String(user['ProfileId']));
    return String(profile?.['UserLicenseId']);
  });
  for (const [licenceId, users] of Map.groupBy(taken, (licenceId) => licenceId)) {
    const row = licences.rowOf(licenceId);
    if (row !== undefined) licences.update(row, { UsedLicenses: users.length });
  }
}

export function seedPermissionSetLicences(seeding: Seeding): void {
  if (hasIntegrationLicence(seeding)) {
    const allowed = systemPermissions.filter((name) => !notForIntegrations.has(name));
    insertPermissionSetLicence(seeding, integrationPermissionSetLicence, 'Salesforce API Integration', 5, allowed);
  }
  insertPermissionSetLicence(seeding, 'CRMUserPsl', 'CRM User', 100, [
    'ApiEnabled',
    'RunReports',
    'EditTask',
    'EditEvent',
  ]);
  insertPermissionSetLicence(seeding, 'IdentityConnect', 'Identity Connect', 10, ['IdentityConnect']);
}

function insertPermissionSetLicence(
  seeding: Seeding,
  developerName: string,
  label: string,
  seats: number,
  allowed: readonly string[],
): void {
  const maximum: Record<string, Value> = {};
  for (const name of allowed) maximum[`MaximumPermissions${name}`] = true;
  insertRow(seeding, 'PermissionSetLicense', {
    DeveloperName: developerName,
    MasterLabel: label,
    Language: 'en_US',
    PermissionSetLicenseKey: developerName,
    TotalLicenses: seats,
    UsedLicenses: 0,
    Status: 'Active',
    IsAvailableForIntegrations: developerName === integrationPermissionSetLicence,
    ...maximum,
  });
}
