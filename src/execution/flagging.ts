import { namesOf } from '../definition/names.js';
import { explainRefusal } from '../org/failure.js';
import type { Change, Effect } from '../planning/change.js';
import { FailureReasons } from '../records/failure-reasons.js';
import { flagRecords } from '../records/flag-records.js';
import type { FlagRequest } from '../records/flag-request.js';
import type { FlagReport } from '../records/progress.js';
import { rowsLeftOf } from '../records/rows-left.js';
import { errorText, failedReport, type ChangeReport, type Session } from './session.js';
import { executionTexts as texts } from './texts.js';

type FlagEffect = Extract<Effect, { readonly kind: 'flagRecords' }>;

const mostReasons = 3;

/** The records that a condition selects get the flag's value; those that can't be written are counted by reason. */
export async function flagSelected(change: Change, effect: FlagEffect, session: Session): Promise<ChangeReport> {
  const { sobject, field, value, condition: where } = effect;
  const request: FlagRequest = {
    sobject,
    field,
    mode: value ? 'flag' : 'unflag',
    selection: { kind: 'condition', where },
  };
  const { signal, deadline } = session;
  const failures = new FailureReasons();
  const counted = effect.counted === undefined ? {} : { counted: effect.counted };
  const report = await flagRecords(session.port, request, {
    signal,
    deadline,
    ...counted,
    progress: (event) => session.progress({ kind: 'flagging', change, event }),
    failures,
  });
  if (report.pendingJobs.length > 0) return { change, state: 'pending' };
  const isDone = report.failed === 0 && report.stoppedJobs.length === 0 && report.stoppedBy === null;
  // Where they can't be counted nothing speaks against the answer; the look at the org after the run says so.
  const left = isDone ? ((await rowsLeftOf(session.port, request, where)) ?? 0) : report.failed;
  if (isDone && left === 0) return { change, state: 'done' };
  const reasons = isDone ? [texts.getMessage('notFlagged.left')] : [...stopped(report), ...refused(failures)];
  const tokens = [String(left), reasons.join(' '), commandForRest(change, effect)];
  return failedReport(change, errorText(texts.createError('error.RecordsNotFlagged', tokens)));
}

function stopped({ stoppedJobs, stoppedBy }: FlagReport): readonly string[] {
  const jobs = stoppedJobs.map(({ jobId, message, rowsLeft }) =>
    texts.getMessage('notFlagged.stopped', [jobId, rowsLeft, sentence(message)]),
  );
  return stoppedBy === null ? jobs : [...jobs, stoppedBy.message];
}

function refused(failures: FailureReasons): readonly string[] {
  const { reasons, others } = failures.top(mostReasons);
  const told = reasons.map(({ row, count, ids }) =>
    texts.getMessage('notFlagged.reason', [count, sentence(explainRefusal(row).message), ids.join(', ')]),
  );
  return others === 0 ? told : [...told, texts.getMessage('notFlagged.others', [others])];
}

/** Its own full stop would end a sentence that goes on. */
function sentence(text: string): string {
  return text.trim().replace(/\.$/, '');
}

/** Once the rule stands, nothing is flagged at the start any more: what is left is for flag-records. */
function commandForRest({ integration = '' }: Change, { sobject, field, value, condition }: FlagEffect): string {
  const label = field === namesOf(integration).flagField ? [] : ['--flag-label', quoted(field.replace(/__c$/, ''))];
  return [
    ...['sf integration-user flag-records --integration', quoted(integration), '--sobject', sobject],
    ...['--where', quoted(condition), ...label, ...(value ? [] : ['--unflag'])],
  ].join(' ');
}

/** For a shell, where the text holds anything that means something to one. */
function quoted(text: string): string {
  if (/^[\w.-]+$/.test(text)) return text;
  return /["$`\\!]/.test(text) ? `'${text.replaceAll("'", `'\\''`)}'` : `"${text}"`;
}
