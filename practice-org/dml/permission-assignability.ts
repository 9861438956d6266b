import { SalesforceError } from '../org/errors.ts';
import type { PracticeOrg } from '../org/practice-org.ts';
import { disallowedPermission, entitlementsOf } from './licence-entitlements.ts';
import { userLicenceOfUser } from './licence-seats.ts';
import { textOf, type StoredRecord } from './object-rule.ts';
import { recordById, recordsWhere } from './table-rows.ts';

/** Refuses a permission set that grants a user more than the user's licences allow. */
export function assertAssignable(org: PracticeOrg, permissionSet: StoredRecord, user: StoredRecord): void {
  assertSameLicence(org, permissionSet, user);
  const permission = disallowedPermission(org, permissionSet, entitlementsOf(org, user.id));
  if (permission === undefined) return;
  throw fieldIntegrity(
    `${cannotAssign(permissionSet, user)}. The user license doesn't allow the permission: ${permission}`,
  );
}

function cannotAssign(permissionSet: StoredRecord, user: StoredRecord): string {
  return `Can't assign permission set "${textOf(permissionSet, 'Label')}" to user "${textOf(user, 'Name')}"`;
}

/** A permission set of one user licence goes to users of that licence only (Object Reference, PermissionSetAssignment). */
function assertSameLicence(org: PracticeOrg, permissionSet: StoredRecord, user: StoredRecord): void {
  const licence = recordById(org, 'UserLicense', permissionSet.get('LicenseId'));
  if (!licence || userLicenceOfUser(org, user.id)?.id === licence.id) return;
  throw fieldIntegrity(
    `${cannotAssign(permissionSet, user)}. The user license doesn't match the permission set's user license.`,
  );
}

/** Asked when a permission set gains a permission: everybody who has it must be allowed to. */
export function assertAllowedForAssignees(org: PracticeOrg, permissionSetId: string): void {
  const permissionSet = recordById(org, 'PermissionSet', permissionSetId);
  if (!permissionSet || permissionSet.get('IsOwnedByProfile') === true) return;
  for (const assignment of recordsWhere(org, 'PermissionSetAssignment', { PermissionSetId: permissionSetId })) {
    const entitlements = entitlementsOf(org, textOf(assignment, 'AssigneeId'));
    const permission = disallowedPermission(org, permissionSet, entitlements);
    if (permission !== undefined) throw fieldIntegrity(`The user license doesn't allow the permission: ${permission}`);
  }
}

/** Asked when a user moves to another licence: what the user has must be allowed there too. */
export function assertAssignmentsAllowed(org: PracticeOrg, user: StoredRecord): void {
  for (const assignment of recordsWhere(org, 'PermissionSetAssignment', { AssigneeId: user.id })) {
    const permissionSet = recordById(org, 'PermissionSet', assignment.get('PermissionSetId'));
    if (permissionSet && permissionSet.get('IsOwnedByProfile') !== true) assertAssignable(org, permissionSet, user);
  }
}

/** A permission set licence stays while a permission set of its holder needs it. */
export function assertLicenceNotNeeded(org: PracticeOrg, licenceAssignment: StoredRecord): void {
  const userId = textOf(licenceAssignment, 'AssigneeId');
  const user = recordById(org, 'User', userId);
  if (!user) return;
  const remaining = entitlementsOf(org, userId, licenceAssignment.id);
  for (const assignment of recordsWhere(org, 'PermissionSetAssignment', { AssigneeId: userId })) {
    const permissionSet = recordById(org, 'PermissionSet', assignment.get('PermissionSetId'));
    if (!permissionSet || permissionSet.get('IsOwnedByProfile') === true) continue;
    const needsLicence = permissionSet.get('LicenseId') === licenceAssignment.get('PermissionSetLicenseId');
    const permission = disallowedPermission(org, permissionSet, remaining);
    if (needsLicence || permission !== undefined) throw licenceNeeded(permissionSet, user, permission);
  }
}

/** No source quotes this refusal: worded after the one on assigning. */
function licenceNeeded(
  permissionSet: StoredRecord,
  user: StoredRecord,
  permission: string | undefined,
): SalesforceError {
  const reason = permission === undefined ? '' : ` The user license doesn't allow the permission: ${permission}`;
  return fieldIntegrity(
    `Can't remove the permission set license from user "${textOf(user, 'Name')}": permission set "${textOf(permissionSet, 'Label')}" requires it.${reason}`,
  );
}

function fieldIntegrity(message: string): SalesforceError {
  return new SalesforceError('FIELD_INTEGRITY_EXCEPTION', message);
}
