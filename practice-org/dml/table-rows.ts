import type { PracticeOrg } from '../org/practice-org.ts';
import type { Table, Value, Values } from '../storage/table.ts';
import { storedRecord, type StoredRecord } from './object-rule.ts';

/** Live records of a setup table whose fields equal all given values; by an index where one of the fields has it. */
export function recordsWhere(org: PracticeOrg, object: string, where: Values): readonly StoredRecord[] {
  if (!org.store.hasTable(object)) return [];
  const table = org.store.table(object);
  const conditions = Object.entries(where).map(([field, value]) => ({
    value: comparable(value),
    read: table.reader(field),
  }));
  return [...candidates(table, where)]
    .filter((row) => table.isLive(row) && conditions.every(({ value, read }) => comparable(read(row)) === value))
    .map((row) => storedRecord(table, row));
}

function candidates(table: Table, where: Values): Iterable<number> {
  for (const [field, value] of Object.entries(where)) {
    const rows = table.lookup(field, value);
    if (rows) return rows;
  }
  return Array.from({ length: table.rowCount }, (_, row) => row);
}

/** Text compares without regard to case, as in SOQL. */
function comparable(value: Value): Value {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

export function recordById(org: PracticeOrg, object: string, id: Value): StoredRecord | undefined {
  if (typeof id !== 'string' || !org.store.hasTable(object)) return undefined;
  const table = org.store.table(object);
  const row = table.rowOf(id);
  return row === undefined ? undefined : storedRecord(table, row);
}

export function changeRow(org: PracticeOrg, object: string, id: string, values: Values): void {
  const table = org.store.table(object);
  const row = table.rowOf(id);
  if (row !== undefined) table.update(row, values);
}

export function removeRow(org: PracticeOrg, object: string, id: string): void {
  const table = org.store.table(object);
  const row = table.rowOf(id);
  if (row !== undefined) table.delete(row);
}

export function removeRowsWhere(org: PracticeOrg, object: string, where: Values): void {
  for (const { id } of recordsWhere(org, object, where)) removeRow(org, object, id);
}
