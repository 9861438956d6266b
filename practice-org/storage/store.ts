import type { FieldDefinition, ObjectDefinition, Schema } from '../schema/definitions.ts';
import type { Journal } from './journal.ts';
import { StoredTable, type GeneratedRows } from './stored-table.ts';
import type { Store, Table, Value, Values } from './table.ts';

type StoreOptions = {
  readonly schema: Schema;
  readonly journal: Journal;
  /** Three characters of every Id, between key prefix and number. */
  readonly instance: string;
  readonly timestamp: () => string;
  readonly systemUserId: () => string;
};

/** A store whose tables may start with generated rows: seeding needs more than the contract shows to everybody. */
export interface SeedableStore extends Store {
  createTable(object: string, generated?: GeneratedRows): Table;
  dropColumn(object: string, field: string): void;
}

export function createStore(options: StoreOptions): SeedableStore {
  const { schema, journal } = options;
  const tables = new Map<string, StoredTable>();
  /** Callers mostly spell a name the same way, some of them once a row. */
  const keysByName = new Map<string, string>();

  function keyOf(object: string): string {
    const known = keysByName.get(object);
    if (known !== undefined) return known;
    const key = object.toLowerCase();
    keysByName.set(object, key);
    return key;
  }

  function definition(object: string): ObjectDefinition {
    const found = schema.object(object);
    if (!found) throw new Error(`No object ${object}`);
    return found;
  }

  function table(object: string): StoredTable {
    const found = tables.get(keyOf(object));
    if (!found) throw new Error(`${object} has no stored rows`);
    return found;
  }

  function restore(key: string, before: StoredTable | undefined): void {
    if (before) tables.set(key, before);
    else tables.delete(key);
  }

  return {
    table,
    hasTable: (object) => tables.has(keyOf(object)),
    createTable(object, generated = { rowCount: 0, columns: {} }) {
      const key = keyOf(object);
      const before = tables.get(key);
      let last = definition(object);
      const environment = { ...options, definition: () => (last = schema.object(object) ?? last) };
      const created = new StoredTable(environment, generated);
      tables.set(key, created);
      journal.record(() => restore(key, before));
      return created;
    },
    dropTable(object) {
      const key = keyOf(object);
      const before = tables.get(key);
      tables.delete(key);
      journal.record(() => restore(key, before));
    },
    dropColumn: (object, field) => tables.get(keyOf(object))?.dropColumn(field),
    transaction: (work) => journal.transaction(work),
    journal: (undo) => journal.record(undo),
    find(object, id) {
      const found = table(object);
      const row = found.rowOf(id);
      return row === undefined ? undefined : rowValues(found, row);
    },
    select(object, where) {
      const found = table(object);
      return [...matchingRows(found, where)].map((row) => rowValues(found, row));
    },
  };
}

export function* matchingRows(table: Table, where: Values): Generator<number> {
  const conditions = Object.entries(where).map(([field, value]) => ({ value, read: table.reader(field) }));
  for (const row of candidateRows(table, where)) {
    if (table.isLive(row) && conditions.every(({ read, value }) => sameValue(read(row), value))) yield row;
  }
}

function candidateRows(table: Table, where: Values): Iterable<number> {
  for (const [field, value] of Object.entries(where)) {
    const rows = table.lookup(field, value);
    if (rows) return rows;
  }
  return rowNumbers(table.rowCount);
}

function* rowNumbers(count: number): Generator<number> {
  for (let row = 0; row < count; row++) yield row;
}

/** Text is equal without regard to case, as in SOQL; an Id of 15 characters equals its form of 18. */
function sameValue(stored: Value, wanted: Value): boolean {
  if (typeof stored !== 'string' || typeof wanted !== 'string') return stored === wanted;
  if (wanted.length === 15 && stored.length === 18) return stored.slice(0, 15) === wanted;
  return stored.toLowerCase() === wanted.toLowerCase();
}

/** Compound fields have no value of their own: their parts are stored. */
function isStored(field: FieldDefinition): boolean {
  return field.type !== 'address' && field.type !== 'location';
}

function rowValues(table: Table, row: number): Values {
  const values: Record<string, Value> = {};
  for (const field of table.object.fields.values()) {
    if (isStored(field)) values[field.name] = table.reader(field.name)(row);
  }
  return values;
}
