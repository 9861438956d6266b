import type { BulkJob, FailedRow } from '../org/bulk.js';
import { OrgError, orgError } from '../org/failure.js';
import type { OrgPort } from '../org/port.js';
import type { FlagRequest, FlagSlices } from './flag-request.js';
import { isGoing, untilDone } from './jobs.js';
import type { Attempt, FlagOptions, StoppedJob } from './progress.js';
import { UploadParts } from './upload-parts.js';

type SentJob = { readonly jobId: string; readonly rows: number };

/**
 * Any number of rows, as they come, into as many update jobs as their size asks for. A job is started as soon as it is full,
 * and the org works on it while the next one is filled.
 */
export async function writeJobs(
  port: OrgPort,
  request: FlagRequest,
  changes: FlagSlices,
  total: number | null,
  options: FlagOptions,
  onFailure: (row: FailedRow) => Promise<void>,
): Promise<Attempt> {
  const parts = new UploadParts(changes, `Id,${request.field}\n`, port.bulk.uploadBytes);
  const sent: SentJob[] = [];
  let broken: OrgError | null = null;
  try {
    while (await parts.hasMore()) sent.push(await sendPart(port, request, parts, options));
  } catch (error) {
    broken = orgError(error);
  }
  const concluded = await conclude(port, sent, total, options, onFailure);
  return { ...concluded, broken: broken ?? concluded.broken };
}

async function sendPart(
  port: OrgPort,
  { sobject }: FlagRequest,
  parts: UploadParts,
  options: FlagOptions,
): Promise<SentJob> {
  const jobId = await port.bulk.createUpdate(sobject);
  options.progress({ kind: 'uploading', jobId });
  const rowsBefore = parts.rows;
  try {
    await port.bulk.upload(jobId, watched(parts, options));
    await port.bulk.start(jobId);
  } catch (error) {
    // Nothing of it shall be written behind the back of the next attempt; an open job does no harm where this fails too.
    await port.bulk.abort(jobId).catch(() => undefined);
    options.progress({ kind: 'jobEnded', jobId });
    throw error;
  }
  options.progress({ kind: 'jobStarted', jobId });
  return { jobId, rows: parts.rows - rowsBefore };
}

/** Tells how many rows were sent so far. */
async function* watched(parts: UploadParts, { progress }: FlagOptions): ReturnType<UploadParts['next']> {
  for await (const piece of parts.next()) {
    yield piece;
    progress({ kind: 'phase', phase: 'sending', done: parts.rows });
  }
}

/** Waits for each job; where it can't be learned what became of one, the others are still looked at. */
async function conclude(
  port: OrgPort,
  sent: readonly SentJob[],
  total: number | null,
  options: FlagOptions,
  onFailure: (row: FailedRow) => Promise<void>,
): Promise<Attempt> {
  let written = 0;
  let processed = 0;
  let broken: OrgError | null = null;
  const pendingJobs: string[] = [];
  const stoppedJobs: StoppedJob[] = [];
  for (const { jobId, rows } of sent) {
    const before = processed;
    const job = await untilDone(port, jobId, options, (seen) =>
      options.progress({ kind: 'rows', done: before + seen.processed, total }),
    ).catch(orgError);
    if (job instanceof OrgError || isGoing(job)) {
      // Whatever keeps us from looking at it, the job goes on.
      pendingJobs.push(jobId);
      if (job instanceof OrgError) broken ??= job;
      continue;
    }
    processed += job.processed;
    written += job.processed - job.failed;
    options.progress({ kind: 'jobEnded', jobId });
    stoppedJobs.push(...stopOf(job, rows));
    broken ??= await tellFailures(port, job, onFailure);
  }
  return { written, pendingJobs, stoppedJobs, broken };
}

/** Null where all of them were told. */
async function tellFailures(
  port: OrgPort,
  { id, failed }: BulkJob,
  onFailure: (row: FailedRow) => Promise<void>,
): Promise<OrgError | null> {
  try {
    if (failed > 0) for await (const row of port.bulk.failedRows(id, failed)) await onFailure(row);
    return null;
  } catch (error) {
    return orgError(error);
  }
}

/** A job that says it is complete and has not tried all of its rows has stopped as well. */
function stopOf(job: BulkJob, rows: number): readonly StoppedJob[] {
  const rowsLeft = rows - job.processed;
  if (job.state === 'JobComplete' && rowsLeft <= 0) return [];
  return [{ jobId: job.id, message: job.errorMessage ?? job.state, rowsLeft: Math.max(0, rowsLeft) }];
}
