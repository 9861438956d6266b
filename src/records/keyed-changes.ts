import type { DescribedField, ObjectDescription, Row } from '../observation/question.js';
import { wordsOf } from '../observation/refusal.js';
import type { OrgPort } from '../org/port.js';
import { soql, soqlName, soqlNames } from '../org/soql.js';
import type { FlagChange, FlagRequest, KeyFile } from './flag-request.js';
import { IdSet } from './id-set.js';
import { keysIn } from './keys-file.js';
import { lockingParent } from './locking-parent.js';
import { idBlocks } from './rows-of-query.js';
import { recordTexts as texts } from './texts.js';

const queriesAtOnce = 25;

/** What keys turn out to be: told once for each slice of the file. */
export type KeysSeen = { readonly records: number; readonly unknown: readonly string[] };

/** The rows behind the keys that do not have the wanted value yet; for `sync`, then those ticked and not in the file. */
export async function* keyedChanges(
  port: OrgPort,
  request: FlagRequest & { readonly selection: KeyFile },
  description: ObjectDescription,
  signal: AbortSignal,
  onSeen: (seen: KeysSeen) => void = () => undefined,
): AsyncGenerator<readonly FlagChange[]> {
  const keys = keyKind(description, request.selection.keyField);
  const parent = lockingParent(description);
  const value = request.mode !== 'unflag';
  const listed = new IdSet();
  for await (const slices of grouped(keysIn(request.selection), queriesAtOnce)) {
    const found = await recordsOf(port, request, keys, parent, slices);
    const rows = found.rows.filter((row) => listed.add(String(row['Id'])));
    onSeen({ records: rows.length, unknown: found.unknown });
    yield rows.filter((row) => row[request.field] !== value).map((row) => changeOf(row, value, parent));
    signal.throwIfAborted();
  }
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

/** How keys are written into a query and compared with what comes back. */
type KeyKind = {
  readonly field: string;
  readonly isPossible: (key: string) => boolean;
  readonly literal: (key: string) => string | number;
  readonly comparable: (value: unknown) => string;
};

function keyKind({ name, fields }: ObjectDescription, keyField: string): KeyKind {
  const field = fields.find((candidate) => candidate.name.toLowerCase() === keyField.toLowerCase());
  if (field === undefined) throw texts.createError('error.KeyFieldNotFound', [name, keyField]);
  if (field.type === 'id')
    return { field: field.name, isPossible: isRecordId, literal: String, comparable: significant };
  if (isNumeric(field)) return { field: field.name, isPossible: isNumber, literal: Number, comparable: numerically };
  return { field: field.name, isPossible: () => true, literal: String, comparable: (key) => String(key).toLowerCase() };
}

const significantCharacters = 15;

function isRecordId(key: string): boolean {
  return /^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/.test(key);
}

function significant(id: unknown): string {
  return String(id).slice(0, significantCharacters);
}

function isNumeric({ type }: DescribedField): boolean {
  return type === 'double' || type === 'int' || type === 'currency' || type === 'percent';
}

function isNumber(key: string): boolean {
  return /^[+-]?\d+(?:\.\d+)?$/.test(key);
}

function numerically(key: unknown): string {
  return String(Number(key));
}

type Found = { readonly rows: readonly Row[]; readonly unknown: readonly string[] };

async function recordsOf(
  port: OrgPort,
  request: FlagRequest,
  kind: KeyKind,
  parent: string | null,
  slices: ReadonlyArray<readonly string[]>,
): Promise<Found> {
  const keys = [...new Set(slices.flat())];
  const asked = slices.map((slice) => [...new Set(slice.filter(kind.isPossible))]).filter((slice) => slice.length > 0);
  const columns = soqlNames([...new Set(['Id', request.field, kind.field, ...(parent === null ? [] : [parent])])]);
  const answers = await port.queryAll(
    asked.map((slice) => ({
      soql: soql`SELECT ${columns} FROM ${soqlName(request.sobject)} WHERE ${soqlName(kind.field)} IN ${slice.map(kind.literal)}`,
      api: 'rest' as const,
    })),
  );
  const rows = answers.flatMap((answer) => {
    if (answer.ok) return answer.value;
    throw texts.createError('error.KeysRefused', [kind.field, request.sobject, wordsOf(answer.refusal)]);
  });
  const found = new Set(rows.map((row) => kind.comparable(row[kind.field])));
  return { rows, unknown: keys.filter((key) => !found.has(kind.comparable(key))) };
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
