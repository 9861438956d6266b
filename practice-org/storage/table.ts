import type { ObjectDefinition } from '../schema/definitions.ts';

/** dates are 'YYYY-MM-DD', datetimes '2026-01-31T09:30:00.000+0000': both compare as text. */
export type Value = string | number | boolean | null;
export type Values = Readonly<Record<string, Value>>;

/**
 * Rows as the SOQL engine and the access engine read them. A row is a number below `rowCount`; columns are read through
 * readers so that a scan of a million rows allocates nothing. Stored tables and computed ones (EntityDefinition,
 * UserRecordAccess, AccountShare) look the same.
 */
export interface RowSource {
  readonly object: ObjectDefinition;
  readonly rowCount: number;
  /** False for deleted rows. */
  isLive(row: number): boolean;
  /** Field names are as in the definition (exact case). */
  reader(field: string): (row: number) => Value;
  /** A later row has a higher Id: an order by Id then needs no sorting. */
  readonly idsAscend?: boolean;
  /** Accepts 15 and 18 characters. Returns undefined for unknown or deleted rows. */
  rowOf(id: string): number | undefined;
  /** Live rows whose `field` equals `value`, when the source has an index on that field; undefined when it has none. */
  lookup(field: string, value: Value): Iterable<number> | undefined;
}

export interface Table extends RowSource {
  /** Raw storage without any rule: DML rules live in dml/. Fills Id and system fields only when absent. Returns the row. */
  insert(values: Values): number;
  update(row: number, values: Values): void;
  delete(row: number): void;
  undelete(row: number): void;
  idOf(row: number): string;
  /** Whether the Id is that of a deleted row: the platform answers "entity is deleted" instead of not found. */
  isDeletedId(id: string): boolean;
  /** Changes whenever any row or column of the table changed: for caches. */
  readonly version: number;
}

export interface Store {
  /** The stored table of an object; throws when the object has none. Name in any case. */
  table(object: string): Table;
  hasTable(object: string): boolean;
  createTable(object: string): Table;
  dropTable(object: string): void;
  /** Runs `work`; when it throws, every row, column and schema change made inside is undone, then the error goes on. Nests. */
  transaction<T>(work: () => T): T;
  /** Adds an undo step to the running transaction (no-op outside one). */
  journal(undo: () => void): void;
  /** Convenience over table(): the values of one row by Id, or undefined. */
  find(object: string, id: string): Values | undefined;
  /** Rows (as values) of an object that equal every given value; linear unless indexed. For setup-sized tables. */
  select(object: string, where: Values): readonly Values[];
}
