import { explainRefusal } from '../org/failure.js';
import type { Change, Effect } from '../planning/change.js';
import { flagRecords } from '../records/flag-records.js';
import type { FlagRequest } from '../records/flag-request.js';
import { recordTexts } from '../records/texts.js';
import { errorText, failedReport, type ChangeReport, type Session } from './session.js';

type FlagEffect = Extract<Effect, { readonly kind: 'flagRecords' }>;

/** The records that a condition selects get the flag's value; what failed for one of them is the reason of the change. */
export async function flagSelected(change: Change, effect: FlagEffect, session: Session): Promise<ChangeReport> {
  const { sobject, field, value, condition: where } = effect;
  const request: FlagRequest = {
    sobject,
    field,
    mode: value ? 'flag' : 'unflag',
    selection: { kind: 'condition', where },
  };
  const { signal, deadline } = session;
  const ignore = (): void => undefined;
  const failures = { add: () => Promise.resolve(), restart: () => Promise.resolve() };
  const counted = effect.counted === undefined ? {} : { counted: effect.counted };
  const options = { signal, deadline, ...counted, progress: ignore, failures };
  const report = await flagRecords(session.port, request, options);
  if (report.pendingJobs.length > 0) return { change, state: 'pending' };
  const [stopped] = report.stoppedJobs;
  if (stopped !== undefined)
    return failedReport(
      change,
      errorText(recordTexts.createError('error.JobStopped', [stopped.jobId, stopped.message])),
    );
  if (report.firstFailure === null) return { change, state: 'done' };
  return failedReport(change, errorText(explainRefusal(report.firstFailure)));
}
