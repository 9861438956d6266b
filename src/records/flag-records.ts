import { setTimeout as wait } from 'node:timers/promises';
import type { BulkJob, FailedRow } from '../org/bulk.js';
import type { OrgPort } from '../org/port.js';
import { countQuery, differencesOf, idQuery } from './differences.js';
import type { Difference, FlagChange, FlagRequest } from './flag-request.js';
import { keyedChanges } from './keyed-changes.js';

/** Up to here rows go through collections of 200, which is quicker than a job and tells the outcome at once. */
export const collectionRows = 2_000;
const collectionSize = 200;
const countTimeoutMs = 30_000;
/** Rows locked by somebody else's work are usually free again a moment later. */
const attempts = 5;
const firstPauseMs = 500;
const firstPollMs = 200;
const longestPollMs = 5_000;

export type FlagProgress =
  | { readonly kind: 'job'; readonly id: string }
  | { readonly kind: 'rows'; readonly done: number; readonly total: number | null }
  | { readonly kind: 'retry'; readonly locked: number };

export type FlagOptions = {
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch; what is not done by then goes on in the org. */
  readonly deadline: number;
  readonly progress: (event: FlagProgress) => void;
  /** Told of every row that could not be written in the last attempt. */
  readonly onFailure: (row: FailedRow) => Promise<void> | void;
};

export type FlagReport = {
  readonly written: number;
  readonly failed: number;
  readonly firstFailure: FailedRow | null;
  /** A job that was still going on when the time was over. */
  readonly pendingJob: string | null;
};

/**
 * Writes only the rows that differ, few through collections, many through Bulk API 2.0. Each attempt asks anew what
 * differs: what an earlier attempt, or an earlier run, has done is not done again.
 */
export async function flagRecords(port: OrgPort, request: FlagRequest, options: FlagOptions): Promise<FlagReport> {
  if (await isAllSo(port, request)) return nothingToDo;
  const left = await finishRunningJobs(port, request, options);
  if (left !== null) return { ...nothingToDo, pendingJob: left };
  let written = 0;
  for (let attempt = 1; ; attempt += 1) {
    const failures: FailedRow[] = [];
    const outcome = await writeDifferences(port, request, options, (row) => remember(failures, row));
    written += outcome.written;
    const locked = outcome.lockedRows;
    const isLast = locked === 0 || attempt === attempts || options.signal.aborted || outcome.pendingJob !== null;
    if (isLast) {
      for (const row of failures) await options.onFailure(row);
      return { written, failed: outcome.failed, firstFailure: failures[0] ?? null, pendingJob: outcome.pendingJob };
    }
    options.progress({ kind: 'retry', locked });
    await wait(firstPauseMs * 2 ** (attempt - 1));
  }
}

const nothingToDo: FlagReport = { written: 0, failed: 0, firstFailure: null, pendingJob: null };

async function isAllSo(port: OrgPort, request: FlagRequest): Promise<boolean> {
  if (request.selection.kind !== 'condition') return false;
  const differences = differencesOf(request, request.selection.where);
  return (await countDifferences(port, request.sobject, differences)).every((count) => count === 0);
}

/** How many rows each part of the difference has; null where the org takes too long to count. */
export async function countDifferences(
  port: OrgPort,
  sobject: string,
  differences: readonly Difference[],
): Promise<readonly (number | null)[]> {
  return Promise.all(
    differences.map(async ({ where }) => {
      const counted = await port.count(countQuery(sobject, where), countTimeoutMs);
      return counted.ok && counted.value !== 'not counted' ? counted.value : null;
    }),
  );
}

export function isLockFailure(row: FailedRow): boolean {
  return row.errorCode === 'UNABLE_TO_LOCK_ROW' || /unable to obtain exclusive access/i.test(row.message);
}

type Attempt = {
  readonly written: number;
  readonly failed: number;
  readonly lockedRows: number;
  readonly pendingJob: string | null;
};

const rememberedFailures = 10_000;

/** So many failures can be listed without holding a million rows; beyond that, the count says it. */
function remember(failures: FailedRow[], row: FailedRow): void {
  if (failures.length < rememberedFailures) failures.push(row);
}

async function writeDifferences(
  port: OrgPort,
  request: FlagRequest,
  options: FlagOptions,
  onFailure: (row: FailedRow) => void,
): Promise<Attempt> {
  if (request.selection.kind === 'keys') {
    const changes = keyedChanges(port, request, options.signal);
    return writeChanges(port, request, changes, null, options, onFailure);
  }
  const differences = differencesOf(request, request.selection.where);
  const counts = await countDifferences(port, request.sobject, differences);
  const total = counts.every((count) => count !== null) ? counts.reduce((sum, count) => sum + count, 0) : null;
  if (total === 0) return { written: 0, failed: 0, lockedRows: 0, pendingJob: null };
  const changes =
    total !== null && total <= collectionRows
      ? fewChanges(port, request.sobject, differences)
      : manyChanges(port, request.sobject, differences, options.signal);
  return writeChanges(port, request, changes, total, options, onFailure);
}

async function* fewChanges(
  port: OrgPort,
  sobject: string,
  differences: readonly Difference[],
): AsyncGenerator<FlagChange> {
  const queries = differences.map(({ where }) => ({ soql: idQuery(sobject, where), api: 'rest' as const }));
  const answers = await port.queryAll(queries);
  for (const [index, { value }] of differences.entries()) {
    const answer = answers[index];
    if (answer?.ok === true) yield* answer.value.map((row) => ({ id: String(row['Id']), value }));
  }
}

async function* manyChanges(
  port: OrgPort,
  sobject: string,
  differences: readonly Difference[],
  signal: AbortSignal,
): AsyncGenerator<FlagChange> {
  for (const { value, where } of differences) {
    for await (const rows of port.bulk.query(idQuery(sobject, where), signal)) {
      yield* rows.map(([id = '']) => ({ id, value }));
    }
  }
}

