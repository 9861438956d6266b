import { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { Value, Values } from '../storage/table.ts';

export function assertComplete(object: ObjectDefinition, values: Values): void {
  const missing: string[] = [];
  for (const field of object.fields.values()) {
    if (isRequired(field) && isEmpty(values[field.name])) missing.push(field.name);
  }
  if (missing.length > 0) throw requiredFieldsMissing(missing);
}

/** A checkbox always has a value; what the caller cannot write, the platform fills. */
export function isRequired(field: FieldDefinition): boolean {
  return !field.nillable && field.createable && field.type !== 'boolean' && !field.autoNumber && !field.calculated;
}

function isEmpty(value: Value | undefined): boolean {
  return value === undefined || value === null;
}

export function requiredFieldsMissing(names: readonly string[]): SalesforceError {
  return new SalesforceError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, {
    fields: names,
  });
}
