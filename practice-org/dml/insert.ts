import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import type { Table, Value, Values } from '../storage/table.ts';
import { referenceCheck } from './cross-references.ts';
import { valueConverter } from './field-values.ts';
import { creationStamp, defaultValues } from './new-record.ts';
import { assertAllowed, knownObject } from './object-access.ts';
import { storedRecord } from './object-rule.ts';
import { assertCanOwn } from './record-ownership.ts';
import { assertComplete } from './required-fields.ts';
import { ruleOf } from './rules/registry.ts';
import { uniquenessCheck } from './unique-fields.ts';
import { writableFields } from './writable-fields.ts';

export function insertRecord(org: PracticeOrg, caller: Caller, objectName: string, given: Values): string {
  const object = knownObject(org, caller, objectName);
  assertAllowed(org, caller, object, 'create');
  const written = writtenValues(org, caller, object, given);
  return org.store.transaction(() => create(org, caller, object, written));
}

function create(org: PracticeOrg, caller: Caller, object: ObjectDefinition, written: Values): string {
  const rule = ruleOf(object);
  const context = { org, caller, object };
  const existing = rule.existingRecord?.(context, written);
  if (existing !== undefined) return existing;
  const complete = { ...defaultValues(caller, object, written), ...withoutNulls(written) };
  const values = rule.completeInsert?.(context, complete) ?? complete;
  assertComplete(object, values);
  checkReferences(org, caller, object, values);
  assertCanOwn(org, caller, object, values['OwnerId'] ?? null);
  const table = org.store.table(object.name);
  checkUniqueness(table, object, values);
  const row = table.insert({ ...creationStamp(org, caller, object), ...values });
  rule.afterInsert?.(context, storedRecord(table, row));
  return table.idOf(row);
}

/** Null on a new record means the same as saying nothing: the default applies. */
function withoutNulls(values: Values): Values {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

function writtenValues(org: PracticeOrg, caller: Caller, object: ObjectDefinition, given: Values): Values {
  const names = Object.keys(given);
  const fields = writableFields(org, caller, object, names, 'insert');
  const values: Record<string, Value> = {};
  fields.forEach((field, at) => {
    const value = given[names[at] ?? ''] ?? null;
    values[field.name] = valueConverter(field)(value);
  });
  return values;
}

function checkReferences(org: PracticeOrg, caller: Caller, object: ObjectDefinition, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    const field = object.fields.get(name.toLowerCase());
    if (field?.type === 'reference' && typeof value === 'string') referenceCheck(org, caller, field)(value);
  }
}

function checkUniqueness(table: Table, object: ObjectDefinition, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    const field = object.fields.get(name.toLowerCase());
    if (field && value !== null) uniquenessCheck(table, field)?.(value, undefined);
  }
}
