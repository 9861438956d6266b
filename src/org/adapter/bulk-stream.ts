import { pipeline, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { isPassing, type RawFailure } from '../failure.js';
import { garbage, RequestFailure, type Transport } from './transport.js';

export type StreamedAnswer = Awaited<ReturnType<typeof fetch>>;
type Slice = readonly (readonly string[])[];

type StreamedRequest = {
  readonly method: 'GET' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReadableStream;
  readonly duplex?: 'half';
};

const retryDelaysMs: readonly number[] = [200, 1_000, 3_000];
const sliceRows = 2_000;

/** CSV goes around the library, which would hold all of it in memory. Throws RequestFailure. */
export async function fetchStream(
  transport: Transport,
  path: string,
  request: StreamedRequest,
): Promise<StreamedAnswer> {
  const { connection } = transport;
  const url = `${connection.instanceUrl.replace(/\/+$/, '')}/services/data/v${connection.getApiVersion()}${path}`;
  const headers = { authorization: `Bearer ${connection.accessToken ?? ''}`, ...request.headers };
  let response: StreamedAnswer;
  try {
    response = await fetch(url, { ...request, headers });
  } catch (error) {
    throw lostConnection(error);
  }
  if (!response.ok) throw new RequestFailure(await answerFailure(response));
  return response;
}

/**
 * Rows of a CSV file in the org, header first, in slices as they arrive. Where the connection breaks, the file is asked for
 * again and what was read already is passed over: a stored result keeps its order. `onAnswer` sees each answer's headers.
 */
export async function* csvSlices(
  transport: Transport,
  path: string,
  onAnswer: (answer: StreamedAnswer) => void = () => undefined,
): AsyncGenerator<Slice> {
  let taken = 0;
  for (let failures = 0; ; failures += 1) {
    try {
      const answer = await fetchStream(transport, path, { method: 'GET' });
      onAnswer(answer);
      let position = 0;
      for await (const slice of slicesOf(answer)) {
        const fresh = slice.slice(Math.max(0, taken - position));
        position += slice.length;
        if (fresh.length === 0) continue;
        taken += fresh.length;
        failures = 0;
        yield fresh;
      }
      return;
    } catch (error) {
      const delayMs = retryDelaysMs[failures];
      if (!(error instanceof RequestFailure) || !isPassing(error.failure) || delayMs === undefined) throw error;
      await wait(delayMs);
    }
  }
}

async function* slicesOf(answer: StreamedAnswer): AsyncGenerator<Slice> {
  if (answer.body === null) return;
  const parser = parse({ relax_column_count: true });
  // The pipeline hands a broken connection on to the parser, from which it is thrown below.
  pipeline(Readable.fromWeb(answer.body), parser, () => undefined);
  let slice: string[][] = [];
  try {
    for await (const row of parser as AsyncIterable<string[]>) {
      slice.push(row);
      if (slice.length < sliceRows) continue;
      yield slice;
      slice = [];
    }
  } catch (error) {
    throw lostConnection(error);
  }
  if (slice.length > 0) yield slice;
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
