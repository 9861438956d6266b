import type { ObjectDefinition } from '../../schema/definitions.ts';
import type { ObjectRule } from '../object-rule.ts';
import { fieldPermissionsRule } from './field-permissions.ts';
import { groupMemberRule, groupRule } from './group.ts';
import { objectPermissionsRule } from './object-permissions.ts';
import { permissionSetAssignmentRule } from './permission-set-assignment.ts';
import { permissionSetGroupComponentRule, permissionSetGroupRule } from './permission-set-group.ts';
import { permissionSetLicenseAssignRule } from './permission-set-license-assign.ts';
import { permissionSetRule } from './permission-set.ts';
import { isShareObject, recordShareRule } from './record-share.ts';
import { userLoginRule } from './user-login.ts';
import { userRoleRule } from './user-role.ts';
import { userRule } from './user.ts';

const rules: Readonly<Record<string, ObjectRule>> = {
  FieldPermissions: fieldPermissionsRule,
  Group: groupRule,
  GroupMember: groupMemberRule,
  ObjectPermissions: objectPermissionsRule,
  PermissionSet: permissionSetRule,
  PermissionSetAssignment: permissionSetAssignmentRule,
  PermissionSetGroup: permissionSetGroupRule,
  PermissionSetGroupComponent: permissionSetGroupComponentRule,
  PermissionSetLicenseAssign: permissionSetLicenseAssignRule,
  User: userRule,
  UserLogin: userLoginRule,
  UserRole: userRoleRule,
};

const noRule: ObjectRule = {};

export function ruleOf(object: ObjectDefinition): ObjectRule {
  return rules[object.name] ?? (isShareObject(object) ? recordShareRule : noRule);
}
