import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'csv-parse';
import type { BulkJob, BulkJobState, BulkPort, FailedRow } from '../bulk.js';
import { toOrgError, type RawFailure } from '../failure.js';
import { garbage, named, type Transport } from './transport.js';

const firstPollMs = 200;
const longestPollMs = 5_000;
/** Rows of one result page; a page is streamed, so this bounds requests, not memory. */
const pageRows = 250_000;
/** An upload may hold 150 MB in base64, about 100 MB of CSV (Bulk API 2.0 guide, "Upload Job Data"). */
const uploadLimitBytes = 95_000_000;

type Response = Awaited<ReturnType<typeof fetch>>;
type JobReply = Readonly<Record<string, unknown>>;

export function createBulkPort(transport: Transport): BulkPort {
  const jobPath = (id: string): string => `/jobs/ingest/${id}`;
  const readJob = async (path: string): Promise<JobReply> => transport.read({ method: 'GET', path }, isReply);
  return {
    query: (soql, signal) => queryRows(transport, soql, signal),
    update: (sobject, lines) => uploadUpdate(transport, sobject, lines),
    job: async (id) => toJob(await readJob(jobPath(id))),
    runningUpdates: async (sobject) => runningUpdates(transport, sobject),
    failedRows: (jobId) => failedRows(transport, jobId),
  };
}

async function* queryRows(
  transport: Transport,
  soql: string,
  signal: AbortSignal,
): AsyncGenerator<readonly (readonly string[])[]> {
  const job = await named(() =>
    transport.sendOnce({ method: 'POST', path: '/jobs/query', body: { operation: 'query', query: soql } }, isReply),
  );
  const id = String(job['id']);
  await untilQueried(transport, id, signal);
  let locator: string | null = '';
  while (locator !== null) {
    const query = locator === '' ? '' : `&locator=${encodeURIComponent(locator)}`;
    const response = await fetchRaw(transport, `/jobs/query/${id}/results?maxRecords=${pageRows}${query}`, {
      method: 'GET',
    });
    const next = response.headers.get('sforce-locator');
    locator = next === null || next === 'null' ? null : next;
    yield* parsedRows(response);
  }
}

async function untilQueried(transport: Transport, id: string, signal: AbortSignal): Promise<void> {
  for (let delayMs = firstPollMs; ; delayMs = Math.min(delayMs * 2, longestPollMs)) {
    const job = await transport.read({ method: 'GET', path: `/jobs/query/${id}` }, isReply);
    if (job['state'] === 'JobComplete') return;
    if (job['state'] === 'Failed' || job['state'] === 'Aborted') throw jobError(job);
    signal.throwIfAborted();
    await wait(delayMs);
  }
}

/** Rows without the header, in slices as they arrive. */
async function* parsedRows(response: Response): AsyncGenerator<readonly (readonly string[])[]> {
  if (response.body === null) return;
  const rows = Readable.fromWeb(response.body).pipe(parse({ from_line: 2, relax_column_count: true }));
  let slice: string[][] = [];
  for await (const row of rows as AsyncIterable<string[]>) {
    slice.push(row);
    if (slice.length === 2_000) {
      yield slice;
      slice = [];
    }
  }
  if (slice.length > 0) yield slice;
}

async function uploadUpdate(
  transport: Transport,
  sobject: string,
  lines: AsyncIterable<string>,
): Promise<BulkJob | null> {
  const chunks = lines[Symbol.asyncIterator]();
  const header = await chunks.next();
  const first = await chunks.next();
  if (header.done === true || first.done === true) return null;
  const body = { object: sobject, operation: 'update', contentType: 'CSV', lineEnding: 'LF' };
  const job = await named(() => transport.sendOnce({ method: 'POST', path: '/jobs/ingest', body }, isReply));
  const id = String(job['id']);
  await fetchRaw(transport, `/jobs/ingest/${id}/batches`, {
    method: 'PUT',
    headers: { 'content-type': 'text/csv' },
    body: Readable.toWeb(Readable.from(limited(header.value, first.value, chunks))) as ReadableStream,
    duplex: 'half',
  });
  const state = { state: 'UploadComplete' };
  return toJob(
    await named(() => transport.sendOnce({ method: 'PATCH', path: `/jobs/ingest/${id}`, body: state }, isReply)),
  );
}

