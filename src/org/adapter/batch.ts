import type { Read } from '../port.js';
import { isPassing, toOrgError, toRefusal, type RawFailure } from '../failure.js';
import { garbage, named, repeatRead, RequestFailure, type Transport } from './transport.js';

/** A GET whose answer has a known shape. */
export type BatchRead<T> = { readonly path: string; readonly isExpected: (body: unknown) => body is T };

type BatchAnswer = { readonly results: readonly BatchResult[] };
type BatchResult = { readonly statusCode: number; readonly result: unknown };

/** Composite batch: at most 25 independent subrequests, none of them a Tooling path (REST guide). */
const batchSize = 25;
/** URI and headers together may have 16,384 bytes (help 000386264); the token alone can take 2,000. */
const longestPath = 12_000;

/** Independent reads in as few requests as possible. What the org refuses is an answer; what fails in passing is repeated. */
export async function readBatched<T>(
  transport: Transport,
  reads: ReadonlyArray<BatchRead<T>>,
): Promise<ReadonlyArray<Read<T>>> {
  const batches = await Promise.all(
    inBatches(reads).map(async (batch) => {
      if (batch.length === 1) return Promise.all(batch.map((read) => readSingle(transport, read)));
      const results = await named(() => repeatRead(() => sendBatch(transport, batch)));
      return Promise.all(batch.map((read, index) => settle(transport, read, results[index])));
    }),
  );
  return batches.flat();
}

/** One attempt at one batch; throws RequestFailure. For reads with a time limit of their own. */
export async function sendBatch(
  transport: Transport,
  reads: ReadonlyArray<BatchRead<unknown>>,
  timeoutMs?: number,
): Promise<readonly BatchResult[]> {
  const version = `v${transport.connection.getApiVersion()}`;
  const batchRequests = reads.map(({ path }) => ({ method: 'GET', url: `${version}${path}` }));
  transport.counter.addBatch(reads.length);
  const body = { batchRequests, haltOnError: false };
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  const answer = await transport.sendOnce({ method: 'POST', path: '/composite/batch', body, ...limit }, isBatch);
  return answer.results;
}

export async function readSingle<T>(transport: Transport, read: BatchRead<T>): Promise<Read<T>> {
  return refusable(() => tryReadSingle(transport, read));
}

/**
 * One read needs no batch, unless it is longer than Salesforce takes in a URL: a batch carries it in its body. Throws
 * RequestFailure.
 */
export async function tryReadSingle<T>(transport: Transport, read: BatchRead<T>, timeoutMs?: number): Promise<T> {
  const { path, isExpected } = read;
  if (path.length <= longestPath || path.startsWith('/tooling/')) {
    const limit = timeoutMs === undefined ? {} : { timeoutMs };
    return transport.tryRead({ method: 'GET', path, ...limit }, isExpected);
  }
  return repeatRead(async () => {
    const [answer] = await sendBatch(transport, [read], timeoutMs);
    if (isAnswered(read, answer)) return answer.result;
    throw new RequestFailure(failureIn(answer));
  });
}

/** The answer to one read of a batch; asked again on its own where it only failed in passing. */
export async function settle<T>(
  transport: Transport,
  read: BatchRead<T>,
  answer: BatchResult | undefined,
): Promise<Read<T>> {
  if (isAnswered(read, answer)) return { ok: true, value: answer.result };
  const failure = failureIn(answer);
  return isPassing(failure) ? readSingle(transport, read) : refusedOrThrown(failure);
}

/** A question that the org refuses (no such object, no such column, no permission) is an answer; everything else is thrown. */
export async function refusable<T>(read: () => Promise<T>): Promise<Read<T>> {
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

function inBatches<T>(reads: readonly T[]): ReadonlyArray<readonly T[]> {
  return Array.from({ length: Math.ceil(reads.length / batchSize) }, (_, index) =>
    reads.slice(index * batchSize, (index + 1) * batchSize),
  );
}

function isAnswered<T>(
  read: BatchRead<T>,
  answer: BatchResult | undefined,
): answer is BatchResult & { readonly result: T } {
  return answer !== undefined && answer.statusCode < 400 && read.isExpected(answer.result);
}

function failureIn(answer: BatchResult | undefined): RawFailure {
  if (answer === undefined) return garbage('a batch answer with too few results');
  const first: unknown = Array.isArray(answer.result) ? answer.result[0] : answer.result;
  if (!isErrorBody(first)) return { ...garbage(answer.result), status: answer.statusCode };
  return { errorCode: first.errorCode, message: first.message, status: answer.statusCode, kind: 'answer' };
}

function isBatch(body: unknown): body is BatchAnswer {
  return typeof body === 'object' && body !== null && 'results' in body && Array.isArray(body.results);
}

function isErrorBody(value: unknown): value is { readonly errorCode: string; readonly message: string } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'errorCode' in value &&
    typeof value.errorCode === 'string' &&
    'message' in value &&
    typeof value.message === 'string'
  );
}
