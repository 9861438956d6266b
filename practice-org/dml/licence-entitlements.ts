import type { PracticeOrg } from '../org/practice-org.ts';
import { textOf, type StoredRecord } from './object-rule.ts';
import { userLicenceOfUser } from './licence-seats.ts';
import { recordById, recordsWhere } from './table-rows.ts';

/** The only licence of this org that allows less than a permission set may grant. */
const restrictedLicence = 'Salesforce Integration';
/** What makes standard objects available to it (help, integration_user). */
const objectsLicence = 'SalesforceAPIIntegrationPsl';
/** What the licence brings by itself: the permissions of the profiles that Salesforce ships for it. */
const includedPermissions: ReadonlySet<string> = new Set(['ApiEnabled', 'ApiUserOnly', 'ChatterInternalUser']);

/** What a user's licences allow to be granted. */
type Entitlements = {
  readonly standardObjects: boolean;
  allowsSystemPermission(name: string): boolean;
};

const unrestricted: Entitlements = { standardObjects: true, allowsSystemPermission: () => true };

/** `without` leaves one permission set licence assignment out, to ask what its removal would take away. */
export function entitlementsOf(org: PracticeOrg, userId: string, without?: string): Entitlements {
  const licence = userLicenceOfUser(org, userId);
  if (!licence || textOf(licence, 'Name') !== restrictedLicence) return unrestricted;
  const licences = recordsWhere(org, 'PermissionSetLicenseAssign', { AssigneeId: userId })
    .filter(({ id }) => id !== without)
    .flatMap((assignment) => recordById(org, 'PermissionSetLicense', assignment.get('PermissionSetLicenseId')) ?? [])
    .filter((one) => one.get('Status') === 'Active');
  return {
    standardObjects: licences.some((one) => textOf(one, 'DeveloperName') === objectsLicence),
    allowsSystemPermission: (name) =>
      includedPermissions.has(name) || licences.some((one) => one.get(`MaximumPermissions${name}`) === true),
  };
}

/** The first permission of a permission set that the licences do not allow, as Salesforce names it in its refusal. */
export function disallowedPermission(
  org: PracticeOrg,
  permissionSet: StoredRecord,
  entitlements: Entitlements,
): string | undefined {
  return (
    disallowedObject(org, permissionSet.id, entitlements) ??
    disallowedSystemPermission(org, permissionSet, entitlements)
  );
}

const objectRights = [
  ['PermissionsRead', 'Read'],
  ['PermissionsCreate', 'Create'],
  ['PermissionsEdit', 'Edit'],
  ['PermissionsDelete', 'Delete'],
] as const;

function disallowedObject(org: PracticeOrg, permissionSetId: string, entitlements: Entitlements): string | undefined {
  if (entitlements.standardObjects) return undefined;
  for (const row of recordsWhere(org, 'ObjectPermissions', { ParentId: permissionSetId })) {
    const object = org.schema.object(textOf(row, 'SobjectType'));
    const right = objectRights.find(([field]) => row.get(field) === true);
    if (object && !object.custom && right) return `${right[1]} ${object.labelPlural}`;
  }
  return undefined;
}

function disallowedSystemPermission(
  org: PracticeOrg,
  permissionSet: StoredRecord,
  entitlements: Entitlements,
): string | undefined {
  return grantedSystemPermissions(org, permissionSet).find((name) => !entitlements.allowsSystemPermission(name));
}

export function grantedSystemPermissions(org: PracticeOrg, permissionSet: StoredRecord): readonly string[] {
  return systemPermissionNames(org).filter((name) => permissionSet.get(`Permissions${name}`) === true);
}

export function systemPermissionNames(org: PracticeOrg): readonly string[] {
  const fields = org.schema.object('PermissionSet')?.fields.values() ?? [];
  return [...fields]
    .filter(({ name }) => name.startsWith('Permissions'))
    .map(({ name }) => name.slice('Permissions'.length));
}
