import type { Finding } from '../planning/finding.js';
import type { TakenUp } from './jobs.js';
import type { Preview } from './preview.js';
import type { FlagReport } from './progress.js';
import { recordTexts as texts } from './texts.js';

type Seen = {
  readonly before: Preview;
  readonly taken: TakenUp;
  readonly report: FlagReport | null;
  readonly failedRecordsFile: string | null;
};

/** What somebody must know about keys without record, rows that stayed as they were, and jobs. */
export function findingsOf({ before, taken, report, failedRecordsFile }: Seen): readonly Finding[] {
  const { count, first } = before.unknownKeys;
  const unknown = count === 0 ? [] : [finding('warning', 'UnknownKeys', 'file', [String(count), first.join(', ')])];
  const open = taken.openJobs.map((id) => finding('info', 'UploadNotFinished', id, [id]));
  if (report === null) return [...unknown, ...open];
  const stopped = report.stoppedJobs.map(({ jobId, message, rowsLeft }) =>
    finding('warning', 'JobStopped', jobId, [jobId, String(rowsLeft), message]),
  );
  const pending = report.pendingJobs.map((id) => finding('info', 'JobGoesOn', id, [id]));
  return [...unknown, ...open, ...notWritten(report, failedRecordsFile), ...stopped, ...pending];
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
