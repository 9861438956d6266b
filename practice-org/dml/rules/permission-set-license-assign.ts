import type { Caller, PracticeOrg } from '../../org/practice-org.ts';
import { invalidCrossReference } from '../cross-references.ts';
import { assertPermissionSetLicenceSeatFree, recountSeats } from '../licence-seats.ts';
import { textOf, type ObjectRule, type StoredRecord } from '../object-rule.ts';
import { assertLicenceNotNeeded } from '../permission-assignability.ts';
import { recordSetupChange } from '../setup-audit.ts';
import { recordById, recordsWhere } from '../table-rows.ts';
import { duplicateOfUnknown } from '../unique-fields.ts';

export const permissionSetLicenseAssignRule: ObjectRule = {
  completeInsert({ org }, values) {
    const { AssigneeId = null, PermissionSetLicenseId = null } = values;
    if (AssigneeId === null || PermissionSetLicenseId === null) return values;
    const licence = recordById(org, 'PermissionSetLicense', PermissionSetLicenseId);
    if (!licence) throw invalidCrossReference();
    const [existing] = recordsWhere(org, 'PermissionSetLicenseAssign', { AssigneeId, PermissionSetLicenseId });
    if (existing) throw duplicateOfUnknown();
    assertPermissionSetLicenceSeatFree(org, licence);
    return values;
  },
  afterInsert({ org, caller }, assignment) {
    recountSeats(org);
    audit(org, caller, 'PermSetLicenseAssign', assignment);
  },
  beforeDelete({ org }, assignment) {
    assertLicenceNotNeeded(org, assignment);
  },
  afterDelete({ org, caller }, assignment) {
    recountSeats(org);
    audit(org, caller, 'PermSetLicenseUnassign', assignment);
  },
};

function audit(org: PracticeOrg, caller: Caller, action: string, assignment: StoredRecord): void {
  const licence = recordById(org, 'PermissionSetLicense', assignment.get('PermissionSetLicenseId'));
  const user = recordById(org, 'User', assignment.get('AssigneeId'));
  if (!licence || !user) return;
  recordSetupChange(org, caller, {
    action,
    section: 'Manage Users',
    display: `Permission set license ${textOf(licence, 'MasterLabel')}: user ${textOf(user, 'Name')}`,
  });
}
