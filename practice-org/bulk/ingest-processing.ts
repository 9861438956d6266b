import { setImmediate as nextTurn } from 'node:timers/promises';
import { SalesforceError } from '../org/errors.ts';
import type { Faults } from '../server/faults.ts';
import { InvalidBatch, rowReader, type RowReader } from './ingest-columns.ts';
import { rowsOf } from './csv.ts';
import { batchSaver, type RowSaver, type SavingContext } from './row-saver.ts';
import type { IngestJob } from './ingest-job.ts';

/** `effects` are those of the request that closed the job. */
export type ProcessingContext = SavingContext & { readonly faults: Faults };

/** The platform cuts a job into batches of 10,000 rows (Bulk API 2.0 guide). */
const rowsOfBatch = 10_000;

/** Rows between two looks at the event loop: other requests, and an abort, are served in between. */
const rowsPerTurn = 500;

/** Takes a closed job through InProgress to its end. Never throws: what goes wrong is the job's state. */
export async function processIngestJob(context: ProcessingContext, job: IngestJob): Promise<void> {
  const { clock } = context.org;
  const startedAt = performance.now();
  await nextTurn();
  if (!job.isIn('UploadComplete')) return;
  job.enter('InProgress', clock.timestamp());
  try {
    refuseClosedObject(job);
    refuseWrongLineEnding(job);
    await processRows(context, job);
    if (job.isIn('InProgress')) job.enter('JobComplete', clock.timestamp());
  } catch (thrown) {
    job.fail(jobError(thrown), clock.timestamp());
  }
  job.processingMs = Math.round(performance.now() - startedAt);
}

function jobError(thrown: unknown): string {
  if (thrown instanceof InvalidBatch) return thrown.message;
  return `InvalidBatch : ${thrown instanceof Error ? thrown.message : String(thrown)}`;
}

/** Group members cannot be loaded in bulk, whoever asks (forcedotcom/cli#3072). */
function refuseClosedObject({ origin }: IngestJob): void {
  if (origin.object !== 'GroupMember') return;
  throw new InvalidBatch(`InvalidJob : No create/update access for object:${origin.object}`);
}

function refuseWrongLineEnding({ content, origin }: IngestJob): void {
  const firstBreak = content.indexOf('\n');
  if (firstBreak < 0) return;
  const isCarriageReturn = content[firstBreak - 1] === 0x0d;
  if (isCarriageReturn !== (origin.lineEnding === 'CRLF')) {
    throw new InvalidBatch(
      `ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${origin.lineEnding}`,
    );
  }
}

async function processRows(context: ProcessingContext, job: IngestJob): Promise<void> {
  let reader: RowReader | undefined;
  let save: RowSaver | undefined;
  let row = 0;
  for await (const cells of rowsOf(job.content, job.origin.columnDelimiter)) {
    if (reader === undefined) {
      reader = rowReader(context.org, context.caller, job, cells);
      continue;
    }
    if (save === undefined || row % rowsOfBatch === 0) save = batchSaver(context, job);
    processRow(context, job, { reader, save }, cells);
    row += 1;
    if (row % rowsPerTurn !== 0) continue;
    await nextTurn();
    if (!job.isIn('InProgress')) return;
  }
}

type RowWork = { readonly reader: RowReader; readonly save: RowSaver };

function processRow(context: ProcessingContext, job: IngestJob, work: RowWork, cells: readonly string[]): void {
  try {
    refuseLockedRow(context, job, work.reader, cells);
    work.save(work.reader.key(cells), work.reader.values(cells));
  } catch (thrown) {
    if (!(thrown instanceof SalesforceError)) throw thrown;
    job.outcomes.fail(rowError(thrown));
  }
}

function refuseLockedRow(
  { faults }: ProcessingContext,
  job: IngestJob,
  reader: RowReader,
  cells: readonly string[],
): void {
  const path = `/services/data/v${job.origin.apiVersion}.0/jobs/ingest/${job.origin.id}`;
  const fault = faults.forRow(path, () => cells.join(','));
  if (fault === undefined) return;
  throw new SalesforceError(
    'UNABLE_TO_LOCK_ROW',
    fault.message ?? `unable to obtain exclusive access to this record or 1 records: ${reader.key(cells) ?? ''}`,
  );
}

/** `CODE:message:fields --`, as failed-results files have it. */
function rowError({ errorCode, message, fields }: SalesforceError): string {
  return `${errorCode}:${message}:${fields.join(',')}${fields.length > 0 ? ' ' : ''}--`;
}
