import { join } from 'node:path';
import type { OrgPort } from '../org/port.js';
import { ChangeFile } from './change-file.js';
import { idQuery, type MeasuredDifference } from './differences.js';
import type { FlagChange, FlagChanges } from './flag-request.js';
import { IdSet } from './id-set.js';
import { fewRows, idSlices } from './rows-of-query.js';

const buckets = 64;
const sliceChanges = 2_000;

/** The rows of differences, each with its value; `order` is the parent that is locked with them. */
export async function* changesOf(
  port: OrgPort,
  sobject: string,
  differences: readonly MeasuredDifference[],
  order: string | null,
  signal: AbortSignal,
): AsyncGenerator<readonly FlagChange[]> {
  for (const { value, where, except, count } of differences) {
    if (count === 0) continue;
    const query = (condition: string): string => idQuery(sobject, condition, order);
    const left = except === null ? null : await idsOf(port, query(`${except} AND ${where}`), signal);
    for await (const ids of idSlices(port, query(where), left === null ? count : null, signal)) {
      yield ids.filter((id) => left?.has(id) !== true).map((id) => ({ id, value }));
    }
  }
}

async function idsOf(port: OrgPort, soql: string, signal: AbortSignal): Promise<IdSet> {
  const set = new IdSet();
  for await (const ids of idSlices(port, soql, null, signal)) ids.forEach((id) => set.add(id));
  return set;
}

/** What comes first, as far as few rows go; and all of it, where there is more. */
export type Begun =
  | { readonly few: readonly FlagChange[]; readonly all: null }
  | { readonly few: null; readonly all: AsyncGenerator<readonly FlagChange[]> };

export async function begin(changes: FlagChanges): Promise<Begun> {
  const first: (readonly FlagChange[])[] = [];
  let count = 0;
  const slices = changes[Symbol.asyncIterator]();
  while (count <= fewRows) {
    const next = await slices.next();
    if (next.done === true) return { few: first.flat(), all: null };
    first.push(next.value);
    count += next.value.length;
  }
  return { few: null, all: continued(first, slices) };
}

async function* continued(
  first: ReadonlyArray<readonly FlagChange[]>,
  rest: AsyncIterator<readonly FlagChange[]>,
): AsyncGenerator<readonly FlagChange[]> {
  yield* first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}

/**
 * Puts children of one parent beside each other without holding all of them: those of a parent share a file, and one file at a
 * time is sorted.
 */
export async function* inParentOrder(changes: FlagChanges, folder: string): AsyncGenerator<readonly FlagChange[]> {
  const files = Array.from({ length: buckets }, (_, index) => new ChangeFile(join(folder, `parents-${index}.csv`)));
  for await (const slice of changes) {
    for (const change of slice) await files[bucketOf(change.parent ?? '')]?.add(change);
  }
  for (const file of files) {
    const rows: FlagChange[] = [];
    for await (const slice of file.read()) rows.push(...slice);
    rows.sort((one, other) => ((one.parent ?? '') < (other.parent ?? '') ? -1 : 1));
    for (let start = 0; start < rows.length; start += sliceChanges) yield rows.slice(start, start + sliceChanges);
  }
}

function bucketOf(parent: string): number {
  let hash = 0;
  for (let index = 0; index < parent.length; index += 1) hash = (Math.imul(hash, 31) + parent.charCodeAt(index)) >>> 0;
  return hash % buckets;
}
