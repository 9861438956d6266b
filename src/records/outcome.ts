import type { OrgPort } from '../org/port.js';
import type { ChangeStatus, Outcome } from '../planning/change.js';
import { exitCodes } from '../planning/exit-codes.js';
import { findingsOf } from './findings.js';
import type { FlagRequest } from './flag-request.js';
import type { TakenUp } from './jobs.js';
import type { Preview } from './preview.js';
import type { FlagReport } from './progress.js';
import type { FlagRunOptions, FlagRunOutcome } from './run.js';
import type { RecordsSeen } from './runner.js';
import { recordTexts as texts } from './texts.js';

/** How far a run came. */
export type FlagRun = {
  readonly before: Preview;
  readonly taken: TakenUp;
  readonly report: FlagReport | null;
  readonly failedRecordsFile: string | null;
  /** Rows that still differ after all of them were written; null where that isn't known. */
  readonly left: number | null;
  /** By whoever runs the command; where it matters, which is for a sync. */
  readonly seen: RecordsSeen;
};

export function outcomeOf(port: OrgPort, request: FlagRequest, options: FlagRunOptions, run: FlagRun): FlagRunOutcome {
  const { before, taken, report, failedRecordsFile } = run;
  const result = {
    integration: options.integration,
    sobject: request.sobject,
    field: request.field,
    changes: changesOf(request, options, run),
    findings: findingsOf(request, run),
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
  return { result, exitCode: exitCodeOf(run) };
}

/** Rows that remain are partly done even when they are all of them: others were right before. */
function exitCodeOf({ report, left }: FlagRun): number {
  if (report === null) return exitCodes.done.code;
  if (report.failed > 0 || isStopped({ report, left })) return exitCodes.partlyDone.code;
  return report.pendingJobs.length === 0 ? exitCodes.done.code : exitCodes.inProgress.code;
}

/** Rows are left of which it isn't known whether they were to be ticked or unticked. */
function isStopped({ report, left }: Pick<FlagRun, 'report' | 'left'>): boolean {
  return left !== 0 || (report !== null && (report.stoppedBy !== null || report.stoppedJobs.length > 0));
}

function changesOf(request: FlagRequest, options: FlagRunOptions, run: FlagRun): readonly Outcome[] {
  const { before, report } = run;
  const name = request.selection.kind === 'condition' ? request.selection.where : request.selection.path;
  const change = (action: 'flag' | 'unflag', count: number | null, failed: number): Outcome => ({
    action,
    type: request.sobject,
    name,
    status: statusOf(count, failed, options, run),
    after: countText(count, failed, run),
    integration: options.integration,
  });
  const flag = change('flag', before.toFlag, report?.failedToFlag ?? 0);
  const unflag = change('unflag', before.toUnflag, report?.failedToUnflag ?? 0);
  if (request.mode === 'sync') return [flag, unflag];
  return request.mode === 'flag' ? [flag] : [unflag];
}

/** How many of how many, where not all were written and it is known which. */
function countText(count: number | null, failed: number, run: FlagRun): string {
  if (count === null) return texts.getMessage('records', [texts.getMessage('notCounted')]);
  const others = (run.before.toFlag ?? 0) + (run.before.toUnflag ?? 0) - count;
  if (isStopped(run) && others === 0) return texts.getMessage('recordsOf', [run.report?.written ?? 0, count]);
  return failed > 0 && !isStopped(run)
    ? texts.getMessage('recordsOf', [count - failed, count])
    : texts.getMessage(count === 1 ? 'records.one' : 'records', [String(count)]);
}

function statusOf(count: number | null, failed: number, options: FlagRunOptions, run: FlagRun): ChangeStatus {
  const { report } = run;
  if (count === 0) return 'unchanged';
  if (options.dryRun || report === null) return 'planned';
  if (failed > 0 || isStopped(run)) return 'failed';
  return report.pendingJobs.length === 0 ? 'applied' : 'pending';
}
