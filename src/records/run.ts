import { SfError } from '@salesforce/core/sfError';
import type { OrgPort } from '../org/port.js';
import type { Outcome } from '../planning/change.js';
import type { Finding } from '../planning/finding.js';
import { failedRowsFile } from './failed-rows-file.js';
import { describeObject, withExactNames } from './flag-field.js';
import { writeFlags } from './flag-records.js';
import type { FlagRequest } from './flag-request.js';
import { takeUpJob, takeUpJobs, type TakenUp } from './jobs.js';
import { preview, unticksAll, type Preview, type SampleRecord } from './preview.js';
import { notWritten, type FlagProgress, type FlagReport } from './progress.js';
import { outcomeOf, type FlagRun } from './outcome.js';
import { rowsLeft } from './rows-left.js';
import { fewRows } from './rows-of-query.js';
import { recordsSeen, type RecordsSeen } from './runner.js';
import { recordTexts as texts } from './texts.js';

/** The `--json` result of flag-records, the same with and without --dry-run. */
export type FlagRecordsResult = {
  readonly integration: string;
  readonly sobject: string;
  readonly field: string;
  readonly changes: readonly Outcome[];
  readonly findings: readonly Finding[];
  readonly records: {
    readonly toFlag: number | null;
    readonly toUnflag: number | null;
    readonly alreadySo: number | null;
    readonly written: number;
    readonly failed: number;
  };
  readonly samples: readonly SampleRecord[];
  /** Jobs that still go on in the org. */
  readonly jobIds: readonly string[];
  readonly failedRecordsFile: string | null;
  readonly apiRequests: number;
  readonly apiCalls: number;
};

export type FlagRunOptions = {
  readonly integration: string;
  readonly dryRun: boolean;
  /** Asks a person; nobody there to answer is a no. Null where nobody needs to be asked. */
  readonly confirm: (() => Promise<boolean>) | null;
  readonly jobId: string | null;
  readonly failedRecordsPath: string;
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly progress: (event: FlagProgress) => void;
  readonly showPreview: (preview: Preview) => void;
};

export type FlagRunOutcome = { readonly result: FlagRecordsResult; readonly exitCode: number };

/** From this many rows on a person is asked first. */
export const confirmFrom = 1_000;

/** Preview, consent, writing: only the rows that differ. */
export async function runFlagRecords(
  port: OrgPort,
  request: FlagRequest,
  options: FlagRunOptions,
): Promise<FlagRunOutcome> {
  const description = await describeObject(port, request.sobject);
  const exact = withExactNames(request, description);
  const look = async (): Promise<Preview> => {
    const found = await preview(port, exact, description, options.signal);
    options.showPreview(found);
    return found;
  };
  const deadline = Date.now() + options.waitMs;
  const [seen, first] = await Promise.all([recordsSeenBy(port, exact), look()]);
  const conclude = (run: Partial<FlagRun>): FlagRunOutcome =>
    outcomeOf(port, exact, options, { ...begun(first), seen, ...run });
  refuseToEmpty(exact, first, options);
  if (options.dryRun) return conclude({});
  // What an earlier run left to the org may still change what differs, also where nothing seems to.
  const taken = await takeUp(port, exact, { ...options, deadline, isFew: isFew(first) });
  if (taken.pendingJobs.length > 0)
    return conclude({ taken, report: { ...notWritten, pendingJobs: taken.pendingJobs } });
  const before = taken.waitedFor === 0 ? first : await look();
  if (isNothing(before)) return conclude({ before, taken, report: notWritten });
  refuseToEmpty(exact, before, options);
  const mustAsk = isLarge(before) || unticksAll(exact, before) || dropsUnknownKeys(exact, before);
  if (mustAsk && options.confirm !== null && !(await options.confirm())) {
    throw unconfirmed(before, conclude({ before, taken }).result);
  }
  const failures = failedRowsFile(options.failedRecordsPath);
  const { signal, progress } = options;
  const measured = before.differences === null ? {} : { measured: before.differences };
  try {
    const report = await writeFlags(port, exact, { signal, deadline, progress, failures, ...measured });
    const failedRecordsFile = await failures.close();
    const left = isAllWritten(report) ? await rowsLeft(port, exact, description, signal) : 0;
    return conclude({ before, taken, report, failedRecordsFile, left });
  } catch (error) {
    await failures.close();
    throw withResult(error, conclude({ before, taken }).result);
  }
}

