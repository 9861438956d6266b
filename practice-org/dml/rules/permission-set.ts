import { SalesforceError } from '../../org/errors.ts';
import type { Caller, PracticeOrg } from '../../org/practice-org.ts';
import type { Value, Values } from '../../storage/table.ts';
import { assertDeveloperName, duplicateDeveloperName } from '../developer-name.ts';
import { grantedSystemPermissions } from '../licence-entitlements.ts';
import { insufficientAccess } from '../object-access.ts';
import { textOf, type ObjectRule, type StoredRecord } from '../object-rule.ts';
import { assertAllowedForAssignees } from '../permission-assignability.ts';
import { assertSystemDependencies } from '../permission-dependencies.ts';
import { refreshGroupsWith } from '../permission-set-group-aggregate.ts';
import { recordSetupChange } from '../setup-audit.ts';
import { recordById, recordsWhere, removeRowsWhere } from '../table-rows.ts';

export const permissionSetRule: ObjectRule = {
  completeInsert({ org }, values) {
    assertPermissionSetName(org, values['Name'] ?? null, undefined);
    const type = values['HasActivationRequired'] === true ? 'Session' : 'Regular';
    return { Type: type, IsCustom: true, IsOwnedByProfile: false, ...withoutGeneratedType(values, type) };
  },
  afterInsert({ org, caller }, permissionSet) {
    assertDependencies(org, caller, permissionSet);
    audit(org, caller, 'PermSetCreate', `Created permission set ${textOf(permissionSet, 'Label')}`);
  },
  completeUpdate({ org, caller }, permissionSet, changes) {
    assertModifiable(org, caller, permissionSet);
    if ('Name' in changes) assertPermissionSetName(org, changes['Name'] ?? null, permissionSet.id);
    return changes;
  },
  afterUpdate({ org, caller }, permissionSet, previous) {
    assertDependencies(org, caller, permissionSet);
    if (Object.keys(previous).some((field) => field.startsWith('Permissions'))) {
      assertAllowedForAssignees(org, permissionSet.id);
      refreshGroupsWith(org, permissionSet.id);
      audit(org, caller, 'PermSetEnableUserPerm', `Changed permission set ${textOf(permissionSet, 'Label')}`);
    }
  },
  beforeDelete({ org, caller }, permissionSet) {
    assertModifiable(org, caller, permissionSet);
    assertUnused(org, permissionSet);
    for (const child of ['ObjectPermissions', 'FieldPermissions', 'SetupEntityAccess']) {
      removeRowsWhere(org, child, { ParentId: permissionSet.id });
    }
  },
  afterDelete({ org, caller }, permissionSet) {
    audit(org, caller, 'PermSetDelete', `Deleted permission set ${textOf(permissionSet, 'Label')}`);
  },
};

/** The catalogue's default is Regular; only a session-based or muting set differs. */
function withoutGeneratedType(values: Values, type: string): Values {
  return values['Type'] === 'Muting' ? values : { ...values, Type: type };
}

/** Permission sets and permission set groups share one name space. */
export function assertPermissionSetName(org: PracticeOrg, name: Value, ownId: string | undefined): void {
  if (typeof name !== 'string') return;
  assertDeveloperName('Permission Set API Name', 'Name', name);
  const sets = recordsWhere(org, 'PermissionSet', { Name: name });
  const groups = recordsWhere(org, 'PermissionSetGroup', { DeveloperName: name });
  if ([...sets, ...groups].some(({ id }) => id !== ownId)) throw duplicateDeveloperName('Name');
}

/** "You can query but not modify" the sets that profiles and groups own (Object Reference, PermissionSet). */
function assertModifiable(org: PracticeOrg, caller: Caller, permissionSet: StoredRecord): void {
  const isOwned = permissionSet.get('IsOwnedByProfile') === true || isAggregate(org, permissionSet);
  if (isOwned && !caller.system) throw insufficientAccess();
}

function isAggregate(org: PracticeOrg, permissionSet: StoredRecord): boolean {
  return recordById(org, 'PermissionSetGroup', permissionSet.get('PermissionSetGroupId')) !== undefined;
}

/** Only an unassigned set can be deleted; no source quotes the refusal. */
function assertUnused(org: PracticeOrg, permissionSet: StoredRecord): void {
  const users = ['PermissionSetAssignment', 'PermissionSetGroupComponent'];
  if (users.every((object) => recordsWhere(org, object, { PermissionSetId: permissionSet.id }).length === 0)) return;
  throw new SalesforceError(
    'DELETE_FAILED',
    `Your attempt to delete ${textOf(permissionSet, 'Label')} could not be completed because it is assigned to users or included in a permission set group.`,
  );
}

function assertDependencies(org: PracticeOrg, caller: Caller, permissionSet: StoredRecord): void {
  if (!caller.system) assertSystemDependencies(org, grantedSystemPermissions(org, permissionSet));
}

function audit(org: PracticeOrg, caller: Caller, action: string, display: string): void {
  recordSetupChange(org, caller, { action, section: 'Manage Users', display });
}