/** What does not fit into one upload is left out: whoever looks again finds it still to do. */
async function* limited(header: string, first: string, rest: AsyncIterator<string>): AsyncGenerator<Buffer> {
  let bytes = 0;
  for (
    let line: IteratorResult<string> = { done: false, value: header + first };
    line.done !== true;
    line = await rest.next()
  ) {
    const chunk = Buffer.from(line.value, 'utf8');
    bytes += chunk.length;
    if (bytes > uploadLimitBytes) return;
    yield chunk;
  }
}

async function runningUpdates(transport: Transport, sobject: string): Promise<readonly BulkJob[]> {
  const reply = await transport.read({ method: 'GET', path: '/jobs/ingest?jobType=V2Ingest' }, isReply);
  const records = Array.isArray(reply['records']) ? reply['records'].filter(isReply) : [];
  const going: readonly BulkJobState[] = ['UploadComplete', 'InProgress'];
  return records.map(toJob).filter((job) => {
    const same = job.sobject.toLowerCase() === sobject.toLowerCase() && job.operation === 'update';
    return same && going.includes(job.state);
  });
}

async function* failedRows(transport: Transport, jobId: string): AsyncGenerator<FailedRow> {
  const response = await fetchRaw(transport, `/jobs/ingest/${jobId}/failedResults`, { method: 'GET' });
  if (response.body === null) return;
  const rows = Readable.fromWeb(response.body).pipe(parse({ columns: true, relax_column_count: true }));
  for await (const row of rows as AsyncIterable<Readonly<Record<string, string>>>) {
    const error = row['sf__Error'] ?? '';
    const id = row['Id'] ?? '';
    yield { id: id === '' ? (row['sf__Id'] ?? '') : id, errorCode: error.split(':')[0] ?? '', message: error };
  }
}

type RawRequest = {
  readonly method: 'GET' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: ReadableStream;
  readonly duplex?: 'half';
};

/** CSV goes around the library, which would hold all of it in memory. */
async function fetchRaw(transport: Transport, path: string, request: RawRequest): Promise<Response> {
  const { connection } = transport;
  const url = `${connection.instanceUrl.replace(/\/+$/, '')}/services/data/v${connection.getApiVersion()}${path}`;
  const headers = { authorization: `Bearer ${connection.accessToken ?? ''}`, ...request.headers };
  let response: Response;
  try {
    response = await fetch(url, { ...request, headers });
  } catch (error) {
    throw toOrgError(networkFailure(error));
  }
  if (!response.ok) throw toOrgError(await answerFailure(response));
  return response;
}

/** fetch's own error is never passed on: the CLI would take it for a defect of the plugin. */
function networkFailure(error: unknown): RawFailure {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : 'no connection';
  return { errorCode: 'NETWORK', message: cause, status: null, kind: 'network' };
}

async function answerFailure(response: Response): Promise<RawFailure> {
  const text = await response.text();
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

function jobError(job: JobReply): Error {
  const message = typeof job['errorMessage'] === 'string' ? job['errorMessage'] : String(job['state']);
  return toOrgError({ errorCode: 'BULK_JOB_FAILED', message, status: 400, kind: 'answer' });
}

function toJob(reply: JobReply): BulkJob {
  const text = (name: string): string => (typeof reply[name] === 'string' ? reply[name] : '');
  return {
    id: text('id'),
    sobject: text('object'),
    operation: text('operation'),
    state: text('state') as BulkJobState,
    processed: Number(reply['numberRecordsProcessed'] ?? 0),
    failed: Number(reply['numberRecordsFailed'] ?? 0),
    createdById: text('createdById'),
    errorMessage: text('errorMessage') === '' ? null : text('errorMessage'),
  };
}

function isReply(body: unknown): body is JobReply {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
