import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import type { Table, Value, Values } from '../storage/table.ts';

export type RuleContext = { readonly org: PracticeOrg; readonly caller: Caller; readonly object: ObjectDefinition };

/** One stored record, read field by field when needed. */
export interface StoredRecord {
  readonly id: string;
  get(field: string): Value;
}

/** What an object does beyond the checks that hold for all objects. Every step may refuse with a SalesforceError. */
export type ObjectRule = {
  /** Id of the record that the platform returns instead of creating a second one like it. */
  readonly existingRecord?: (context: RuleContext, values: Values) => string | undefined;
  /** Completes and checks a new record before required fields are looked for; what it returns is stored. */
  readonly completeInsert?: (context: RuleContext, values: Values) => Values;
  readonly afterInsert?: (context: RuleContext, record: StoredRecord) => void;
  /** Completes and checks changes; what it returns is stored. */
  readonly completeUpdate?: (context: RuleContext, record: StoredRecord, changes: Values) => Values;
  /** `previous` holds the former values of the changed fields only. */
  readonly afterUpdate?: (context: RuleContext, record: StoredRecord, previous: Values) => void;
  /** Refuses a delete, or takes away what goes with the record. */
  readonly beforeDelete?: (context: RuleContext, record: StoredRecord) => void;
  readonly afterDelete?: (context: RuleContext, record: StoredRecord) => void;
};

export function storedRecord(table: Table, row: number): StoredRecord {
  return { id: table.idOf(row), get: (field) => table.reader(field)(row) };
}

/** The record as it was, for the time after its row is gone. */
export function rememberedRecord(table: Table, row: number): StoredRecord {
  const values = new Map<string, Value>();
  for (const { name, type } of table.object.fields.values()) {
    if (type !== 'address' && type !== 'location') values.set(name, table.reader(name)(row));
  }
  return { id: table.idOf(row), get: (field) => values.get(field) ?? null };
}

/** The record with changes laid over it. */
export function withChanges(record: StoredRecord, changes: Values): StoredRecord {
  return { id: record.id, get: (field) => changes[field] ?? (field in changes ? null : record.get(field)) };
}

/** Reads a text field of a record; empty text where it has none. */
export function textOf(record: StoredRecord, field: string): string {
  const value = record.get(field);
  return typeof value === 'string' ? value : '';
}
