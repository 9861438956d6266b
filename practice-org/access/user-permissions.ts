import type { Store } from '../storage/table.ts';
import type { ObjectAccess } from './access.ts';
import { childRows, type PermissionSource } from './permission-sets.ts';
import { withRequirements } from './system-permissions.ts';

const objectColumns = {
  read: 'PermissionsRead',
  create: 'PermissionsCreate',
  edit: 'PermissionsEdit',
  delete: 'PermissionsDelete',
  viewAllRecords: 'PermissionsViewAllRecords',
  modifyAllRecords: 'PermissionsModifyAllRecords',
  viewAllFields: 'PermissionsViewAllFields',
} as const satisfies Record<keyof ObjectAccess, string>;
const objectRights = Object.keys(objectColumns) as ReadonlyArray<keyof ObjectAccess>;

export const noObjectAccess: ObjectAccess = {
  read: false,
  create: false,
  edit: false,
  delete: false,
  viewAllRecords: false,
  modifyAllRecords: false,
  viewAllFields: false,
};

export type FieldRights = { readonly read: boolean; readonly edit: boolean };
export const noFieldRights: FieldRights = { read: false, edit: false };

/** Everything that permission sets grant a user, before licences and system permissions are considered. */
export type UserPermissions = {
  readonly system: ReadonlySet<string>;
  /** By lower-case object name. */
  readonly objects: ReadonlyMap<string, ObjectAccess>;
  /** By lower-case "object.field", as FieldPermissions.Field has it. */
  readonly fields: ReadonlyMap<string, FieldRights>;
};

export function collectPermissions(store: Store, sources: readonly PermissionSource[]): UserPermissions {
  return unite(sources.map((source) => permissionsOf(store, source)));
}

function permissionsOf(store: Store, { setIds, mutingSetIds }: PermissionSource): UserPermissions {
  const granted = unite(setIds.map((id) => permissionsOfSet(store, id)));
  return mutingSetIds.length === 0
    ? granted
    : mute(granted, unite(mutingSetIds.map((id) => permissionsOfSet(store, id))));
}

function permissionsOfSet(store: Store, setId: string): UserPermissions {
  return { system: systemOf(store, setId), objects: objectsOf(store, setId), fields: fieldsOf(store, setId) };
}

function systemOf(store: Store, setId: string): ReadonlySet<string> {
  const sets = store.table('PermissionSet');
  const row = sets.rowOf(setId);
  const granted = new Set<string>();
  if (row === undefined) return granted;
  for (const { name } of sets.object.fields.values()) {
    if (name.startsWith('Permissions') && sets.reader(name)(row) === true)
      granted.add(name.slice('Permissions'.length));
  }
  return granted;
}

function objectsOf(store: Store, setId: string): ReadonlyMap<string, ObjectAccess> {
  const table = store.table('ObjectPermissions');
  const objects = new Map<string, ObjectAccess>();
  for (const row of childRows(store, 'ObjectPermissions', setId)) {
    const rights = objectRights.map((right) => [right, table.reader(objectColumns[right])(row) === true]);
    objects.set(String(table.reader('SobjectType')(row)).toLowerCase(), Object.fromEntries(rights) as ObjectAccess);
  }
  return objects;
}

function fieldsOf(store: Store, setId: string): ReadonlyMap<string, FieldRights> {
  const table = store.table('FieldPermissions');
  const read = table.reader('PermissionsRead');
  const edit = table.reader('PermissionsEdit');
  const field = table.reader('Field');
  const fields = new Map<string, FieldRights>();
  for (const row of childRows(store, 'FieldPermissions', setId)) {
    fields.set(String(field(row)).toLowerCase(), { read: read(row) === true, edit: edit(row) === true });
  }
  return fields;
}

function unite(all: readonly UserPermissions[]): UserPermissions {
  const [only] = all;
  if (only && all.length === 1) return only;
  const system = new Set<string>();
  const objects = new Map<string, ObjectAccess>();
  const fields = new Map<string, FieldRights>();
  for (const one of all) {
    for (const permission of one.system) system.add(permission);
    for (const [name, access] of one.objects)
      objects.set(name, uniteObject(objects.get(name) ?? noObjectAccess, access));
    for (const [name, rights] of one.fields) fields.set(name, uniteField(fields.get(name) ?? noFieldRights, rights));
  }
  return { system, objects, fields };
}

function uniteObject(one: ObjectAccess, other: ObjectAccess): ObjectAccess {
  return Object.fromEntries(objectRights.map((right) => [right, one[right] || other[right]])) as ObjectAccess;
}

function uniteField(one: FieldRights, other: FieldRights): FieldRights {
  return { read: one.read || other.read, edit: one.edit || other.edit };
}

/** What a muting set has switched on is switched off in its group, and only there. */
function mute(granted: UserPermissions, muted: UserPermissions): UserPermissions {
  return {
    system: granted.system.difference(muted.system),
    objects: new Map([...granted.objects].map(([name, access]) => [name, muteObject(access, muted.objects.get(name))])),
    fields: new Map([...granted.fields].map(([name, rights]) => [name, muteField(rights, muted.fields.get(name))])),
  };
}

/** Without Read there is nothing else; View All and Modify All fall with what they depend on. */
function muteObject(access: ObjectAccess, muted: ObjectAccess | undefined): ObjectAccess {
  if (!muted) return access;
  const kept = Object.fromEntries(objectRights.map((right) => [right, access[right] && !muted[right]])) as ObjectAccess;
  if (!kept.read) return noObjectAccess;
  const canModifyAll = kept.edit && kept.delete && kept.viewAllRecords;
  return { ...kept, delete: kept.delete && kept.edit, modifyAllRecords: kept.modifyAllRecords && canModifyAll };
}

function muteField(rights: FieldRights, muted: FieldRights | undefined): FieldRights {
  if (!muted) return rights;
  return { read: rights.read && !muted.read, edit: rights.edit && !muted.edit && !muted.read };
}

export function systemClosure(permissions: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set<string>();
  for (const permission of permissions) withRequirements(permission, all);
  return all;
}
