import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';

type WriteKind = 'insert' | 'update';

/**
 * The fields behind the names a caller wants to write. A field hidden by field-level security does not exist for the caller;
 * one that may be read but not written is refused, all such fields together.
 */
export function writableFields(
  org: PracticeOrg,
  caller: Caller,
  object: ObjectDefinition,
  names: readonly string[],
  kind: WriteKind,
): readonly FieldDefinition[] {
  assertNoId(names, kind);
  const fields = names.map((name) => visibleField(org, caller, object, name));
  const refused = fields.filter((field) => !isWritable(org, caller, object, field, kind));
  if (refused.length > 0) throw notWritable(refused.map((field) => field.name));
  return fields;
}

/** The address of a record is not among its values. */
function assertNoId(names: readonly string[], kind: WriteKind): void {
  if (!names.some((name) => name.toLowerCase() === 'id')) return;
  throw kind === 'insert'
    ? new SalesforceError('INVALID_FIELD_FOR_INSERT_UPDATE', 'cannot specify Id in an insert call', { fields: ['Id'] })
    : new SalesforceError('INVALID_FIELD', 'The Id field should not be specified in the sobject data.', {
        fields: ['Id'],
      });
}

function visibleField(org: PracticeOrg, caller: Caller, object: ObjectDefinition, name: string): FieldDefinition {
  const field = object.fields.get(name.toLowerCase());
  if (!field || !isReadable(org, caller, object, field)) throw noSuchColumn(object.name, name);
  return field;
}

export function noSuchColumn(object: string, name: string): SalesforceError {
  return new SalesforceError('INVALID_FIELD', `No such column '${name}' on sobject of type ${object}`);
}

export function isReadable(
  org: PracticeOrg,
  caller: Caller,
  object: ObjectDefinition,
  field: FieldDefinition,
): boolean {
  return caller.system === true || securityOf(org, caller, object, field).read;
}

function isWritable(
  org: PracticeOrg,
  caller: Caller,
  object: ObjectDefinition,
  field: FieldDefinition,
  kind: WriteKind,
): boolean {
  if (caller.system) return true;
  const open = kind === 'insert' ? field.createable : field.updateable;
  return open && securityOf(org, caller, object, field).edit;
}

/** Parts of a compound stand under the whole's security; fields that are not permissionable are always open. */
function securityOf(org: PracticeOrg, caller: Caller, object: ObjectDefinition, field: FieldDefinition) {
  const secured = field.compoundFieldName === null ? field : object.fields.get(field.compoundFieldName.toLowerCase());
  if (!object.permissionable || !secured?.permissionable) return { read: true, edit: true };
  return org.access.fieldAccess(caller.userId, object.name, secured.name);
}

export function notWritable(names: readonly string[]): SalesforceError {
  return new SalesforceError(
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    `Unable to create/update fields: ${names.join(', ')}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.`,
    { fields: names },
  );
}
