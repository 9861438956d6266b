import { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition } from '../schema/definitions.ts';
import type { Table, Value } from '../storage/table.ts';

export type UniquenessCheck = (value: Value, ownRow: number | undefined) => void;

/** Only custom fields: what is unique on a standard object has its own words there. */
export function uniquenessCheck(table: Table, field: FieldDefinition): UniquenessCheck | undefined {
  if (!field.unique || !field.custom) return undefined;
  return (value, ownRow) => {
    const other = rowsWith(table, field, value).find((row) => row !== ownRow);
    if (other !== undefined) throw duplicateValue(field.name, table.idOf(other));
  };
}

/** Rows that hold a value, as an external Id finds them: without regard to case unless the field regards it. */
export function rowsWith(table: Table, field: FieldDefinition, value: Value): readonly number[] {
  if (value === null) return [];
  const read = table.reader(field.name);
  const wanted = comparable(field, value);
  const candidates = table.lookup(field.name, value) ?? liveRows(table);
  return [...candidates].filter((row) => comparable(field, read(row)) === wanted);
}

function* liveRows(table: Table): Generator<number> {
  for (let row = 0; row < table.rowCount; row++) if (table.isLive(row)) yield row;
}

function comparable(field: FieldDefinition, value: Value): Value {
  return typeof value === 'string' && !field.caseSensitive ? value.toLowerCase() : value;
}

function duplicateValue(field: string, existingId: string): SalesforceError {
  return new SalesforceError(
    'DUPLICATE_VALUE',
    `duplicate value found: ${field} duplicates value on record with id: ${existingId.slice(0, 15)}`,
  );
}

/** A constraint of the platform's own: it then names neither field nor record. */
export function duplicateOfUnknown(): SalesforceError {
  return new SalesforceError(
    'DUPLICATE_VALUE',
    'duplicate value found: <unknown> duplicates value on record with id: <unknown>',
  );
}
