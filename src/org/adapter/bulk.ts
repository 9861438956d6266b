import { ReadableStream } from 'node:stream/web';
import type { BulkJob, BulkJobState, BulkPort, FailedRow } from '../bulk.js';
import { OrgError, toBulkError, toJobError } from '../failure.js';
import { queryIds } from './bulk-query.js';
import {
  csvRowsWith,
  fetchStream,
  incomplete,
  isReply,
  slicesOfFile,
  type Reply,
  type StreamedBody,
} from './bulk-stream.js';
import { RequestFailure, type Transport } from './transport.js';

/** An upload may hold 150 MB in base64, about 100 MB of CSV (Bulk API 2.0 guide, "Upload Job Data"). */
const uploadBytes = 95_000_000;
const unfinished: readonly BulkJobState[] = ['Open', 'UploadComplete', 'InProgress'];

export function createBulkPort(transport: Transport): BulkPort {
  return {
    uploadBytes,
    queryIds: (soql, signal) => queryIds(transport, soql, signal),
    createUpdate: (sobject) => createUpdate(transport, sobject),
    upload: (jobId, csv) => upload(transport, jobId, csv),
    start: (jobId) => start(transport, jobId),
    abort: (jobId) => changeState(transport, jobId, 'Aborted'),
    job: (id) => readJob(transport, id),
    unfinishedUpdates: (sobject) => unfinishedUpdates(transport, sobject),
    failedRows: (jobId, failed) => failedRows(transport, jobId, failed),
  };
}

/** `jobId`: the job that the request is about, which may not be there. */
async function namedForBulk<T>(request: () => Promise<T>, jobId: string | null = null): Promise<T> {
  try {
    return await request();
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    throw jobId === null ? toBulkError(error.failure) : toJobError(error.failure, jobId);
  }
}

async function createUpdate(transport: Transport, sobject: string): Promise<string> {
  const body = { object: sobject, operation: 'update', contentType: 'CSV', lineEnding: 'LF' };
  const job = await namedForBulk(() => transport.sendOnce({ method: 'POST', path: '/jobs/ingest', body }, isReply));
  return String(job['id']);
}

async function upload(transport: Transport, jobId: string, csv: AsyncIterable<Uint8Array>): Promise<void> {
  const source = watched(csv);
  try {
    const answer = await fetchStream(transport, `/jobs/ingest/${jobId}/batches`, {
      method: 'PUT',
      headers: { 'content-type': 'text/csv' },
      // Asks for a piece only when the last one is on its way.
      body: ReadableStream.from(source.pieces),
      duplex: 'half',
    });
    await answer.body?.cancel();
  } catch (error) {
    // What went wrong while the rows were found is the cause; the broken upload only its consequence.
    if (source.failure() !== null) throw source.failure();
    throw error instanceof RequestFailure ? toJobError(error.failure, jobId) : error;
  }
}

type Watched = { readonly pieces: AsyncIterable<Uint8Array>; readonly failure: () => unknown };

function watched(csv: AsyncIterable<Uint8Array>): Watched {
  let failure: unknown = null;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    try {
      yield* csv;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { pieces: pieces(), failure: () => failure };
}

/** Where the answer is lost, the job itself tells whether it was started. */
async function start(transport: Transport, jobId: string): Promise<void> {
  try {
    await changeState(transport, jobId, 'UploadComplete');
  } catch (error) {
    if (!(error instanceof OrgError) || error.certainty !== 'unknown') throw error;
    const { state } = await readJob(transport, jobId);
    if (state === 'Open') await changeState(transport, jobId, 'UploadComplete');
  }
}

async function changeState(transport: Transport, jobId: string, state: BulkJobState): Promise<void> {
  const path = `/jobs/ingest/${jobId}`;
  await namedForBulk(() => transport.sendOnce({ method: 'PATCH', path, body: { state } }, isReply), jobId);
}

async function readJob(transport: Transport, id: string): Promise<BulkJob> {
  const path = `/jobs/ingest/${encodeURIComponent(id)}`;
  return toJob(await namedForBulk(() => transport.tryRead({ method: 'GET', path }, isReply), id));
}

async function unfinishedUpdates(transport: Transport, sobject: string): Promise<readonly BulkJob[]> {
  const jobs: BulkJob[] = [];
  for (let path: string | null = '/jobs/ingest?jobType=V2Ingest'; path !== null;) {
    const page = path;
    const reply: JobPage = await namedForBulk(() => transport.tryRead({ method: 'GET', path: page }, isJobPage));
    jobs.push(...reply.records.filter(isReply).map(toJob));
    path = reply.nextRecordsUrl ?? null;
  }
  return jobs.filter(
    (job) =>
      job.operation === 'update' &&
      job.sobject.toLowerCase() === sobject.toLowerCase() &&
      unfinished.includes(job.state),
  );
}

type JobPage = Reply & { readonly records: readonly unknown[]; readonly nextRecordsUrl?: string | null };

/** As with rows, a page that is not the last one says which is next. */
function isJobPage(body: unknown): body is JobPage {
  if (!isReply(body) || !Array.isArray(body['records'])) return false;
  const next = body['nextRecordsUrl'] ?? null;
  return typeof next === 'string' || (next === null && body['done'] !== false);
}

/** The file has sf__Id and sf__Error, and the columns of the upload: Id and the one value (guide, "Get Failed Results"). */
const failureNames = ['sf__Id', 'sf__Error', 'Id'] as const;

async function* failedRows(transport: Transport, jobId: string, failed: number): AsyncGenerator<FailedRow> {
  let columns: FailureColumns | null = null;
  try {
    const path = `/jobs/ingest/${jobId}/failedResults`;
    const read = (body: StreamedBody): ReturnType<typeof csvRowsWith> => csvRowsWith(body, failureNames);
    const verify = (lines: number): void => {
      const rows = lines - 1;
      if (rows !== failed) throw incomplete(rows, failed);
    };
    for await (const slice of slicesOfFile(transport, path, read, verify)) {
      const rows = columns === null ? slice.slice(1) : slice;
      columns ??= failureColumns(slice[0] ?? []);
      for (const row of rows) {
        const message = row[columns.error] ?? '';
        const [errorCode = ''] = message.split(':');
        yield { id: row[columns.id] ?? '', value: row[columns.value] ?? '', errorCode, message };
      }
    }
  } catch (error) {
    throw error instanceof RequestFailure ? toJobError(error.failure, jobId) : error;
  }
}

type FailureColumns = { readonly id: number; readonly error: number; readonly value: number };

function failureColumns(header: readonly string[]): FailureColumns {
  const names = header.map((name) => name.toLowerCase());
  const value = names.findIndex((name) => name !== 'id' && !name.startsWith('sf__'));
  return { id: names.indexOf('id'), error: names.indexOf('sf__error'), value };
}

function toJob(reply: Reply): BulkJob {
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
