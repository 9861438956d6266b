import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import { systemPermissions } from '../schema/catalogue/system-permissions.ts';
import type { Value } from '../storage/table.ts';
import { localizedProfileName } from './profile-names.ts';
import { insertRow, type Seeding } from './seeding.ts';

type ObjectGrant = 'none' | 'edit' | 'all';
type FieldGrant = 'none' | 'edit' | 'integration';
type ProfileSeed = {
  readonly fullName: string;
  readonly licence: string;
  readonly permissions: readonly string[];
  readonly objects: ObjectGrant;
  readonly fields: FieldGrant;
  readonly generation?: 'old' | 'new';
};

/** Never a system administrator's: they take something away, or belong to users of another kind. */
const notForAdministrators = new Set([
  'ApiUserOnly',
  'IsSsoEnabled',
  'PreventClassicExperience',
  'ForceTwoFactor',
  'BulkApiHardDelete',
  'QueryAllFiles',
  'PasswordNeverExpires',
  'TransactionSecurityExempt',
  'ViewAllFieldsGlobal',
]);

const everydayPermissions = (
  'ActivateContract ActivateOrder ActivitiesAccess AddDirectMessageMembers AllowViewKnowledge ApiEnabled AssignTopics ChatterInternalUser ' +
  'ChatterInviteExternalUsers ChatterOwnGroups ConvertLeads CreateTopics DistributeFromPersWksp EditCaseComments EditEvent EditTask ' +
  'EditTopics EmailMass EmailSingle ExportReport ImportPersonal LightningConsoleAllowedForUser LightningExperienceUser ' +
  'ListEmailSend RunFlow RunReports SelectFilesFromSalesforce SendSitRequests ShowCompanyNameAsUserBadge SubmitMacrosAllowed ' +
  'SubscribeToLightningReports UseWebLink ViewHelpLink ViewRoles ViewSetup'
).split(' ');

/** Exactly these in every integration profile that was retrieved from a real org. */
const integrationPermissions = ['ApiEnabled', 'ApiUserOnly', 'ChatterInternalUser'];

const profiles: readonly ProfileSeed[] = [
  {
    fullName: 'System Administrator',
    licence: 'Salesforce',
    permissions: systemPermissions.filter((name) => !notForAdministrators.has(name)),
    objects: 'all',
    fields: 'edit',
  },
  {
    fullName: 'Standard User',
    licence: 'Salesforce',
    permissions: everydayPermissions,
    objects: 'edit',
    fields: 'edit',
  },
  {
    fullName: 'Minimum Access - Salesforce',
    licence: 'Salesforce',
    permissions: ['ActivitiesAccess', 'ChatterInternalUser', 'LightningConsoleAllowedForUser', 'ViewHelpLink'],
    objects: 'none',
    fields: 'none',
  },
  {
    fullName: 'Salesforce API Only System Integrations',
    licence: 'Salesforce Integration',
    permissions: integrationPermissions,
    objects: 'none',
    fields: 'integration',
    generation: 'old',
  },
  {
    fullName: 'Minimum Access - API Only Integrations',
    licence: 'Salesforce Integration',
    permissions: integrationPermissions,
    objects: 'none',
    fields: 'none',
    generation: 'new',
  },
];

/** Ids of the profiles by full name. */
export function seedProfiles(seeding: Seeding, licences: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const { profileGeneration } = seeding.settings;
  const ids = new Map<string, string>();
  for (const profile of profiles) {
    const licenceId = licences.get(profile.licence);
    const isOtherGeneration =
      profile.generation && profileGeneration !== 'both' && profileGeneration !== profile.generation;
    if (licenceId !== undefined && !isOtherGeneration)
      ids.set(profile.fullName, seedProfile(seeding, profile, licenceId));
  }
  return ids;
}

function seedProfile(seeding: Seeding, profile: ProfileSeed, licenceId: string): string {
  const granted: Record<string, Value> = {};
  for (const name of profile.permissions) granted[`Permissions${name}`] = true;
  const profileId = insertRow(seeding, 'Profile', {
    Name: localizedProfileName(profile.fullName, seeding.settings.quirks.language),
    UserLicenseId: licenceId,
    UserType: 'Standard',
    ...granted,
  });
  const ownedSetId = insertProfileOwnedSet(seeding, profileId, licenceId, granted);
  seedObjectPermissions(seeding, ownedSetId, profile.objects);
  seedFieldPermissions(seeding, ownedSetId, profile.fields);
  return profileId;
}

/** Permissions of a profile live in a permission set that belongs to it (Object Reference, PermissionSet). */
function insertProfileOwnedSet(
  seeding: Seeding,
  profileId: string,
  licenceId: string,
  granted: Readonly<Record<string, Value>>,
): string {
  const name = `X${profileId.slice(0, 15)}`;
  return insertRow(seeding, 'PermissionSet', {
    Name: name,
    Label: name,
    ProfileId: profileId,
    LicenseId: licenceId,
    IsOwnedByProfile: true,
    IsCustom: false,
    Type: 'Profile',
    ...granted,
  });
}

function seedObjectPermissions(seeding: Seeding, parentId: string, grant: ObjectGrant): void {
  if (grant === 'none') return;
  for (const object of permissionableObjects(seeding)) {
    if (object.permissionsFollow !== undefined) continue;
    const whole = grant === 'all' && !withoutViewAll.has(object.name);
    insertRow(seeding, 'ObjectPermissions', {
      ParentId: parentId,
      SobjectType: object.name,
      PermissionsRead: true,
      PermissionsCreate: true,
      PermissionsEdit: true,
      PermissionsDelete: true,
      PermissionsViewAllRecords: whole,
      PermissionsModifyAllRecords: whole,
    });
  }
}

/** View All and Modify All are silently dropped on these. */
const withoutViewAll = new Set(['Idea', 'Pricebook2', 'Product2']);

function permissionableObjects({ schema }: Seeding): readonly ObjectDefinition[] {
  return [...schema.objects()].filter((object) => object.permissionable);
}

function seedFieldPermissions(seeding: Seeding, parentId: string, grant: FieldGrant): void {
  if (grant === 'none') return;
  for (const object of permissionableObjects(seeding)) {
    for (const field of object.fields.values()) {
      if (field.permissionable) insertFieldPermission(seeding, parentId, object, field, grant);
    }
  }
}

/** The old integration profile of real orgs reads all these fields and edits about half of them. */
const readOnlyForIntegrations = /(Code|Desc|Number|Source|Reason|Group|Type|Name|Key)$/;

function insertFieldPermission(
  seeding: Seeding,
  parentId: string,
  object: ObjectDefinition,
  field: FieldDefinition,
  grant: FieldGrant,
): void {
  const isWritable = field.type === 'address' || field.createable || field.updateable;
  const edit = isWritable && (grant === 'edit' || !readOnlyForIntegrations.test(field.name));
  insertRow(seeding, 'FieldPermissions', {
    ParentId: parentId,
    SobjectType: object.name,
    Field: `${object.name}.${field.name}`,
    PermissionsRead: true,
    PermissionsEdit: edit,
  });
}
