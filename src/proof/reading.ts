import type { Row } from '../observation/question.js';
import { booleanAt, numberAt, textAt } from '../observation/row.js';
import type { OrgPort, Read } from '../org/port.js';
import { accessTo } from './queries.js';

/** As many Ids as one question about a user's access may name (Object Reference, UserRecordAccess). */
const idsInOneQuestion = 200;
/** Ids in other queries: well below the length that a query may have. */
const idsInOneQuery = 400;

export async function readAll(port: OrgPort, queries: readonly string[]): Promise<ReadonlyArray<Read<readonly Row[]>>> {
  return queries.length === 0 ? [] : port.queryAll(queries.map((soql) => ({ soql, api: 'rest' })));
}

/** Rows of queries that must not fail one by one: null where Salesforce refuses any. */
export async function rowsOrNull(port: OrgPort, queries: readonly string[]): Promise<readonly Row[] | null> {
  const reads = await readAll(port, queries);
  const rows = reads.map((read) => (read.ok ? read.value : null));
  return rows.includes(null) ? null : rows.flatMap((part) => part ?? []);
}

/** The same query for many Ids, as few of them in each as fit. */
export function forIds(ids: readonly string[], query: (ids: readonly string[]) => string): readonly string[] {
  return chunks(ids, idsInOneQuery).map(query);
}

/** Rows of several lists of queries, all asked together; a list of which Salesforce refuses a query has none. */
export async function rowsOfAll<const Lists extends ReadonlyArray<readonly string[]>>(
  port: OrgPort,
  lists: Lists,
): Promise<{ readonly [Index in keyof Lists]: readonly Row[] }> {
  const reads = await readAll(port, lists.flat());
  let next = 0;
  return lists.map((queries) => allOrNone(reads.slice(next, (next += queries.length)))) as {
    readonly [Index in keyof Lists]: readonly Row[];
  };
}

function allOrNone(reads: ReadonlyArray<Read<readonly Row[]>>): readonly Row[] {
  return reads.every((read) => read.ok) ? reads.flatMap(({ value }) => value) : [];
}

export type Visibility = {
  readonly visible: ReadonlySet<string>;
  /** Rows that Salesforce says nothing about: the running user can't see them, or the object has no such answer. */
  readonly unknown: ReadonlySet<string>;
};

/** What Salesforce says about the user's access to each row. */
export async function visibilityOf(port: OrgPort, userId: string, ids: readonly string[]): Promise<Visibility> {
  const reads = await readAll(
    port,
    chunks(ids, idsInOneQuestion).map((chunk) => accessTo(userId, chunk)),
  );
  const unknown = new Set(ids);
  const visible = new Set<string>();
  for (const row of reads.flatMap((read) => (read.ok ? read.value : []))) {
    const id = textAt(row, 'RecordId') ?? '';
    unknown.delete(id);
    if (booleanAt(row, 'HasReadAccess')) visible.add(id);
  }
  return { visible, unknown };
}

export function idsIn(rows: readonly Row[], column = 'Id'): readonly string[] {
  return rows.flatMap((row) => textAt(row, column) ?? []);
}

/** The number of an aggregate query with the alias `rows`. */
export function numberIn(read: Read<readonly Row[]> | undefined): number | null {
  return read?.ok === true && read.value[0] !== undefined ? numberAt(read.value[0], 'rows') : null;
}

function chunks(ids: readonly string[], size: number): readonly string[][] {
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}
