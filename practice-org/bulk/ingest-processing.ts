import { setImmediate as nextTurn } from 'node:timers/promises';
import { upsert } from '../dml/upsert.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { Effects } from '../server/effects.ts';
import type { Faults } from '../server/faults.ts';
import { InvalidBatch, rowReader, type RowReader } from './ingest-columns.ts';
import { rowsOf } from './csv.ts';
import type { IngestJob } from './ingest-job.ts';

export type ProcessingContext = {
  readonly org: PracticeOrg;
  readonly caller: Caller;
  /** Counts what the job changes on the request that closed it. */
  readonly effects: Effects;
  readonly faults: Faults;
};

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
  let sinceTurn = 0;
  for await (const cells of rowsOf(job.content, job.origin.columnDelimiter)) {
    if (reader === undefined) {
      reader = rowReader(context.org, context.caller, job, cells);
      continue;
    }
    processRow(context, job, reader, cells);
    sinceTurn += 1;
    if (sinceTurn < rowsPerTurn) continue;
    sinceTurn = 0;
    await nextTurn();
    if (!job.isIn('InProgress')) return;
  }
}

function processRow(context: ProcessingContext, job: IngestJob, reader: RowReader, cells: readonly string[]): void {
  try {
    refuseLockedRow(context, job, reader, cells);
    saveRow(context, job, reader.key(cells), reader.values(cells));
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

function saveRow(
  { org, caller, effects }: ProcessingContext,
  job: IngestJob,
  key: string | null,
  values: ReturnType<RowReader['values']>,
): void {
  const { object } = job.origin;
  switch (job.operation) {
    case 'insert':
      job.outcomes.save(true, org.dml.insert(caller, object, values));
      effects.changed += 1;
      return;
    case 'update':
      if (org.dml.update(caller, object, requiredKey(key, 'Id'), values)) effects.changed += 1;
      job.outcomes.save(false, undefined);
      return;
    case 'upsert': {
      const field = job.externalIdFieldName ?? 'Id';
      const result = upsert(org, caller, object, field, requiredKey(key, field), values);
      if (result.changed) effects.changed += 1;
      job.outcomes.save(result.created, result.id);
      return;
    }
    case 'delete':
    case 'hardDelete':
      org.dml.delete(caller, object, requiredKey(key, 'Id'));
      job.outcomes.save(false, undefined);
      effects.changed += 1;
  }
}

function requiredKey(key: string | null, field: string): string {
  if (key !== null) return key;
  throw new SalesforceError('MISSING_ARGUMENT', `${field} not specified`);
}

/** `CODE:message:fields --`, as failed-results files have it. */
function rowError({ errorCode, message, fields }: SalesforceError): string {
  return `${errorCode}:${message}:${fields.join(',')}${fields.length > 0 ? ' ' : ''}--`;
}
