import type { PracticeOrg } from '../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { FieldAccess, ObjectAccess } from './access.ts';
import { permissionSourcesOf } from './permission-sets.ts';
import { setupObjectAccess } from './setup-objects.ts';
import {
  collectPermissions,
  noFieldRights,
  noObjectAccess,
  systemClosure,
  type FieldRights,
  type UserPermissions,
} from './user-permissions.ts';

/** Whose rows permissions are made of: the cache holds while none of them changes. */
const permissionTables = [
  'User',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'PermissionSetGroup',
  'PermissionSetGroupComponent',
  'PermissionSetLicense',
  'PermissionSetLicenseAssign',
  'ObjectPermissions',
  'FieldPermissions',
] as const;

type CachedPermissions = {
  readonly stamp: string;
  readonly validUntil: number;
  readonly permissions: UserPermissions;
  readonly licensedForStandardObjects: boolean;
};

export interface PermissionEngine {
  systemPermission(userId: string, name: string): boolean;
  objectAccess(userId: string, object: string): ObjectAccess;
  fieldAccess(userId: string, object: string, field: string): FieldAccess;
}

export function createPermissionEngine(org: Pick<PracticeOrg, 'store' | 'schema' | 'clock'>): PermissionEngine {
  const { store, schema, clock } = org;
  const cache = new Map<string, CachedPermissions>();

  function stamp(): string {
    return permissionTables.map((object) => store.table(object).version).join();
  }

  function permissionsOf(userId: string): CachedPermissions {
    const now = clock.now();
    const valid = stamp();
    const known = cache.get(userId);
    if (known?.stamp === valid && now < known.validUntil) return known;
    const { sources, validUntil } = permissionSourcesOf(store, userId, now);
    const collected = collectPermissions(store, sources);
    const permissions = { ...collected, system: systemClosure(collected.system) };
    const licensedForStandardObjects = isLicensedForStandardObjects(userId);
    const computed = { stamp: valid, validUntil, permissions, licensedForStandardObjects };
    cache.set(userId, computed);
    return computed;
  }

  /** The integration licence alone holds no standard object: the permission set licence brings them (Salesforce Help). */
  function isLicensedForStandardObjects(userId: string): boolean {
    const profileId = store.find('User', userId)?.['ProfileId'] ?? null;
    const licenceId = typeof profileId === 'string' ? store.find('Profile', profileId)?.['UserLicenseId'] : null;
    const licence = typeof licenceId === 'string' ? store.find('UserLicense', licenceId)?.['Name'] : null;
    if (licence !== 'Salesforce Integration') return true;
    return store.select('PermissionSetLicenseAssign', { AssigneeId: userId }).some((assignment) => {
      const granted = store.find('PermissionSetLicense', String(assignment['PermissionSetLicenseId']));
      return granted?.['DeveloperName'] === 'SalesforceAPIIntegrationPsl' && granted['Status'] === 'Active';
    });
  }

  function systemPermission(userId: string, name: string): boolean {
    return permissionsOf(userId).permissions.system.has(name);
  }

  function objectAccess(userId: string, object: string): ObjectAccess {
    const definition = schema.object(object);
    if (!definition) return noObjectAccess;
    const { permissions, licensedForStandardObjects } = permissionsOf(userId);
    if (!definition.permissionable) return setupObjectAccess(definition, (name) => permissions.system.has(name));
    if (!definition.custom && !licensedForStandardObjects) return noObjectAccess;
    return businessObjectAccess(definition, permissions);
  }

  function fieldAccess(userId: string, object: string, fieldName: string): FieldAccess {
    const definition = schema.object(object);
    const field = definition?.fields.get(fieldName.toLowerCase());
    if (!definition || !field) return noFieldRights;
    const access = objectAccess(userId, object);
    if (!access.read) return noFieldRights;
    return fieldAccessWithin(definition, field, access, permissionsOf(userId).permissions);
  }

  return { systemPermission, objectAccess, fieldAccess };
}

/** Lines, members and roles have no object permissions of their own: who edits the object they follow, writes them. */
function ownAccess({ name, permissionsFollow }: ObjectDefinition, objects: UserPermissions['objects']): ObjectAccess {
  if (permissionsFollow === undefined) return objects.get(name.toLowerCase()) ?? noObjectAccess;
  const followed = objects.get(permissionsFollow.toLowerCase()) ?? noObjectAccess;
  return { ...followed, create: followed.edit, delete: followed.edit };
}

/** View All Data and Modify All Data stand above the objects' own permissions. */
function businessObjectAccess(object: ObjectDefinition, { objects, system }: UserPermissions): ObjectAccess {
  const own = ownAccess(object, objects);
  const modifiesAll = system.has('ModifyAllData');
  const viewsAll = modifiesAll || system.has('ViewAllData');
  return {
    read: own.read || viewsAll,
    create: own.create || modifiesAll,
    edit: own.edit || modifiesAll,
    delete: own.delete || modifiesAll,
    viewAllRecords: own.viewAllRecords || own.modifyAllRecords || viewsAll,
    modifyAllRecords: own.modifyAllRecords || modifiesAll,
    viewAllFields: own.viewAllFields || system.has('ViewAllFieldsGlobal'),
  };
}

/**
 * View All Data and Modify All Data do not open fields; View All Fields opens reading. Fields without field-level security
 * (required ones, system fields) follow the object.
 */
function fieldAccessWithin(
  object: ObjectDefinition,
  field: FieldDefinition,
  access: ObjectAccess,
  permissions: UserPermissions,
): FieldAccess {
  const isWritable = field.createable || field.updateable || field.type === 'address' || field.type === 'location';
  const objectWritable = access.edit || access.create;
  const secured = securedField(object, field);
  if (!secured) return { read: true, edit: isWritable && objectWritable };
  const rights = rightsOn(object, secured, permissions);
  return {
    read: rights.read || rights.edit || access.viewAllFields,
    edit: rights.edit && isWritable && objectWritable && !field.calculated && !field.autoNumber,
  };
}

/** The part of an address or name has the security of the whole; undefined for what has none. */
function securedField(object: ObjectDefinition, field: FieldDefinition): FieldDefinition | undefined {
  const whole = field.compoundFieldName === null ? undefined : object.fields.get(field.compoundFieldName.toLowerCase());
  const secured = whole ?? field;
  return object.permissionable && secured.permissionable ? secured : undefined;
}

/** A person account's "X__pc" mirrors the contact's "X__c". */
function rightsOn(object: ObjectDefinition, field: FieldDefinition, { fields }: UserPermissions): FieldRights {
  const name =
    object.name === 'Account' && field.name.endsWith('__pc')
      ? contactField(field.name)
      : `${object.name}.${field.name}`;
  return fields.get(name.toLowerCase()) ?? noFieldRights;
}

function contactField(personAccountField: string): string {
  return `Contact.${personAccountField.replace(/__pc$/, '__c')}`;
}
