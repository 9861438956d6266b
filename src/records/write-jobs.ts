import type { FailedRow } from '../org/bulk.js';
import { OrgError } from '../org/failure.js';
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
    if (!(error instanceof OrgError) || error.certainty !== 'unknown') throw error;
    broken = error;
  }
  return { ...(await conclude(port, sent, total, options, onFailure)), broken };
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
    await port.bulk.upload(jobId, parts.next());
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

async function conclude(
  port: OrgPort,
  sent: readonly SentJob[],
  total: number | null,
  options: FlagOptions,
  onFailure: (row: FailedRow) => Promise<void>,
): Promise<Omit<Attempt, 'broken'>> {
  let written = 0;
  let processed = 0;
  const pendingJobs: string[] = [];
  const stoppedJobs: StoppedJob[] = [];
  for (const { jobId, rows } of sent) {
    const before = processed;
    const job = await untilDone(port, jobId, options, (seen) =>
      options.progress({ kind: 'rows', done: before + seen.processed, total }),
    );
    processed += job.processed;
    written += job.processed - job.failed;
    if (isGoing(job)) {
      pendingJobs.push(jobId);
      continue;
    }
    options.progress({ kind: 'jobEnded', jobId });
    if (job.failed > 0) for await (const row of port.bulk.failedRows(jobId)) await onFailure(row);
    if (job.state === 'JobComplete') continue;
    stoppedJobs.push({ jobId, message: job.errorMessage ?? job.state, rowsLeft: rows - job.processed });
  }
  return { written, pendingJobs, stoppedJobs };
}