/** Only a sync says something of the records that aren't selected. */
async function recordsSeenBy(port: OrgPort, { mode, sobject }: FlagRequest): Promise<RecordsSeen> {
  return mode === 'sync' ? recordsSeen(port, sobject) : 'all';
}

function isAllWritten({ failed, pendingJobs, stoppedJobs, stoppedBy }: FlagReport): boolean {
  return failed === 0 && stoppedBy === null && pendingJobs.length + stoppedJobs.length === 0;
}

/**
 * A sync that selects nothing takes every flag away. A file without a known key is of another org or object, or no list of keys at
 * all; a condition that matches nothing is mostly misspelt, and only a person who is asked can say that it is not.
 */
function refuseToEmpty(request: FlagRequest, before: Preview, { confirm }: Pick<FlagRunOptions, 'confirm'>): void {
  if (!unticksAll(request, before)) return;
  if (request.selection.kind === 'keys' && before.unknownKeys.count > 0) throw noKnownKeys(request, before);
  if (request.selection.kind === 'condition' && confirm === null) {
    const { sobject, field, selection } = request;
    throw texts.createError('error.NothingSelected', [selection.where, sobject], [field]);
  }
}

/** Keys that are not found would have kept the flag of their records. */
function dropsUnknownKeys({ mode }: FlagRequest, { unknownKeys, toUnflag }: Preview): boolean {
  return mode === 'sync' && unknownKeys.count > 0 && toUnflag !== 0;
}

function noKnownKeys({ sobject }: FlagRequest, { unknownKeys }: Preview): SfError {
  return texts.createError('error.NoKnownKeys', [String(unknownKeys.count), sobject, unknownKeys.first.join(', ')]);
}

/** An error that ended the run before anything was written: what was planned goes with it. */
function withResult(error: unknown, result: FlagRecordsResult): unknown {
  return error instanceof SfError && error.data === undefined ? error.setData(asJson(result)) : error;
}

function unconfirmed(before: Preview, result: FlagRecordsResult): SfError {
  const { name, message, actions } = texts.createError('error.ConfirmationRequired', [sizeText(before)]);
  return SfError.create({ name, message, actions: actions ?? [], data: asJson(result) });
}

/** The same value, in the mutable types that the CLI wants for the data of an error. */
function asJson(result: FlagRecordsResult): NonNullable<SfError['data']> {
  return {
    ...result,
    changes: result.changes.map((change) => ({ ...change })),
    findings: result.findings.map((finding) => ({ ...finding })),
    samples: result.samples.map((sample) => ({ ...sample })),
    jobIds: [...result.jobIds],
  };
}

function begun(before: Preview): Omit<FlagRun, 'seen'> {
  const taken = { written: 0, waitedFor: 0, pendingJobs: [], openJobs: [] };
  return { before, taken, report: null, failedRecordsFile: null, left: 0 };
}

function takeUp(
  port: OrgPort,
  request: FlagRequest,
  { jobId, ...waiting }: FlagRunOptions & { readonly deadline: number; readonly isFew: boolean },
): Promise<TakenUp> {
  return jobId === null ? takeUpJobs(port, request, waiting) : takeUpJob(port, request, jobId, waiting);
}

function isFew({ toFlag, toUnflag }: Preview): boolean {
  return toFlag !== null && toUnflag !== null && toFlag + toUnflag <= fewRows;
}

function isNothing({ toFlag, toUnflag }: Preview): boolean {
  return toFlag === 0 && toUnflag === 0;
}

function isLarge({ toFlag, toUnflag }: Preview): boolean {
  return toFlag === null || toUnflag === null || toFlag + toUnflag >= confirmFrom;
}

function sizeText({ toFlag, toUnflag }: Preview): string {
  return toFlag === null || toUnflag === null ? texts.getMessage('notCounted') : String(toFlag + toUnflag);
}
