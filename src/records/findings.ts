import { asksFor } from '../definition/condition.js';
import type { OrgError } from '../org/failure.js';
import type { Finding } from '../planning/finding.js';
import type { FlagRequest } from './flag-request.js';
import type { FlagRun } from './outcome.js';
import { unticksAll, type Preview } from './preview.js';
import type { FlagReport } from './progress.js';
import { recordTexts as texts } from './texts.js';

/** Writing a flag changes who modified the record and when, and with it what a condition selects that asks for them. */
const changedByWriting = ['LastModifiedDate', 'LastModifiedById', 'LastModifiedBy', 'SystemModstamp'] as const;

/** What somebody must know about the selection, keys without record, rows that stayed as they were, and jobs. */
export function findingsOf(request: FlagRequest, run: FlagRun): readonly Finding[] {
  return [...selectionFindings(request, run), ...writingFindings(request, run)];
}

function selectionFindings(request: FlagRequest, { before, taken, seen }: FlagRun): readonly Finding[] {
  const { sobject, selection, mode } = request;
  const { count, first } = before.unknownKeys;
  return [
    ...(count === 0 ? [] : [finding('warning', 'UnknownKeys', 'file', [String(count), first.join(', ')])]),
    ...(unticksAll(request, before)
      ? [
          finding('warning', 'NothingSelected', sobject, [
            String(before.toUnflag ?? texts.getMessage('notCounted')),
            sobject,
          ]),
        ]
      : []),
    ...(matchesNothing(request, before) ? [finding('warning', 'NothingMatches', sobject, [sobject])] : []),
    ...(seen === 'part' ? [finding('warning', 'SeesOnlyPart', sobject, [sobject])] : []),
    ...(seen === 'unknown' ? [finding('warning', 'MaySeeOnlyPart', sobject, [sobject])] : []),
    ...(mode === 'sync' && selection.kind === 'condition' && asksFor(selection.where, sobject, changedByWriting)
      ? [finding('warning', 'ConditionFollowsWriting', sobject, [selection.where])]
      : []),
    ...taken.openJobs.map((id) => finding('info', 'UploadNotFinished', id, [id])),
  ];
}

function matchesNothing({ mode, selection }: FlagRequest, { toFlag, toUnflag, alreadySo }: Preview): boolean {
  return (
    mode !== 'sync' && selection.kind === 'condition' && [toFlag, toUnflag, alreadySo].every((count) => count === 0)
  );
}

function writingFindings({ sobject }: FlagRequest, { report, failedRecordsFile, left }: FlagRun): readonly Finding[] {
  if (report === null) return [];
  const stopped = report.stoppedJobs.map(({ jobId, message, rowsLeft }) =>
    finding('warning', 'JobStopped', jobId, [jobId, String(rowsLeft), message]),
  );
  const pending = report.pendingJobs.map((id) => finding('info', 'JobGoesOn', id, [id]));
  return [
    ...notWritten(report, failedRecordsFile),
    ...stopped,
    ...(report.stoppedBy === null ? [] : [stopFinding(report.stoppedBy, sobject)]),
    ...(left === 0 ? [] : [leftFinding(left, sobject)]),
    ...pending,
  ];
}

function stopFinding({ message, actions }: OrgError, sobject: string): Finding {
  const { fix, ...rest } = finding('warning', 'WritingStopped', sobject, [message]);
  return { ...rest, fix: [...(actions ?? []), fix].join(' ') };
}

function leftFinding(left: number | null, sobject: string): Finding {
  return left === null
    ? finding('warning', 'NotReadBack', sobject, [sobject])
    : finding('warning', 'RowsLeft', sobject, [String(left), sobject]);
}

function notWritten({ failed, firstFailure }: FlagReport, file: string | null): readonly Finding[] {
  if (firstFailure === null || file === null) return [];
  return [finding('warning', 'RowsNotWritten', file, [String(failed), firstFailure.message, file])];
}

function finding(severity: Finding['severity'], code: string, subject: string, tokens: readonly string[]): Finding {
  return {
    severity,
    code,
    subject,
    message: texts.getMessage(`finding.${code}`, [...tokens]),
    fix: texts.getMessage(`finding.${code}.fix`, [...tokens]),
  };
}
