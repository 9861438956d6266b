import { SalesforceError } from '../../org/errors.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import type { Value, Values } from '../../storage/table.ts';
import { invalidCrossReference } from '../cross-references.ts';
import { textOf, type ObjectRule, type RuleContext, type StoredRecord } from '../object-rule.ts';
import { insufficientAccess } from '../object-access.ts';
import { assertAssignable } from '../permission-assignability.ts';
import { requiredFieldsMissing } from '../required-fields.ts';
import { recordSetupChange } from '../setup-audit.ts';
import { recordById, recordsWhere } from '../table-rows.ts';

export const permissionSetAssignmentRule: ObjectRule = {
  completeInsert(context, values) {
    const user = recordById(context.org, 'User', values['AssigneeId'] ?? null);
    if (!user) return values;
    const group = recordById(context.org, 'PermissionSetGroup', values['PermissionSetGroupId'] ?? null);
    const permissionSet = group ? aggregateOf(context.org, group) : assignedSet(context.org, values);
    assertNotAssigned(context.org, user, permissionSet, group);
    assignOwnLicence(context, permissionSet, user);
    assertAssignable(context.org, permissionSet, user);
    return { ...values, PermissionSetId: permissionSet.id };
  },
  afterInsert(context, assignment) {
    audit(context, 'PermSetAssign', 'assigned to', assignment);
  },
  beforeDelete({ org, caller }, assignment) {
    const permissionSet = recordById(org, 'PermissionSet', assignment.get('PermissionSetId'));
    // The assignment of the profile's own set comes and goes with the profile.
    if (!caller.system && permissionSet?.get('IsOwnedByProfile') === true) throw insufficientAccess();
  },
  afterDelete(context, assignment) {
    audit(context, 'PermSetUnassign', 'unassigned from', assignment);
  },
};

function assignedSet(org: PracticeOrg, values: Values): StoredRecord {
  const id = values['PermissionSetId'] ?? null;
  if (id === null) throw requiredFieldsMissing(['PermissionSetId']);
  const permissionSet = recordById(org, 'PermissionSet', id);
  if (!permissionSet || isAssignedOnlyByPlatform(permissionSet)) throw invalidCrossReference();
  return permissionSet;
}

/** A profile's own set comes with the profile, a muting set works inside its group only. */
function isAssignedOnlyByPlatform(permissionSet: StoredRecord): boolean {
  return permissionSet.get('IsOwnedByProfile') === true || permissionSet.get('Type') === 'Muting';
}

/** A group is assigned through the permission set that holds what its members grant together. */
function aggregateOf(org: PracticeOrg, group: StoredRecord): StoredRecord {
  const [aggregate] = recordsWhere(org, 'PermissionSet', { PermissionSetGroupId: group.id, Type: 'Group' });
  if (!aggregate) throw invalidCrossReference();
  return aggregate;
}

function assertNotAssigned(
  org: PracticeOrg,
  user: StoredRecord,
  permissionSet: StoredRecord,
  group: StoredRecord | undefined,
): void {
  const same: Values = { AssigneeId: user.id, PermissionSetId: permissionSet.id };
  if (recordsWhere(org, 'PermissionSetAssignment', same).length === 0) return;
  const subject = group
    ? `Permission Set Group: ${group.id.slice(0, 15)}`
    : `Permission Set: ${permissionSet.id.slice(0, 15)}`;
  throw new SalesforceError(
    'DUPLICATE_VALUE',
    `Duplicate PermissionSetAssignment.  Assignee: ${user.id.slice(0, 15)}; ${subject}`,
    { fields: ['AssigneeId', group ? 'PermissionSetGroupId' : 'PermissionSetId'] },
  );
}

/**
 * "If you select a specific permission set license, any user assigned to the permission set is auto-assigned the permission
 * set license" (help, Create Permission Sets).
 */
function assignOwnLicence({ org, caller }: RuleContext, permissionSet: StoredRecord, user: StoredRecord): void {
  const licence = recordById(org, 'PermissionSetLicense', permissionSet.get('LicenseId'));
  if (!licence) return;
  const assignment: Values = { AssigneeId: user.id, PermissionSetLicenseId: licence.id };
  if (recordsWhere(org, 'PermissionSetLicenseAssign', assignment).length > 0) return;
  org.dml.insert({ ...caller, system: true }, 'PermissionSetLicenseAssign', assignment);
}

function audit({ org, caller }: RuleContext, action: string, verb: string, assignment: StoredRecord): void {
  const permissionSet = recordById(org, 'PermissionSet', assignment.get('PermissionSetId'));
  recordSetupChange(org, caller, {
    action,
    section: 'Manage Users',
    display: `Permission set ${label(permissionSet)}: ${verb} user ${nameOf(org, assignment.get('AssigneeId'))}`,
  });
}

function label(permissionSet: StoredRecord | undefined): string {
  return permissionSet ? textOf(permissionSet, 'Label') : '';
}

function nameOf(org: PracticeOrg, userId: Value): string {
  const user = recordById(org, 'User', userId);
  return user ? textOf(user, 'Name') : '';
}
