import type { ObjectDescription, Row } from '../../observation/question.js';
import { isRow } from '../../observation/row.js';
import type { CountQuery, Query, Read } from '../port.js';
import {
  readBatched,
  readSingle,
  refusable,
  refusedOrThrown,
  sendBatch,
  settle,
  tryReadSingle,
  type BatchRead,
} from './batch.js';
import { describeRead, objectDescription, type DescribedObject } from './descriptions.js';
import { RequestFailure, type Transport } from './transport.js';

type QueryPage = { readonly records: readonly Row[] } & (
  { readonly done: true } | { readonly done: false; readonly nextRecordsUrl: string }
);
type CountPage = { readonly totalSize: number };

type Together = {
  readonly rows: ReadonlyArray<Read<readonly Row[]>>;
  readonly descriptions: ReadonlyArray<Read<ObjectDescription>>;
};

/** Queries and descriptions in batches, Tooling queries on their own, everything at once; every result page is read. */
export async function readTogether(
  transport: Transport,
  queries: readonly Query[],
  sobjects: readonly string[],
): Promise<Together> {
  const rest = queries.filter((query) => query.api !== 'tooling');
  const reads: ReadonlyArray<BatchRead<QueryPage | DescribedObject>> = [
    ...rest.map(queryRead),
    ...sobjects.map(describeRead),
  ];
  const [batched, tooling] = await Promise.all([
    readBatched(transport, reads),
    Promise.all(queries.filter((query) => query.api === 'tooling').map((query) => queryTooling(transport, query))),
  ]);
  const batchedRows = await Promise.all(
    rest.map((query, index) => rowsOfBatched(transport, query, batched[index] ?? unanswered(query))),
  );
  const answers = { batched: batchedRows.values(), tooling: tooling.values() };
  return {
    rows: queries.map((query) => {
      const { value } = answers[query.api === 'tooling' ? 'tooling' : 'batched'].next();
      return value ?? unanswered(query);
    }),
    descriptions: batched.slice(rest.length).map(descriptionOf),
  };
}

/** `SELECT COUNT()`; what takes longer than its time answers "not counted". */
export async function count(
  transport: Transport,
  { soql, timeoutMs }: CountQuery,
): Promise<Read<number | 'not counted'>> {
  try {
    const read = { path: queryPath({ soql, api: 'rest' }), isExpected: isCount };
    const page = await tryReadSingle(transport, read, timeoutMs);
    return { ok: true, value: page.totalSize };
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    const { failure } = error;
    if (failure.kind === 'timeout' || failure.errorCode === 'QUERY_TIMEOUT') return { ok: true, value: 'not counted' };
    return refusedOrThrown(failure);
  }
}

/** Counts run long: only a few at the same time, to leave the org its breath. */
const countsAtOnce = 4;
const countsInBatch = 25;

/** All counts in one request where that is in time, else each on its own with its own time limit. */
export async function countAll(
  transport: Transport,
  queries: readonly CountQuery[],
): Promise<ReadonlyArray<Read<number | 'not counted'>>> {
  const together = queries.length > 1 ? await tryCountTogether(transport, queries) : null;
  if (together !== null) return together;
  const waiting = [...queries.entries()];
  const answers = new Map<number, Read<number | 'not counted'>>();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      answers.set(next[0], await count(transport, next[1]));
    }
  };
  await Promise.all(Array.from({ length: countsAtOnce }, work));
  return queries.map((query, index) => answers.get(index) ?? unanswered(query));
}

/** Null where the batch took too long or failed as a whole. */
async function tryCountTogether(
  transport: Transport,
  queries: readonly CountQuery[],
): Promise<ReadonlyArray<Read<number>> | null> {
  const timeoutMs = Math.max(...queries.map((query) => query.timeoutMs));
  const reads = queries.map(({ soql }) => ({ path: queryPath({ soql, api: 'rest' }), isExpected: isCount }));
  const answers: Read<number>[] = [];
  try {
    for (let start = 0; start < reads.length; start += countsInBatch) {
      const chunk = reads.slice(start, start + countsInBatch);
      const results = await sendBatch(transport, chunk, timeoutMs);
      if (results.some(({ result }) => isQueryTimeout(result))) return null;
      const settled = await Promise.all(chunk.map((read, index) => settle(transport, read, results[index])));
      answers.push(...settled.map(countOf));
    }
    return answers;
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    return null;
  }
}

function countOf(read: Read<CountPage>): Read<number> {
  return read.ok ? { ok: true, value: read.value.totalSize } : read;
}

function isQueryTimeout(result: unknown): boolean {
  const first: unknown = Array.isArray(result) ? result[0] : result;
  return isRow(first) && first['errorCode'] === 'QUERY_TIMEOUT';
}

function queryRead(query: Query): BatchRead<QueryPage> {
  return { path: queryPath(query), isExpected: isPage };
}

/** An object that REST does not know may be one of the Tooling API's. */
async function rowsOfBatched(
  transport: Transport,
  query: Query,
  read: Read<QueryPage | DescribedObject>,
): Promise<Read<readonly Row[]>> {
  const isUnknownToRest = !read.ok && read.refusal.errorCode === 'INVALID_TYPE';
  return query.api === 'either' && isUnknownToRest ? queryTooling(transport, query) : rowsOf(transport, read);
}

async function queryTooling(transport: Transport, { soql }: Query): Promise<Read<readonly Row[]>> {
  return rowsOf(transport, await readSingle(transport, queryRead({ soql, api: 'tooling' })));
}

async function rowsOf(transport: Transport, read: Read<QueryPage | DescribedObject>): Promise<Read<readonly Row[]>> {
  if (!read.ok) return read;
  const page = read.value;
  return isPage(page) ? refusable(() => withFollowingPages(transport, page)) : { ok: true, value: [] };
}

function descriptionOf(read: Read<QueryPage | DescribedObject>): Read<ObjectDescription> {
  if (!read.ok) return read;
  if (isPage(read.value)) throw new Error('A query was answered where a description was asked for.');
  return { ok: true, value: objectDescription(read.value) };
}

async function withFollowingPages(transport: Transport, first: QueryPage): Promise<readonly Row[]> {
  const rows = [...first.records];
  let page = first;
  while (!page.done) {
    page = await transport.tryRead({ method: 'GET', path: page.nextRecordsUrl }, isPage);
    rows.push(...page.records);
  }
  return rows;
}

function queryPath(query: Query): string {
  return `${query.api === 'tooling' ? '/tooling' : ''}/query?q=${encodeURIComponent(query.soql)}`;
}

function unanswered({ soql }: { readonly soql: string }): never {
  throw new Error(`No answer was kept for: ${soql}`);
}

/** A page that is not the last one and doesn't say which is next is no answer: its rows would pass for all of them. */
function isPage(body: unknown): body is QueryPage {
  if (!isRow(body) || !Array.isArray(body['records'])) return false;
  return body['done'] === true || (body['done'] === false && typeof body['nextRecordsUrl'] === 'string');
}

function isCount(body: unknown): body is CountPage {
  return isRow(body) && typeof body['totalSize'] === 'number';
}
