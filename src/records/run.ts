import { SfError } from '@salesforce/core/sfError';
import type { OrgPort } from '../org/port.js';
import type { ChangeStatus, Outcome } from '../planning/change.js';
import { exitCodes } from '../planning/exit-codes.js';
import type { Finding } from '../planning/finding.js';
import { failedRowsFile } from './failed-rows-file.js';
import { findingsOf } from './findings.js';
import { describeObject, withExactNames } from './flag-field.js';
import { writeFlags } from './flag-records.js';
import type { FlagRequest } from './flag-request.js';
import { takeUpJob, takeUpJobs, type TakenUp } from './jobs.js';
import { preview, type Preview, type SampleRecord } from './preview.js';
import type { FlagProgress, FlagReport } from './progress.js';
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
    const seen = await preview(port, exact, description, options.signal);
    options.showPreview(seen);
    return seen;
  };
  const deadline = Date.now() + options.waitMs;
  const first = await look();
  const conclude = (run: Partial<Run>): FlagRunOutcome => outcomeOf(port, exact, options, { ...begun(first), ...run });
  if (options.dryRun || (isNothing(first) && options.jobId === null)) return conclude({});
  const taken = await takeUp(port, exact, options, deadline);
  if (taken.pendingJobs.length > 0)
    return conclude({ taken, report: { ...notWritten, pendingJobs: taken.pendingJobs } });
  const before = taken.waitedFor === 0 ? first : await look();
  if (isNothing(before)) return conclude({ before, taken, report: notWritten });
  if (isLarge(before) && options.confirm !== null && !(await options.confirm())) {
    throw unconfirmed(before, conclude({ before, taken }).result);
  }
  const failures = failedRowsFile(options.failedRecordsPath);
  const { signal, progress } = options;
  const measured = before.differences === null ? {} : { measured: before.differences };
  const report = await writeFlags(port, exact, { signal, deadline, progress, failures, ...measured });
  return conclude({ before, taken, report, failedRecordsFile: await failures.close() });
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

/** How far a run came. */
type Run = {
  readonly before: Preview;
  readonly taken: TakenUp;
  readonly report: FlagReport | null;
  readonly failedRecordsFile: string | null;
};

const notWritten: FlagReport = { written: 0, failed: 0, firstFailure: null, pendingJobs: [], stoppedJobs: [] };

function begun(before: Preview): Run {
  const taken = { written: 0, waitedFor: 0, pendingJobs: [], openJobs: [] };
  return { before, taken, report: null, failedRecordsFile: null };
}

function takeUp(port: OrgPort, request: FlagRequest, options: FlagRunOptions, deadline: number): Promise<TakenUp> {
  const { signal, progress, jobId } = options;
  const waiting = { signal, progress, deadline };
  return jobId === null ? takeUpJobs(port, request, waiting) : takeUpJob(port, request, jobId, waiting);
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

function outcomeOf(port: OrgPort, request: FlagRequest, options: FlagRunOptions, run: Run): FlagRunOutcome {
  const { before, taken, report, failedRecordsFile } = run;
  const result: FlagRecordsResult = {
    integration: options.integration,
    sobject: request.sobject,
    field: request.field,
    changes: changesOf(request, options, before, report),
    findings: findingsOf(run),
    records: {
      toFlag: before.toFlag,
      toUnflag: before.toUnflag,
      alreadySo: before.alreadySo,
      written: taken.written + (report?.written ?? 0),
      failed: report?.failed ?? 0,
    },
    samples: before.samples,
    jobIds: report?.pendingJobs ?? [],
    failedRecordsFile,
    ...port.requestCounts(),
  };
  return { result, exitCode: exitCodeOf(report) };
}

/** Rows that remain are partly done even when they are all of them: others were right before. */
function exitCodeOf(report: FlagReport | null): number {
  if (report === null) return exitCodes.done.code;
  if (hasFailed(report)) return exitCodes.partlyDone.code;
  return report.pendingJobs.length === 0 ? exitCodes.done.code : exitCodes.inProgress.code;
}

function hasFailed({ failed, stoppedJobs }: FlagReport): boolean {
  return failed > 0 || stoppedJobs.length > 0;
}

function changesOf(
  request: FlagRequest,
  options: FlagRunOptions,
  before: Preview,
  report: FlagReport | null,
): readonly Outcome[] {
  const name = request.selection.kind === 'condition' ? request.selection.where : request.selection.path;
  const change = (action: 'flag' | 'unflag', count: number | null): Outcome => ({
    action,
    type: request.sobject,
    name,
    status: statusOf(count, options, report),
    after: texts.getMessage('records', [count === null ? texts.getMessage('notCounted') : String(count)]),
    integration: options.integration,
  });
  const flag = change('flag', before.toFlag);
  const unflag = change('unflag', before.toUnflag);
  if (request.mode === 'sync') return [flag, unflag];
  return request.mode === 'flag' ? [flag] : [unflag];
}

function statusOf(count: number | null, options: FlagRunOptions, report: FlagReport | null): ChangeStatus {
  if (count === 0) return 'unchanged';
  if (options.dryRun || report === null) return 'planned';
  if (hasFailed(report)) return 'failed';
  return report.pendingJobs.length === 0 ? 'applied' : 'pending';
}
