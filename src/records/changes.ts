import { join } from 'node:path';
import { IdBlock } from '../org/id-block.js';
import type { OrgPort } from '../org/port.js';
import { ChangeFile } from './change-file.js';
import { idQuery, type MeasuredDifference } from './differences.js';
import type { FlagChange, FlagSlice, FlagSlices } from './flag-request.js';
import { IdSet } from './id-set.js';
import { idsPutAside, putAside } from './ids-put-aside.js';
import { fewRows, idBlocks } from './rows-of-query.js';

const buckets = 64;
const sliceChanges = 2_000;

/**
 * The rows of differences, each with its value; `order` is the parent that is locked with them. What is subtracted is read before
 * anything is handed out, and so before anything is written.
 */
export async function* changesOf(
  port: OrgPort,
  sobject: string,
  differences: readonly MeasuredDifference[],
  order: string | null,
  folder: string,
  signal: AbortSignal,
): FlagSlices {
  const query = (condition: string): string => idQuery(sobject, condition, order);
  const found: { readonly value: boolean; readonly blocks: AsyncIterable<IdBlock> }[] = [];
  for (const { value, where, except, count } of differences) {
    if (count === 0) continue;
    if (except === null) found.push({ value, blocks: idBlocks(port, query(where), count, signal) });
    else
      found.push({
        value,
        blocks: await remaining(port, query(where), query(`${where} AND ${except}`), folder, signal),
      });
  }
  for (const { value, blocks } of found) for await (const ids of blocks) yield { value, ids };
}

/**
 * What the second query leaves of the first, which is read to its end before the second begins: a row that joins both in the
 * meantime is not among it.
 */
async function remaining(
  port: OrgPort,
  all: string,
  excepted: string,
  folder: string,
  signal: AbortSignal,
): Promise<AsyncIterable<IdBlock>> {
  const path = join(folder, 'all.ids');
  await putAside(idBlocks(port, all, null, signal), path);
  const left = new IdSet();
  for await (const ids of idBlocks(port, excepted, null, signal)) left.addAll(ids);
  return withoutIds(idsPutAside(path), left);
}

async function* withoutIds(blocks: AsyncIterable<IdBlock>, left: IdSet): AsyncGenerator<IdBlock> {
  for await (const ids of blocks) yield left.othersOf(ids);
}

/** What comes first, as far as few rows go; and all of it, where there is more. */
export type Begun =
  { readonly few: readonly FlagChange[]; readonly all: null } | { readonly few: null; readonly all: FlagSlices };

export async function begin(slices: FlagSlices): Promise<Begun> {
  const first: FlagSlice[] = [];
  let count = 0;
  while (count <= fewRows) {
    const next = await slices.next();
    if (next.done === true) return { few: first.flatMap(changesIn), all: null };
    const { value, ids } = next.value;
    first.push({ value, ids: ids.copy() });
    count += ids.length;
  }
  return { few: null, all: continued(first, slices) };
}

async function* continued(first: readonly FlagSlice[], rest: FlagSlices): FlagSlices {
  yield* first;
  yield* rest;
}

function changesIn({ value, ids }: FlagSlice): readonly FlagChange[] {
  return ids.texts().map((id) => ({ id, value }));
}

export async function* inSlices(changes: AsyncIterable<readonly FlagChange[]>): FlagSlices {
  for await (const slice of changes) yield* slicesOf(slice);
}

function slicesOf(changes: readonly FlagChange[]): readonly FlagSlice[] {
  const values = [...new Set(changes.map(({ value }) => value))];
  return values.map((value) => ({
    value,
    ids: IdBlock.of(changes.filter((change) => change.value === value).map(({ id }) => id)),
  }));
}

/**
 * Puts children of one parent beside each other without holding all of them: those of a parent share a file, and one file at a
 * time is sorted.
 */
export async function* inParentOrder(changes: AsyncIterable<readonly FlagChange[]>, folder: string): FlagSlices {
  const files = Array.from({ length: buckets }, (_, index) => new ChangeFile(join(folder, `parents-${index}.csv`)));
  for await (const slice of changes) {
    for (const change of slice) await files[bucketOf(change.parent ?? '')]?.add(change);
  }
  for (const file of files) {
    const rows: FlagChange[] = [];
    for await (const slice of file.read()) rows.push(...slice);
    rows.sort((one, other) => ((one.parent ?? '') < (other.parent ?? '') ? -1 : 1));
    for (let start = 0; start < rows.length; start += sliceChanges) {
      yield* slicesOf(rows.slice(start, start + sliceChanges));
    }
  }
}

function bucketOf(parent: string): number {
  let hash = 0;
  for (let index = 0; index < parent.length; index += 1) hash = (Math.imul(hash, 31) + parent.charCodeAt(index)) >>> 0;
  return hash % buckets;
}
