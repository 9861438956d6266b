import type { ObjectDescription, Row } from '../observation/question.js';
import { wordsOf } from '../observation/refusal.js';
import { textAt } from '../observation/row.js';
import type { OrgPort } from '../org/port.js';
import { soql, soqlName, soqlNames } from '../org/soql.js';
import type { FlagChange, FlagRequest, KeyFile } from './flag-request.js';
import { IdSet } from './id-set.js';
import { keyKind, type KeyKind } from './key-kind.js';
import { keysIn } from './keys-file.js';
import { lockingParent } from './locking-parent.js';
import { idBlocks } from './rows-of-query.js';
import { recordTexts as texts } from './texts.js';

const queriesAtOnce = 25;
const namedRows = 5;

/** What keys turn out to be: told once for each slice of the file. */
export type KeysSeen = {
  readonly records: number;
  readonly unknown: readonly string[];
  /** By Id, of the first records that change. */
  readonly names: ReadonlyMap<string, string>;
};

/** The rows behind the keys that do not have the wanted value yet; for `sync`, then those ticked and not in the file. */
export async function* keyedChanges(
  port: OrgPort,
  request: FlagRequest & { readonly selection: KeyFile },
  description: ObjectDescription,
  signal: AbortSignal,
  onSeen: (seen: KeysSeen) => void = () => undefined,
): AsyncGenerator<readonly FlagChange[]> {
  const keys = keyKind(description, request.selection.keyField);
  const nameField = description.fields.find((field) => field.nameField)?.name ?? 'Id';
  const parent = lockingParent(description);
  const columns = ['Id', request.field, keys.field, nameField, ...(parent === null ? [] : [parent])];
  const value = request.mode !== 'unflag';
  const isPossible = (key: string): boolean => keys.read(key) !== null;
  const listed = new IdSet();
  let isEmpty = true;
  for await (const slices of grouped(keysIn(request.selection, isPossible), queriesAtOnce)) {
    isEmpty = false;
    const found = await recordsOf(port, request, keys, columns, slices);
    const rows = found.rows.filter((row) => listed.add(String(row['Id'])));
    const differing = rows.filter((row) => row[request.field] !== value);
    onSeen({ records: rows.length, unknown: found.unknown, names: namesOf(differing.slice(0, namedRows), nameField) });
    yield differing.map((row) => changeOf(row, value, parent));
    signal.throwIfAborted();
  }
  // In every pass: a file without keys is no wish to take the flag from all records.
  if (isEmpty) throw texts.createError('error.NoKeys', [request.selection.path]);
  if (request.mode === 'sync') yield* othersTicked(port, request, listed, signal);
}

async function* othersTicked(
  port: OrgPort,
  { sobject, field }: FlagRequest,
  listed: IdSet,
  signal: AbortSignal,
): AsyncGenerator<readonly FlagChange[]> {
  const ticked = soql`SELECT Id FROM ${soqlName(sobject)} WHERE ${soqlName(field)} = true`;
  for await (const ids of idBlocks(port, ticked, null, signal)) {
    const others = listed.othersOf(ids).texts();
    yield others.map((id) => ({ id, value: false }));
  }
}

function changeOf(row: Row, value: boolean, parent: string | null): FlagChange {
  const id = String(row['Id']);
  const parentId = parent === null ? null : row[parent];
  return typeof parentId === 'string' ? { id, value, parent: parentId } : { id, value };
}

function namesOf(rows: readonly Row[], nameField: string): ReadonlyMap<string, string> {
  return new Map(rows.map((row) => [String(row['Id']), textAt(row, nameField) ?? '']));
}

type Found = { readonly rows: readonly Row[]; readonly unknown: readonly string[] };

async function recordsOf(
  port: OrgPort,
  request: FlagRequest,
  kind: KeyKind,
  columns: readonly string[],
  slices: ReadonlyArray<readonly string[]>,
): Promise<Found> {
  const keys = [...new Set(slices.flat())];
  const asked = slices
    .map((slice) => [...new Set(slice.flatMap((key) => kind.read(key) ?? []))])
    .filter((slice) => slice.length > 0);
  const answers = await port.queryAll(
    asked.map((slice) => ({
      soql: soql`SELECT ${soqlNames([...new Set(columns)])} FROM ${soqlName(request.sobject)} WHERE ${soqlName(kind.field)} IN ${slice.map(kind.literal)}`,
      api: 'rest' as const,
    })),
  );
  const rows = answers.flatMap((answer) => {
    if (answer.ok) return answer.value;
    throw texts.createError('error.KeysRefused', [kind.field, request.sobject, wordsOf(answer.refusal)]);
  });
  const wanted = new Set(asked.flat().map(kind.comparable));
  const found = new Set(rows.map((row) => kind.comparable(row[kind.field])));
  const isFound = (value: string | null): boolean => value !== null && found.has(kind.comparable(value));
  return {
    // An org may compare long numbers as doubles: what it finds is then the neighbour of the key.
    rows: kind.isExact ? rows.filter((row) => wanted.has(kind.comparable(row[kind.field]))) : rows,
    unknown: keys.filter((key) => !isFound(kind.read(key))),
  };
}

async function* grouped<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<readonly T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
