import { assertAllowedForAssignees } from '../../dml/permission-assignability.ts';
import { assertMastersReadable, assertObjectDependencies } from '../../dml/permission-dependencies.ts';
import { refreshGroupsWith } from '../../dml/permission-set-group-aggregate.ts';
import { changeRow, recordsWhere, removeRow } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { Caller, PracticeOrg } from '../../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../../schema/definitions.ts';
import { ComponentError } from '../component-error.ts';
import { children, flag, text, type Document } from '../document.ts';

/** Columns of ObjectPermissions by element of the document. */
const objectRights = {
  allowCreate: 'PermissionsCreate',
  allowDelete: 'PermissionsDelete',
  allowEdit: 'PermissionsEdit',
  allowRead: 'PermissionsRead',
  modifyAllRecords: 'PermissionsModifyAllRecords',
  viewAllFields: 'PermissionsViewAllFields',
  viewAllRecords: 'PermissionsViewAllRecords',
} as const;

export type PermissionRowsChange = {
  readonly permissionSetId: string;
  readonly document: Document;
  readonly caller: Caller;
  /** Rows that the document does not name go (permission sets) or stay (profiles). */
  readonly replace: boolean;
  readonly objectPermissions: boolean;
};

/** Brings a permission set's object and field permissions to what the document says. */
export function writePermissionRows(org: PracticeOrg, change: PermissionRowsChange): void {
  writeFieldPermissions(org, change);
  if (change.objectPermissions) writeObjectPermissions(org, change);
  refreshGroupsWith(org, change.permissionSetId);
}

type Rights = Readonly<Record<string, boolean>>;

function writeObjectPermissions(org: PracticeOrg, change: PermissionRowsChange): void {
  const { permissionSetId, caller } = change;
  const wanted = new Map<string, Rights>();
  for (const element of children(change.document, 'objectPermissions')) {
    const object = permissionObject(org, text(element, 'object') ?? '');
    const rights = Object.entries(objectRights).map(
      ([name, column]) => [column, flag(element, name) ?? false] as const,
    );
    wanted.set(object.name, Object.fromEntries(rights));
  }
  const existing = rowsBy(org, 'ObjectPermissions', permissionSetId, 'SobjectType');
  for (const [object, row] of existing) {
    if (change.replace && !wanted.has(object)) org.dml.delete(caller, 'ObjectPermissions', row.id);
  }
  for (const [object, rights] of wanted) {
    const row = existing.get(object);
    if (row !== undefined) org.dml.update(caller, 'ObjectPermissions', row.id, rights);
    else if (Object.values(rights).includes(true)) {
      org.dml.insert(caller, 'ObjectPermissions', { ParentId: permissionSetId, SobjectType: object, ...rights });
    }
  }
  recordsWhere(org, 'ObjectPermissions', { ParentId: permissionSetId }).forEach(assertObjectDependencies);
  assertMastersReadable(org, permissionSetId);
  assertAllowedForAssignees(org, permissionSetId);
}

function permissionObject(org: PracticeOrg, name: string): ObjectDefinition {
  const object = org.schema.object(name);
  if (object?.permissionable === true) return object;
  throw new ComponentError(`In field: field - no CustomObject named ${name} found`);
}

function writeFieldPermissions(org: PracticeOrg, { permissionSetId, document, replace }: PermissionRowsChange): void {
  const wanted = wantedFieldRights(org, document);
  const existing = rowsBy(org, 'FieldPermissions', permissionSetId, 'Field');
  const placeheld = objectsWithAllFields(document);
  for (const [path, row] of existing) {
    const keeps = !replace || placeheld.has(path.slice(0, path.indexOf('.')));
    if (!keeps && !wanted.has(path)) removeRow(org, 'FieldPermissions', row.id);
  }
  const table = org.store.table('FieldPermissions');
  for (const [path, rights] of wanted) {
    const row = existing.get(path);
    if (!rights.PermissionsRead) {
      if (row !== undefined) removeRow(org, 'FieldPermissions', row.id);
    } else if (row === undefined) {
      const SobjectType = path.slice(0, path.indexOf('.'));
      table.insert({ ParentId: permissionSetId, SobjectType, Field: path, ...rights });
    } else if (row.get('PermissionsEdit') !== rights.PermissionsEdit) {
      changeRow(org, 'FieldPermissions', row.id, rights);
    }
  }
}

/** "View All Fields" keeps a row of its own for every field (jetstream#1514). */
function objectsWithAllFields(document: Document): ReadonlySet<string> {
  const objects = children(document, 'objectPermissions').filter((element) => flag(element, 'viewAllFields') === true);
  return new Set(objects.map((element) => text(element, 'object') ?? ''));
}

