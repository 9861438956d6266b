import { setTimeout as wait } from 'node:timers/promises';
import type { BulkJob } from '../org/bulk.js';
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

/** Waits until a job is at its end, or the time is over. */
export async function untilDone(
  port: OrgPort,
  id: string,
  options: Pick<FlagOptions, 'signal' | 'deadline'>,
  onLook: (job: BulkJob) => void,
): Promise<BulkJob> {
  for (let delayMs = firstPollMs; ; delayMs = Math.min(delayMs * 2, longestPollMs)) {
    const job = await port.bulk.job(id);
    onLook(job);
    if (!isGoing(job) || options.signal.aborted || Date.now() + delayMs > options.deadline) return job;
    await wait(delayMs);
  }
}

/** What became of jobs that an earlier run left behind. */
export type TakenUp = {
  readonly written: number;
  readonly waitedFor: number;
  readonly pendingJobs: readonly string[];
  /** Uploads that were never finished. They write nothing, and may belong to another process that is at work. */
  readonly openJobs: readonly string[];
};

/** Jobs of an interrupted run still write: only when they are at their end is it known what differs. */
export async function takeUpJobs(
  port: OrgPort,
  { sobject }: FlagRequest,
  options: Pick<FlagOptions, 'signal' | 'deadline' | 'progress'>,
): Promise<TakenUp> {
  const { userId } = await port.identity();
  const own = (await port.bulk.unfinishedUpdates(sobject)).filter(({ createdById }) => isSame(createdById, userId));
  const openJobs = own.filter(({ state }) => state === 'Open').map(({ id }) => id);
  const going = own.filter(isGoing);
  const pendingJobs: string[] = [];
  let written = 0;
  for (const { id } of going) {
    const job = await follow(port, id, options);
    if (isGoing(job)) pendingJobs.push(id);
    written += job.processed - job.failed;
  }
  return { written, waitedFor: going.length, pendingJobs, openJobs };
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
