import type { Row } from '../../observation/question.js';
import type { Read } from '../port.js';
import { isPassing, toOrgError, toRefusal, type RawFailure } from '../failure.js';
import { garbage, named, repeatRead, RequestFailure, type Transport } from './transport.js';

export type Query = { readonly soql: string; readonly api: 'rest' | 'tooling' };

type QueryPage = { readonly records: readonly Row[]; readonly done: boolean; readonly nextRecordsUrl?: string };
type CountPage = { readonly totalSize: number };
type BatchAnswer = { readonly results: ReadonlyArray<{ readonly statusCode: number; readonly result: unknown }> };

/** Composite batch: at most 25 independent subrequests, none of them a Tooling path (REST guide). */
const batchSize = 25;
/** URI and headers together may have 16,384 bytes (help 000386264); the token alone can take 2,000. */
const longestPath = 12_000;

/** All REST queries in batches, all Tooling queries on their own, everything at once; every result page is read. */
export async function queryAll(
  transport: Transport,
  queries: readonly Query[],
): Promise<ReadonlyArray<Read<readonly Row[]>>> {
  const answers = new Map<Query, Read<readonly Row[]>>();
  const note = (query: Query, answer: Read<readonly Row[]>): void => void answers.set(query, answer);
  const rest = queries.filter((query) => query.api === 'rest');
  const tooling = queries.filter((query) => query.api === 'tooling');
  await Promise.all([
    ...tooling.map(async (query) => note(query, await querySingle(transport, query))),
    ...inBatches(rest).map(async (batch) => {
      const pages = fitsInUrl(batch) ? undefined : await queryBatch(transport, batch);
      await Promise.all(
        batch.map(async (query, index) =>
          note(
            query,
            pages === undefined ? await querySingle(transport, query) : await settle(transport, query, pages[index]),
          ),
        ),
      );
    }),
  ]);
  return queries.map((query) => answers.get(query) ?? unanswered(query));
}

/** `SELECT COUNT()`; what takes longer than its time answers "not counted". */
export async function count(
  transport: Transport,
  soql: string,
  timeoutMs: number,
): Promise<Read<number | 'not counted'>> {
  try {
    const page = await transport.tryRead({ method: 'GET', path: queryPath({ soql, api: 'rest' }), timeoutMs }, isCount);
    return { ok: true, value: page.totalSize };
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    const { failure } = error;
    if (failure.kind === 'timeout' || failure.errorCode === 'QUERY_TIMEOUT') return { ok: true, value: 'not counted' };
    return refusedOrThrown(failure);
  }
}

/** One query needs no batch, unless it is longer than Salesforce takes in a URL: a batch carries it in its body. */
function fitsInUrl(batch: readonly Query[]): boolean {
  const [only, ...others] = batch;
  return only !== undefined && others.length === 0 && queryPath(only).length <= longestPath;
}

function inBatches(queries: readonly Query[]): readonly Query[][] {
  return Array.from({ length: Math.ceil(queries.length / batchSize) }, (_, index) =>
    queries.slice(index * batchSize, (index + 1) * batchSize),
  );
}

async function querySingle(transport: Transport, query: Query): Promise<Read<readonly Row[]>> {
  return refusable(async () => readPages(transport, { method: 'GET', path: queryPath(query) }));
}

async function queryBatch(transport: Transport, queries: readonly Query[]): Promise<readonly BatchResult[]> {
  const version = `v${transport.connection.getApiVersion()}`;
  const batchRequests = queries.map((query) => ({ method: 'GET', url: `${version}${queryPath(query)}` }));
  const send = async (): Promise<BatchAnswer> => {
    transport.counter.addBatch(queries.length);
    return transport.sendOnce(
      { method: 'POST', path: '/composite/batch', body: { batchRequests, haltOnError: false } },
      isBatch,
    );
  };
  return named(async () => (await repeatRead(send)).results);
}

type BatchResult = BatchAnswer['results'][number];

async function settle(
  transport: Transport,
  query: Query,
  answer: BatchResult | undefined,
): Promise<Read<readonly Row[]>> {
  if (answer !== undefined && answer.statusCode < 400 && isPage(answer.result)) {
    const first = answer.result;
    return refusable(async () => withFollowingPages(transport, first));
  }
  const failure = answer === undefined ? garbage('a batch answer with too few results') : failureIn(answer);
  return isPassing(failure) ? querySingle(transport, query) : refusedOrThrown(failure);
}

function failureIn(answer: BatchResult): RawFailure {
  const first: unknown = Array.isArray(answer.result) ? answer.result[0] : answer.result;
  if (!isErrorBody(first)) return { ...garbage(answer.result), status: answer.statusCode };
  return { errorCode: first.errorCode, message: first.message, status: answer.statusCode, kind: 'answer' };
}

async function readPages(
  transport: Transport,
  request: { readonly method: 'GET'; readonly path: string },
): Promise<readonly Row[]> {
  return withFollowingPages(transport, await transport.tryRead(request, isPage));
}

async function withFollowingPages(transport: Transport, first: QueryPage): Promise<readonly Row[]> {
  const rows = [...first.records];
  let page = first;
  while (!page.done && page.nextRecordsUrl !== undefined) {
    page = await transport.tryRead({ method: 'GET', path: page.nextRecordsUrl }, isPage);
    rows.push(...page.records);
  }
  return rows;
}

/** A query that the org refuses (no such object, no such column, no permission) is an answer; everything else is thrown. */
async function refusable<T>(read: () => Promise<T>): Promise<Read<T>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    return refusedOrThrown(error.failure);
  }
}

/** 400, 403 and 404 speak about this one question; a lost session, an exhausted limit or a fault concern the whole run. */
export function refusedOrThrown(failure: RawFailure): Read<never> {
  const speaksOfQuestion =
    failure.kind === 'answer' &&
    (failure.status === 400 || failure.status === 403 || failure.status === 404) &&
    !wholeRunCodes.has(failure.errorCode);
  if (!speaksOfQuestion) throw toOrgError(failure);
  return { ok: false, refusal: toRefusal(failure) };
}

const wholeRunCodes: ReadonlySet<string> = new Set([
  'INVALID_SESSION_ID',
  'REQUEST_LIMIT_EXCEEDED',
  'API_DISABLED_FOR_ORG',
  'API_CURRENTLY_DISABLED',
]);

function queryPath(query: Query): string {
  return `${query.api === 'tooling' ? '/tooling' : ''}/query?q=${encodeURIComponent(query.soql)}`;
}

function unanswered(query: Query): never {
  throw new Error(`No answer was kept for: ${query.soql}`);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isPage(body: unknown): body is QueryPage {
  return isRecord(body) && Array.isArray(body['records']) && typeof body['done'] === 'boolean';
}

function isCount(body: unknown): body is CountPage {
  return isRecord(body) && typeof body['totalSize'] === 'number';
}

function isBatch(body: unknown): body is BatchAnswer {
  return isRecord(body) && Array.isArray(body['results']);
}

function isErrorBody(value: unknown): value is { readonly errorCode: string; readonly message: string } {
  return isRecord(value) && typeof value['errorCode'] === 'string' && typeof value['message'] === 'string';
}