/** Takes from the stream as many rows as a handful of collections hold; when there are more, all of them go into a job. */
async function writeChanges(
  port: OrgPort,
  request: FlagRequest,
  changes: AsyncGenerator<FlagChange>,
  total: number | null,
  options: FlagOptions,
  onFailure: (row: FailedRow) => void,
): Promise<Attempt> {
  const first: FlagChange[] = [];
  let next = await changes.next();
  while (next.done !== true && first.length < collectionRows) {
    first.push(next.value);
    next = await changes.next();
  }
  if (next.done === true) return writeCollections(port, request, first, options, onFailure);
  return writeJob(port, request, csvLines(request.field, [...first, next.value], changes), total, options, onFailure);
}

async function writeCollections(
  port: OrgPort,
  { sobject, field }: FlagRequest,
  changes: readonly FlagChange[],
  options: FlagOptions,
  onFailure: (row: FailedRow) => void,
): Promise<Attempt> {
  let failed = 0;
  let lockedRows = 0;
  for (let start = 0; start < changes.length && !options.signal.aborted; start += collectionSize) {
    const slice = changes.slice(start, start + collectionSize);
    const outcomes = await port.writeRows(
      'PATCH',
      sobject,
      slice.map(({ id, value }) => ({ Id: id, [field]: value })),
    );
    outcomes.forEach((outcome, index) => {
      if (outcome.ok) return;
      const row = {
        id: slice[index]?.id ?? '',
        errorCode: outcome.failure.errorCode,
        message: outcome.failure.message,
      };
      failed += 1;
      if (isLockFailure(row)) lockedRows += 1;
      onFailure(row);
    });
    options.progress({ kind: 'rows', done: Math.min(start + collectionSize, changes.length), total: changes.length });
  }
  return { written: changes.length - failed, failed, lockedRows, pendingJob: null };
}

const linesInChunk = 2_000;

async function* csvLines(
  field: string,
  first: readonly FlagChange[],
  rest: AsyncGenerator<FlagChange>,
): AsyncGenerator<string> {
  yield `Id,${field}\n`;
  let chunk = first.map(line).join('');
  let lines = first.length;
  for await (const change of rest) {
    chunk += line(change);
    lines += 1;
    if (lines >= linesInChunk) {
      yield chunk;
      chunk = '';
      lines = 0;
    }
  }
  if (chunk !== '') yield chunk;
}

function line({ id, value }: FlagChange): string {
  return `${id},${value}\n`;
}

async function writeJob(
  port: OrgPort,
  request: FlagRequest,
  lines: AsyncIterable<string>,
  total: number | null,
  options: FlagOptions,
  onFailure: (row: FailedRow) => void,
): Promise<Attempt> {
  const job = await port.bulk.update(request.sobject, lines);
  if (job === null) return { written: 0, failed: 0, lockedRows: 0, pendingJob: null };
  options.progress({ kind: 'job', id: job.id });
  return concludeJob(port, await untilDone(port, job, total, options), onFailure);
}

/** Waits for a job and reads what it could not write. */
export async function resumeJob(port: OrgPort, id: string, options: FlagOptions): Promise<FlagReport> {
  const failures: FailedRow[] = [];
  const job = await untilDone(port, await port.bulk.job(id), null, options);
  const outcome = await concludeJob(port, job, (row) => remember(failures, row));
  for (const row of failures) await options.onFailure(row);
  return { ...outcome, firstFailure: failures[0] ?? null };
}

async function concludeJob(port: OrgPort, job: BulkJob, onFailure: (row: FailedRow) => void): Promise<Attempt> {
  if (job.state === 'Failed' || job.state === 'Aborted') {
    onFailure({ id: job.id, errorCode: job.state, message: job.errorMessage ?? job.state });
    return { written: 0, failed: 1, lockedRows: 0, pendingJob: null };
  }
  if (job.state !== 'JobComplete') return { written: job.processed, failed: 0, lockedRows: 0, pendingJob: job.id };
  let lockedRows = 0;
  if (job.failed > 0) {
    for await (const row of port.bulk.failedRows(job.id)) {
      if (isLockFailure(row)) lockedRows += 1;
      onFailure(row);
    }
  }
  return { written: job.processed - job.failed, failed: job.failed, lockedRows, pendingJob: null };
}

async function untilDone(
  port: OrgPort,
  started: BulkJob,
  total: number | null,
  options: FlagOptions,
): Promise<BulkJob> {
  let job = started;
  for (let delayMs = firstPollMs; isGoing(job); delayMs = Math.min(delayMs * 2, longestPollMs)) {
    if (options.signal.aborted || Date.now() + delayMs > options.deadline) return job;
    await wait(delayMs);
    job = await port.bulk.job(job.id);
    options.progress({ kind: 'rows', done: job.processed, total });
  }
  return job;
}

function isGoing({ state }: BulkJob): boolean {
  return state === 'Open' || state === 'UploadComplete' || state === 'InProgress';
}

/**
 * Jobs that an interrupted run left behind still write: only when they are done is it known what differs. Null: none is
 * left; otherwise the job that goes on.
 */
async function finishRunningJobs(
  port: OrgPort,
  { sobject }: FlagRequest,
  options: FlagOptions,
): Promise<string | null> {
  const { userId } = await port.identity();
  const jobs = (await port.bulk.runningUpdates(sobject)).filter(
    (job) => job.createdById.slice(0, 15) === userId.slice(0, 15),
  );
  for (const job of jobs) {
    options.progress({ kind: 'job', id: job.id });
    if (isGoing(await untilDone(port, job, null, options))) return job.id;
  }
  return null;
}
