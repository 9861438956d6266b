import { setTimeout as wait } from 'node:timers/promises';
import type { BulkJob } from '../org/bulk.js';
import { OrgError } from '../org/failure.js';
import type { OrgPort } from '../org/port.js';
import type { FlagRequest } from './flag-request.js';
import type { FlagOptions } from './progress.js';
import { recordTexts as texts } from './texts.js';

const firstPollMs = 200;
const longestPollMs = 5_000;
const significantCharacters = 15;

export function isGoing({ state }: BulkJob): boolean {
  return state === 'UploadComplete' || state === 'InProgress';
}

/** Waits until a job is at its end, or the time is over. An org that doesn't answer for a while is asked again until then. */
export async function untilDone(
  port: OrgPort,
  id: string,
  options: Pick<FlagOptions, 'signal' | 'deadline'>,
  onLook: (job: BulkJob) => void,
): Promise<BulkJob> {
  let known: BulkJob = { ...unseen, id };
  for (let delayMs = firstPollMs; ; delayMs = Math.min(delayMs * 2, longestPollMs)) {
    const job = await jobOrSilence(port, id);
    if (job !== null) {
      known = job;
      onLook(job);
    }
    if (!isGoing(known) || options.signal.aborted || Date.now() + delayMs > options.deadline) return known;
    await wait(delayMs);
  }
}

const unseen: Omit<BulkJob, 'id'> = {
  sobject: '',
  operation: 'update',
  state: 'InProgress',
  processed: 0,
  failed: 0,
  createdById: '',
  errorMessage: null,
};

/** Null where no answer comes: the job goes on all the same. */
async function jobOrSilence(port: OrgPort, id: string): Promise<BulkJob | null> {
  try {
    return await port.bulk.job(id);
  } catch (error) {
    if (!(error instanceof OrgError) || error.certainty !== 'unknown') throw error;
    return null;
  }
}

/** What became of jobs that an earlier run left behind. */
export type TakenUp = {
  /** Rows of a job that was named. */
  readonly written: number;
  readonly waitedFor: number;
  readonly pendingJobs: readonly string[];
  /** Uploads that were never finished. They write nothing, and may belong to another process that is at work. */
  readonly openJobs: readonly string[];
};

/**
 * Jobs of an interrupted run still write: only when they are at their end is it known what differs. A job doesn't tell which field
 * it writes, so any update of the same person is waited for; but its rows need not be ours, and are not counted.
 */
export async function takeUpJobs(
  port: OrgPort,
  { sobject }: FlagRequest,
  options: Pick<FlagOptions, 'signal' | 'deadline' | 'progress'> & { readonly isFew?: boolean },
): Promise<TakenUp> {
  const { userId } = await port.identity();
  const own = (await unfinished(port, sobject, options.isFew ?? false)).filter(({ createdById }) =>
    isSame(createdById, userId),
  );
  const openJobs = own.filter(({ state }) => state === 'Open').map(({ id }) => id);
  const going = own.filter(isGoing);
  const pendingJobs: string[] = [];
  for (const { id } of going) if (isGoing(await follow(port, id, options))) pendingJobs.push(id);
  return { written: 0, waitedFor: going.length, pendingJobs, openJobs };
}

/** A few rows need no job, so that who may not list jobs can write them all the same. */
async function unfinished(port: OrgPort, sobject: string, isFew: boolean): Promise<readonly BulkJob[]> {
  try {
    return await port.bulk.unfinishedUpdates(sobject);
  } catch (error) {
    if (!isFew || !(error instanceof OrgError) || error.certainty !== 'refused') throw error;
    return [];
  }
}

/** The job that somebody names. One that was never started is given up: its rows are still to write, and are sent again. */
export async function takeUpJob(
  port: OrgPort,
  { sobject }: FlagRequest,
  jobId: string,
  options: Pick<FlagOptions, 'signal' | 'deadline' | 'progress'>,
): Promise<TakenUp> {
  const named = await port.bulk.job(jobId);
  if (named.operation !== 'update' || named.sobject.toLowerCase() !== sobject.toLowerCase()) {
    throw texts.createError('error.OtherJob', [jobId, named.operation, named.sobject, sobject]);
  }
  if (named.state === 'Open') await port.bulk.abort(jobId);
  const job = isGoing(named) ? await follow(port, jobId, options) : named;
  const written = job.state === 'Open' ? 0 : job.processed - job.failed;
  return { written, waitedFor: 1, pendingJobs: isGoing(job) ? [jobId] : [], openJobs: [] };
}

async function follow(
  port: OrgPort,
  id: string,
  options: Pick<FlagOptions, 'signal' | 'deadline' | 'progress'>,
): Promise<BulkJob> {
  options.progress({ kind: 'jobStarted', jobId: id });
  const job = await untilDone(port, id, options, ({ processed }) =>
    options.progress({ kind: 'rows', done: processed, total: null }),
  );
  if (!isGoing(job)) options.progress({ kind: 'jobEnded', jobId: id });
  return job;
}

function isSame(id: string, other: string): boolean {
  return id.slice(0, significantCharacters) === other.slice(0, significantCharacters);
}
