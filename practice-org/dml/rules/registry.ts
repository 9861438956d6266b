import type { ObjectDefinition } from '../../schema/definitions.ts';
import type { ObjectRule } from '../object-rule.ts';
import { fieldPermissionsRule } from './field-permissions.ts';
import { groupMemberRule, groupRule } from './group.ts';
import { objectPermissionsRule } from './object-permissions.ts';
import { permissionSetAssignmentRule } from './permission-set-assignment.ts';
import { permissionSetGroupComponentRule, permissionSetGroupRule } from './permission-set-group.ts';
import { permissionSetLicenseAssignRule } from './permission-set-license-assign.ts';
import { permissionSetRule } from './permission-set.ts';
import { personAccountRule, personContactRule } from './person-account.ts';
import { profileRule } from './profile.ts';
import { isShareObject, recordShareRule } from './record-share.ts';
import { caseRule, opportunityRule } from './sales-process.ts';
import { setupEntityAccessRule } from './setup-entity-access.ts';
import { teamMemberRule } from './team-member.ts';
import { userLoginRule } from './user-login.ts';
import { userRoleRule } from './user-role.ts';
import { userRule } from './user.ts';

const rules: Readonly<Record<string, ObjectRule>> = {
  AccountTeamMember: teamMemberRule,
  Case: caseRule,
  FieldPermissions: fieldPermissionsRule,
  Group: groupRule,
  GroupMember: groupMemberRule,
  ObjectPermissions: objectPermissionsRule,
  Opportunity: opportunityRule,
  OpportunityTeamMember: teamMemberRule,
  PermissionSet: permissionSetRule,
  PermissionSetAssignment: permissionSetAssignmentRule,
  PermissionSetGroup: permissionSetGroupRule,
  PermissionSetGroupComponent: permissionSetGroupComponentRule,
  PermissionSetLicenseAssign: permissionSetLicenseAssignRule,
  Profile: profileRule,
  SetupEntityAccess: setupEntityAccessRule,
  User: userRule,
  UserLogin: userLoginRule,
  UserRole: userRoleRule,
};

/** Only in an org with person accounts. */
const personRules: Readonly<Record<string, ObjectRule>> = { Account: personAccountRule, Contact: personContactRule };

const noRule: ObjectRule = {};

export function ruleOf(object: ObjectDefinition): ObjectRule {
  if (object.fields.has('ispersonaccount')) return personRules[object.name] ?? noRule;
  return rules[object.name] ?? (isShareObject(object) ? recordShareRule : noRule);
}