type FieldRights = { readonly PermissionsRead: boolean; readonly PermissionsEdit: boolean };

function wantedFieldRights(org: PracticeOrg, document: Document): ReadonlyMap<string, FieldRights> {
  const wanted = new Map<string, FieldRights>();
  for (const element of children(document, 'fieldPermissions')) {
    const { object, field } = securedField(org, text(element, 'field') ?? '');
    const editable = flag(element, 'editable') ?? false;
    // Edit brings Read; formulas and auto-numbers never take Edit.
    const rights = {
      PermissionsRead: (flag(element, 'readable') ?? false) || editable,
      PermissionsEdit: editable && !field.calculated && !field.autoNumber,
    };
    for (const owner of withTwin(org, object, field)) wanted.set(`${owner}.${field.name}`, rights);
  }
  return wanted;
}

/** Task and Event share the fields of Activity: setting one sets the other (Object Reference, FieldPermissions). */
function withTwin(org: PracticeOrg, object: ObjectDefinition, field: FieldDefinition): readonly string[] {
  const twin = object.name === 'Task' ? 'Event' : object.name === 'Event' ? 'Task' : undefined;
  if (twin === undefined || org.schema.field(twin, field.name)?.permissionable !== true) return [object.name];
  return [object.name, twin];
}

/** Lookups may be named without the ending of their Id; parts of a compound have no permissions of their own. */
function securedField(
  org: PracticeOrg,
  path: string,
): { readonly object: ObjectDefinition; readonly field: FieldDefinition } {
  const dot = path.indexOf('.');
  const object = org.schema.object(path.slice(0, dot));
  const name = path.slice(dot + 1).toLowerCase();
  const field = object?.fields.get(name) ?? object?.fields.get(`${name}id`);
  if (object === undefined || field === undefined) throw noSuchField(path);
  if (isRequired(field))
    throw new ComponentError(`You cannot deploy to a required field: ${object.name}.${field.name}`);
  if (field.compoundFieldName !== null) throw noSuchField(path);
  return { object, field };
}

function noSuchField(path: string): ComponentError {
  return new ComponentError(`In field: field - no CustomField named ${path} found`);
}

function isRequired(field: FieldDefinition): boolean {
  return field.compoundFieldName === null ? !field.permissionable : !field.nillable;
}

function rowsBy(org: PracticeOrg, table: string, permissionSetId: string, column: string): Map<string, StoredRecord> {
  return new Map(recordsWhere(org, table, { ParentId: permissionSetId }).map((row) => [String(row.get(column)), row]));
}

export function readObjectPermissions(
  org: PracticeOrg,
  permissionSetId: string,
  only?: ReadonlySet<string>,
): readonly Document[] {
  return recordsWhere(org, 'ObjectPermissions', { ParentId: permissionSetId })
    .filter((row) => only === undefined || only.has(String(row.get('SobjectType'))))
    .map((row) => ({
      ...Object.fromEntries(Object.entries(objectRights).map(([name, column]) => [name, row.get(column) === true])),
      object: String(row.get('SobjectType')),
    }))
    .sort((one, other) => one.object.localeCompare(other.object, 'en'));
}

export function readFieldPermissions(org: PracticeOrg, permissionSetId: string): readonly Document[] {
  return recordsWhere(org, 'FieldPermissions', { ParentId: permissionSetId })
    .map((row) => fieldPermission(String(row.get('Field')), row))
    .sort(byField);
}

function fieldPermission(field: string, row: StoredRecord | undefined): Document & { readonly field: string } {
  return {
    editable: row?.get('PermissionsEdit') === true,
    field,
    readable: row?.get('PermissionsRead') === true,
  };
}

function byField(one: { readonly field: string }, other: { readonly field: string }): number {
  return one.field < other.field ? -1 : 1;
}

/** A profile writes out the fields it hides, too. */
export function readAllFieldPermissions(
  org: PracticeOrg,
  permissionSetId: string,
  isInScope: (object: string, field: string) => boolean,
): readonly Document[] {
  const rows = rowsBy(org, 'FieldPermissions', permissionSetId, 'Field');
  const paths = [...org.schema.objects()]
    .filter((object) => object.permissionable)
    .flatMap((object) =>
      [...object.fields.values()]
        .filter((field) => field.permissionable && isInScope(object.name, field.name))
        .map((field) => `${object.name}.${field.name}`),
    );
  return paths.map((path) => fieldPermission(path, rows.get(path))).sort(byField);
}
