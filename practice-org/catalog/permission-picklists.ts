import type { FieldDefinition, ObjectDefinition, PicklistValue, Schema } from '../schema/definitions.ts';

function option(value: string, label: string): PicklistValue {
  return { value, label, active: true, isDefault: false };
}

function businessObjects(schema: Schema): readonly ObjectDefinition[] {
  return [...schema.objects()].filter(({ permissionable }) => permissionable);
}

/** Valid in metadata, but left out of the picklist of ObjectPermissions.SobjectType. */
const unlistedObjects = new Set(['Task', 'Event']);

function hasObjectPermissions({ name, permissionsFollow }: ObjectDefinition): boolean {
  return permissionsFollow === undefined && !unlistedObjects.has(name);
}

/**
 * The legal values of FieldPermissions and ObjectPermissions follow from the schema: describing them is how one finds out
 * which objects and fields can have a row at all.
 */
export function permissionPicklist(
  schema: Schema,
  object: ObjectDefinition,
  field: FieldDefinition,
): readonly PicklistValue[] | undefined {
  if (object.name === 'FieldPermissions' && field.name === 'Field') return fieldOptions(schema);
  if (field.name !== 'SobjectType') return undefined;
  if (object.name === 'FieldPermissions') return objectOptions(businessObjects(schema));
  if (object.name !== 'ObjectPermissions') return undefined;
  return objectOptions(businessObjects(schema).filter(hasObjectPermissions));
}

function objectOptions(objects: readonly ObjectDefinition[]): readonly PicklistValue[] {
  return objects.map(({ name, label }) => option(name, label));
}

function fieldOptions(schema: Schema): readonly PicklistValue[] {
  return [...schema.objects()].flatMap((object) =>
    [...object.fields.values()]
      .filter(({ permissionable, custom }) => permissionable && (object.permissionable || custom))
      .map(({ name, label }) => option(`${object.name}.${name}`, label)),
  );
}
