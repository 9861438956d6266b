import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type { OrgPort } from '../org/port.js';
import { soql, soqlName } from '../org/soql.js';
import type { FlagChange, FlagRequest } from './flag-request.js';

/** So many keys of 18 characters fit into a URI of 16,384 bytes, encoded and in quotes. */
const keysInQuery = 400;
const queriesAtOnce = 5;

/** Keys of a file, in slices: one a line, or the column of a CSV that is named like the key field. */
export async function* keysOf(path: string, keyField: string): AsyncGenerator<readonly string[]> {
  const rows = createReadStream(path).pipe(
    parse({ bom: true, trim: true, skip_empty_lines: true, relax_column_count: true }),
  );
  let column: number | null = null;
  let slice: string[] = [];
  for await (const row of rows as AsyncIterable<readonly string[]>) {
    if (column === null) {
      const named = row.findIndex((cell) => cell.toLowerCase() === keyField.toLowerCase());
      column = Math.max(named, 0);
      if (named >= 0) continue;
    }
    const key = row[column] ?? '';
    if (key !== '') slice.push(key);
    if (slice.length === keysInQuery) {
      yield slice;
      slice = [];
    }
  }
  if (slice.length > 0) yield slice;
}

/** The rows behind the keys that do not have the wanted value yet; for `sync`, then those ticked and not in the file. */
export async function* keyedChanges(
  port: OrgPort,
  request: FlagRequest,
  signal: AbortSignal,
  onFound: (rows: number) => void = () => undefined,
): AsyncGenerator<FlagChange> {
  const { selection, mode } = request;
  if (selection.kind !== 'keys') return;
  const listed = mode === 'sync' ? new Set<string>() : null;
  for await (const slices of grouped(keysOf(selection.path, selection.keyField), queriesAtOnce)) {
    const rows = await flagsOf(port, request, selection.keyField, slices);
    onFound(rows.length);
    for (const row of rows) {
      listed?.add(row.id);
      const value = mode !== 'unflag';
      if (row.value !== value) yield { id: row.id, value };
    }
    signal.throwIfAborted();
  }
  if (listed === null) return;
  const ticked = soql`SELECT Id FROM ${soqlName(request.sobject)} WHERE ${soqlName(request.field)} = true`;
  for await (const rows of port.bulk.query(ticked, signal)) {
    for (const [id = ''] of rows) if (!listed.has(id)) yield { id, value: false };
  }
}

async function flagsOf(
  port: OrgPort,
  { sobject, field }: FlagRequest,
  keyField: string,
  slices: readonly (readonly string[])[],
): Promise<readonly FlagChange[]> {
  const queries = slices.map((keys) => ({
    soql: soql`SELECT Id, ${soqlName(field)} FROM ${soqlName(sobject)} WHERE ${soqlName(keyField)} IN ${[...new Set(keys)]}`,
    api: 'rest' as const,
  }));
  const answers = await port.queryAll(queries);
  return answers.flatMap((answer) =>
    answer.ok ? answer.value.map((row) => ({ id: String(row['Id']), value: row[field] === true })) : [],
  );
}

async function* grouped<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
