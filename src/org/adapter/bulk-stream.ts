import type { Connection } from '@salesforce/core';
import { pipeline, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { CsvError, parse } from 'csv-parse';
import { isPassing, type RawFailure } from '../failure.js';
import { fetchFor, type StreamedAnswer } from './proxied-fetch.js';
import { garbage, RequestFailure } from './transport.js';

export type StreamedBody = NonNullable<StreamedAnswer['body']>;

/** What of a transport is needed here: where the org is, who asks, and how long to wait before asking again. */
type Addressed = {
  readonly readRetryDelaysMs: readonly number[];
  readonly connection: Pick<Connection, 'instanceUrl' | 'accessToken' | 'getApiVersion'>;
};

type StreamedRequest = {
  readonly method: 'GET' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReadableStream;
  readonly duplex?: 'half';
};

/** Rows, however they are kept. */
export type Rows<R> = { readonly length: number; readonly slice: (start: number) => R };

const sliceRows = 2_000;

/** CSV goes around the library, which would hold all of it in memory. Throws RequestFailure. */
export async function fetchStream(
  transport: Pick<Addressed, 'connection'>,
  path: string,
  request: StreamedRequest,
): Promise<StreamedAnswer> {
  const { connection } = transport;
  const url = `${connection.instanceUrl.replace(/\/+$/, '')}/services/data/v${connection.getApiVersion()}${path}`;
  const headers = { authorization: `Bearer ${connection.accessToken ?? ''}`, ...request.headers };
  // A body that might have to be sent again to another address would be kept until its end: fetch copies it, unless a redirect is
  // an error. No upload is redirected.
  const redirect = request.body === undefined ? 'follow' : 'error';
  let response: StreamedAnswer;
  try {
    response = await fetchFor(process.env)(url, { ...request, headers, redirect });
  } catch (error) {
    throw lostConnection(error);
  }
  if (!response.ok) throw new RequestFailure(await answerFailure(response));
  return response;
}

/**
 * A file in the org, in slices as it arrives. Where the connection breaks, the file is asked for again and what was read already
 * is passed over: a stored result keeps its order. A file that is not what was asked for counts as a broken connection. `verify`
 * throws where an answer isn't whole, by the rows that it had and what its headers say.
 */
export async function* slicesOfFile<R extends Rows<R>>(
  transport: Addressed,
  path: string,
  read: (body: StreamedBody) => AsyncIterable<R>,
  verify: (rows: number, answer: StreamedAnswer) => void,
): AsyncGenerator<R> {
  let taken = 0;
  for (let failures = 0; ; failures += 1) {
    try {
      const answer = await fetchStream(transport, path, { method: 'GET' });
      let position = 0;
      for await (const slice of received(read(answer.body ?? nothing()))) {
        const fresh = position < taken ? slice.slice(taken - position) : slice;
        position += slice.length;
        if (fresh.length === 0) continue;
        taken += fresh.length;
        failures = 0;
        yield fresh;
      }
      verify(position, answer);
      return;
    } catch (error) {
      const delayMs = transport.readRetryDelaysMs[failures];
      if (!(error instanceof RequestFailure) || !isPassing(error.failure) || delayMs === undefined) throw error;
      await wait(delayMs);
    }
  }
}

async function* received<T>(slices: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = slices[Symbol.asyncIterator]();
  try {
    for (let next = await nextOf(iterator); next.done !== true; next = await nextOf(iterator)) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

function nextOf<T>(iterator: AsyncIterator<T>): Promise<IteratorResult<T>> {
  return iterator.next().catch((error: unknown) => {
    throw readFailure(error);
  });
}

/** A reader that cannot make sense of a file tells so itself; everything else is the connection. */
function readFailure(error: unknown): RequestFailure {
  if (error instanceof RequestFailure) return error;
  return error instanceof CsvError ? new RequestFailure(garbage(error.message)) : lostConnection(error);
}

/** A file that ends before it is whole. */
export function incomplete(rows: number, announced: number): RequestFailure {
  return new RequestFailure(garbage(`${rows} rows of a result of ${announced}`));
}

function nothing(): StreamedBody {
  return new ReadableStream({ start: (controller) => controller.close() });
}

/** Rows of a CSV file, header first. */
export async function* csvRows(body: StreamedBody): AsyncGenerator<readonly (readonly string[])[]> {
  const parser = parse({ relax_column_count: true });
  // The pipeline hands a broken connection on to the parser, from which it is thrown below.
  pipeline(Readable.fromWeb(body), parser, () => undefined);
  let slice: string[][] = [];
  for await (const row of parser as AsyncIterable<string[]>) {
    slice.push(row);
    if (slice.length < sliceRows) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}

/** The same rows, where the first of them names these columns among others. */
export async function* csvRowsWith(
  body: StreamedBody,
  columns: readonly string[],
): AsyncGenerator<readonly (readonly string[])[]> {
  let isChecked = false;
  for await (const rows of csvRows(body)) {
    if (!isChecked) checkColumns(rows[0] ?? [], columns);
    isChecked = true;
    yield rows;
  }
  if (!isChecked) checkColumns([], columns);
}

function checkColumns(header: readonly string[], columns: readonly string[]): void {
  const names = new Set(header.map((name) => name.toLowerCase()));
  if (columns.every((column) => names.has(column.toLowerCase()))) return;
  const text = header.join(',').trim();
  throw new RequestFailure(garbage(text === '' ? 'a file without a line that names its columns' : text));
}

/** fetch's own error is never passed on: the CLI would take it for a defect of the plugin. */
export function lostConnection(error: unknown): RequestFailure {
  const reason =
    error instanceof Error && error.cause instanceof Error ? error.cause.message : 'the connection was lost';
  return new RequestFailure({ errorCode: 'NETWORK', message: reason, status: null, kind: 'network' });
}

async function answerFailure(response: StreamedAnswer): Promise<RawFailure> {
  const text = await response.text().catch(() => '');
  const body = parsed(text);
  const first: unknown = Array.isArray(body) ? body[0] : body;
  if (!isReply(first) || typeof first['errorCode'] !== 'string') return { ...garbage(text), status: response.status };
  const message = typeof first['message'] === 'string' ? first['message'] : '';
  return { errorCode: first['errorCode'], message, status: response.status, kind: 'answer' };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export type Reply = Readonly<Record<string, unknown>>;

export function isReply(body: unknown): body is Reply {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
