import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { Value, Values } from '../storage/table.ts';
import { invalidCrossReference } from './cross-references.ts';
import { valueConverter } from './field-values.ts';
import { insertRecord } from './insert.ts';
import { knownObject } from './object-access.ts';
import { rowsWith } from './unique-fields.ts';
import { isReadable } from './writable-fields.ts';

export type UpsertResult = { readonly id: string; readonly created: boolean; readonly changed: boolean };

/** Creates or updates the record that an external Id names; `Id` itself serves as one, but never creates. */
export function upsert(
  org: PracticeOrg,
  caller: Caller,
  objectName: string,
  externalIdField: string,
  value: Value,
  values: Values,
): UpsertResult {
  const object = knownObject(org, caller, objectName);
  const field = usableKey(org, caller, object, externalIdField);
  const key = valueConverter(field)(value);
  const table = org.store.table(object.name);
  const ids = rowsWith(table, field, key).map((row) => table.idOf(row));
  if (ids.length > 1) throw severalRecords(field, ids);
  return ids[0] === undefined
    ? create(org, caller, object, { field, key, values })
    : { id: ids[0], created: false, changed: org.dml.update(caller, object.name, ids[0], values) };
}

type NewRecord = { readonly field: FieldDefinition; readonly key: Value; readonly values: Values };

function create(
  org: PracticeOrg,
  caller: Caller,
  object: ObjectDefinition,
  { field, key, values }: NewRecord,
): UpsertResult {
  if (field.name === 'Id') throw invalidCrossReference(404);
  const id = insertRecord(org, caller, object.name, { ...values, [field.name]: key });
  return { id, created: true, changed: true };
}

function usableKey(org: PracticeOrg, caller: Caller, object: ObjectDefinition, name: string): FieldDefinition {
  const field = object.fields.get(name.toLowerCase());
  const isKey = field && (field.externalId || field.name === 'Id');
  if (isKey && isReadable(org, caller, object, field)) return field;
  throw new SalesforceError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${name}`, {
    httpStatus: 404,
  });
}

function severalRecords(field: FieldDefinition, ids: readonly string[]): SalesforceError {
  return new SalesforceError(
    'DUPLICATE_EXTERNAL_ID',
    `${field.name}: more than one record found for external id field: [${ids.join(', ')}]`,
    { fields: [field.name], httpStatus: 300 },
  );
}
