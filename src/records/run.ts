import type { FailedRow } from '../org/bulk.js';
import type { OrgPort } from '../org/port.js';
import type { ChangeStatus, Outcome } from '../planning/change.js';
import { exitCodes } from '../planning/exit-codes.js';
import type { Finding } from '../planning/finding.js';
import { failedRowsFile } from './failed-rows-file.js';
import { flagRecords, resumeJob, type FlagProgress, type FlagReport } from './flag-records.js';
import type { FlagRequest } from './flag-request.js';
import { describeFlag, preview, type Preview, type SampleRecord } from './preview.js';
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
  /** A job that still goes on in the org. */
  readonly jobId: string | null;
  readonly failedRecordsFile: string | null;
  readonly apiRequests: number;
  readonly apiCalls: number;
};

export type FlagRunOptions = {
  readonly integration: string;
  readonly dryRun: boolean;
  /** Asks a person; null where nobody needs to be asked; throws where somebody must be, and nobody is there. */
  readonly confirm: ((preview: Preview) => Promise<boolean>) | null;
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
  const description = await describeFlag(port, request);
  const exact = { ...request, sobject: description.name };
  const before = await preview(port, exact, description, options.signal);
  options.showPreview(before);
  if (options.dryRun || isNothing(before)) return outcomeOf(port, exact, options, before, null, null);
  if (isLarge(before) && options.confirm !== null && !(await options.confirm(before))) {
    throw texts.createError('error.ConfirmationRequired', [sizeText(before)]);
  }
  const file = failedRowsFile(options.failedRecordsPath);
  const report = await write(port, exact, options, file.add);
  return outcomeOf(port, exact, options, before, report, await file.close());
}

async function write(
  port: OrgPort,
  request: FlagRequest,
  options: FlagRunOptions,
  onFailure: (row: FailedRow) => Promise<void>,
): Promise<FlagReport> {
  const { signal, progress } = options;
  const deadline = Date.now() + options.waitMs;
  const flagOptions = { signal, deadline, progress, onFailure };
  if (options.jobId === null) return flagRecords(port, request, flagOptions);
  const resumed = await resumeJob(port, options.jobId, flagOptions);
  if (resumed.pendingJob !== null) return resumed;
  const rest = await flagRecords(port, request, flagOptions);
  return { ...rest, written: resumed.written + rest.written };
}

function isNothing({ toFlag, toUnflag }: Preview): boolean {
  return toFlag === 0 && toUnflag === 0;
}

function isLarge({ toFlag, toUnflag }: Preview): boolean {
  return toFlag === null || toUnflag === null || toFlag + toUnflag >= confirmFrom;
}

export function sizeText({ toFlag, toUnflag }: Preview): string {
  return toFlag === null || toUnflag === null ? texts.getMessage('notCounted') : String(toFlag + toUnflag);
}

function outcomeOf(
  port: OrgPort,
  request: FlagRequest,
  options: FlagRunOptions,
  before: Preview,
  report: FlagReport | null,
  failedRecordsFile: string | null,
): FlagRunOutcome {
  const result: FlagRecordsResult = {
    integration: options.integration,
    sobject: request.sobject,
    field: request.field,
    changes: changesOf(request, options, before, report),
    findings: findingsOf(before, report, failedRecordsFile),
    records: {
      toFlag: before.toFlag,
      toUnflag: before.toUnflag,
      alreadySo: before.alreadySo,
      written: report?.written ?? 0,
      failed: report?.failed ?? 0,
    },
    samples: before.samples,
    jobId: report?.pendingJob ?? null,
    failedRecordsFile,
    ...port.requestCounts(),
  };
  return { result, exitCode: exitCodeOf(report) };
}

/** Rows that remain are partly done even when they are all of them: others were right before. */
function exitCodeOf(report: FlagReport | null): number {
  if (report === null) return exitCodes.done.code;
  if (report.failed > 0) return exitCodes.partlyDone.code;
  return report.pendingJob === null ? exitCodes.done.code : exitCodes.inProgress.code;
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
  if (report.failed > 0) return 'failed';
  return report.pendingJob === null ? 'applied' : 'pending';
}

function findingsOf(before: Preview, report: FlagReport | null, file: string | null): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (severity: Finding['severity'], code: string, subject: string, tokens: readonly string[]): void => {
    findings.push({
      severity,
      code,
      subject,
      message: texts.getMessage(`finding.${code}`, [...tokens]),
      fix: texts.getMessage(`finding.${code}.fix`, [...tokens]),
    });
  };
  if ((before.unknownKeys ?? 0) > 0) add('warning', 'UnknownKeys', 'file', [String(before.unknownKeys)]);
  if (report !== null && report.failed > 0) {
    add('warning', 'RowsNotWritten', file ?? '', [
      String(report.failed),
      report.firstFailure?.message ?? '',
      file ?? '',
    ]);
  }
  if (report?.pendingJob !== null && report?.pendingJob !== undefined) {
    add('info', 'JobGoesOn', report.pendingJob, [report.pendingJob]);
  }
  return findings;
}
