import type { Connection } from '@salesforce/core';
import { setTimeout as wait } from 'node:timers/promises';
import { observeAnswers, withStatus } from './answer-status.js';
import { isPassing, toOrgError, withoutPage, type RawFailure } from '../failure.js';
import type { RequestCounter } from './request-counter.js';

export type OrgRequest = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** From the version on: "/query?q=…"; or from the instance on: "/services/…". */
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs?: number;
};

export class RequestFailure extends Error {
  public readonly failure: RawFailure;
  public constructor(failure: RawFailure) {
    super(failure.message);
    this.name = 'RequestFailure';
    this.failure = failure;
  }
}

/** Longest time that Salesforce itself gives a query or a REST transaction. */
const answerTimeoutMs = 120_000;
/** Before each repetition of a read. */
const readRetryDelaysMs: readonly number[] = [200, 1_000, 3_000];

/**
 * One HTTP request at a time, with our own rules of repetition instead of the library's: reads are repeated a few times
 * within seconds, writes never, because only looking again tells whether a lost write was done.
 */
export class Transport {
  public readonly connection: Connection;
  public readonly counter: RequestCounter;
  public readonly readRetryDelaysMs = readRetryDelaysMs;

  public constructor(connection: Connection, counter: RequestCounter) {
    this.connection = connection;
    this.counter = counter;
    observeAnswers(connection, answerTimeoutMs);
  }

  /** A request without effect, repeated when the failure may pass. Throws RequestFailure. */
  public async tryRead<T>(request: OrgRequest, isExpected: (body: unknown) => body is T): Promise<T> {
    return repeatRead(() => this.sendOnce(request, isExpected));
  }

  /** One attempt; the only way for requests with effect. Throws RequestFailure. */
  public async sendOnce<T>(request: OrgRequest, isExpected: (body: unknown) => body is T): Promise<T> {
    const body = await this.#send(request);
    if (!isExpected(body)) throw new RequestFailure(garbage(body));
    return body;
  }

  async #send(request: OrgRequest): Promise<unknown> {
    return asRequestFailure(async () =>
      this.connection.request(
        {
          method: request.method,
          url: request.path,
          headers: { 'content-type': 'application/json' },
          ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
        },
        request.timeoutMs === undefined ? {} : { timeout: request.timeoutMs },
      ),
    );
  }
}

/** Repeats what has no effect while the failure may pass. */
export async function repeatRead<T>(read: () => Promise<T>): Promise<T> {
  for (const delayMs of readRetryDelaysMs) {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof RequestFailure) || !isPassing(error.failure)) throw error;
      await wait(delayMs);
    }
  }
  return read();
}

export async function named<T>(request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw error instanceof RequestFailure ? toOrgError(error.failure) : error;
  }
}

/** Also for calls that go through the library's own API, such as SOAP. */
export async function asRequestFailure<T>(call: () => Promise<T>): Promise<T> {
  return withStatus(call, (error, status) =>
    error instanceof RequestFailure ? error : new RequestFailure(toRawFailure(error, status)),
  );
}

export function garbage(body: unknown): RawFailure {
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? null);
  const excerpt = text.replace(/\s+/g, ' ').slice(0, 200);
  return { errorCode: 'UNEXPECTED_ANSWER', message: excerpt, status: null, kind: 'garbage' };
}

/**
 * The cause of a failed fetch is never passed on as `cause`: the CLI takes a TypeError anywhere in the chain for a defect of
 * the plugin and exits with 10.
 */
function toRawFailure(error: unknown, status: number | null): RawFailure {
  if (!(error instanceof Error)) return { errorCode: 'UNKNOWN', message: String(error), status, kind: 'network' };
  const errorCode = 'errorCode' in error && typeof error.errorCode === 'string' ? error.errorCode : undefined;
  if (errorCode !== undefined) {
    return {
      errorCode,
      message: withoutPage(error.message),
      status: status ?? statusInCode(errorCode),
      kind: 'answer',
    };
  }
  if (error.name === 'AbortError' || error.message === 'Request Timeout') {
    return { errorCode: 'TIMEOUT', message: 'no answer in time', status, kind: 'timeout' };
  }
  if (status !== null) return { ...garbage(error.message), status };
  if (isNetworkError(error)) return { errorCode: 'NETWORK', message: networkReason(error), status, kind: 'network' };
  // The library refused before anything was sent, for example a kind of token that SOAP does not take.
  return { errorCode: 'UNEXPECTED', message: error.message, status: 400, kind: 'answer' };
}

/** fetch says no more than "fetch failed"; the reason is its cause. A connection may also break within an answer. */
function isNetworkError(error: Error): boolean {
  return (
    error.message === 'fetch failed' ||
    error.message === 'terminated' ||
    'code' in error ||
    error.cause instanceof Error
  );
}

/** jsforce's name for an error answer without a readable body: ERROR_HTTP_503. SOAP faults come with status 500. */
function statusInCode(errorCode: string): number | null {
  const digits = /^ERROR_HTTP_(\d{3})$/.exec(errorCode)?.[1];
  return digits === undefined ? null : Number(digits);
}

function networkReason(error: Error): string {
  const cause = error.cause;
  if (!(cause instanceof Error)) return error.message.replace('TypeError', 'error');
  const code = 'code' in cause && typeof cause.code === 'string' ? `${cause.code}: ` : '';
  return `${code}${cause.message}`;
}
