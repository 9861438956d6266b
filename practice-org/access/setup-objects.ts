import type { ObjectDefinition } from '../schema/definitions.ts';
import type { ObjectAccess } from './access.ts';

const userAdministration = ['ManageInternalUsers', 'ManageUsers'];
const permissionAdministration = ['ManageProfilesPermissionsets'];

/**
 * System permissions that open a setup object for changes: any one of them is enough. Sources: Object Reference, "Special
 * Access Rules" of each object; "Manage Users" stands above the finer ones.
 */
const writePermissions: Readonly<Record<string, readonly string[]>> = {
  FieldPermissions: permissionAdministration,
  Group: userAdministration,
  GroupMember: userAdministration,
  ObjectPermissions: permissionAdministration,
  PermissionSet: permissionAdministration,
  PermissionSetAssignment: ['AssignPermissionSets'],
  PermissionSetGroup: permissionAdministration,
  PermissionSetGroupComponent: permissionAdministration,
  PermissionSetLicenseAssign: ['AssignPermissionSets', 'ManageUsers'],
  QueueSobject: userAdministration,
  SetupEntityAccess: permissionAdministration,
  User: userAdministration,
  UserLogin: ['FreezeUsers', ...userAdministration],
  UserRole: ['ManageRoles', 'ManageUsers'],
};
const otherSetupPermissions = ['CustomizeApplication'];

/**
 * Setup data that not everybody may read: any one of these permissions opens it. What may not be read is, to its caller,
 * not there at all: "sObject type 'FieldPermissions' is not supported" without View Setup (API 49 and later).
 */
const readPermissions: Readonly<Record<string, readonly string[]>> = {
  FieldPermissions: ['ViewSetup'],
  LoginIp: userAdministration,
  ObjectPermissions: ['ViewSetup'],
  SetupAuditTrail: ['ViewSetup'],
  SetupEntityAccess: ['ViewSetup'],
  UserLogin: ['FreezeUsers', 'ViewSetup', ...userAdministration],
};

/** Setup objects know no object permissions; system permissions stand in for them. */
export function setupObjectAccess(
  { name, setup }: ObjectDefinition,
  has: (permission: string) => boolean,
): ObjectAccess {
  const read = isReadable(name, has);
  const write = read && (!setup || (writePermissions[name] ?? otherSetupPermissions).some(has));
  return {
    read,
    create: write,
    edit: write,
    delete: write,
    viewAllRecords: read,
    modifyAllRecords: write,
    viewAllFields: read,
  };
}

function isReadable(object: string, has: (permission: string) => boolean): boolean {
  // An API-only user on the minimum-access profile gets INVALID_TYPE for Organization (seen in one org).
  if (object === 'Organization') return has('ViewSetup') || !has('ApiUserOnly');
  return readPermissions[object]?.some(has) ?? true;
}
