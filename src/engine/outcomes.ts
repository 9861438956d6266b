import type { ChangeReport } from '../execution/session.js';
import { changeKey, isUnchanged, type Change, type ChangeStatus, type Outcome } from '../planning/change.js';
import { exitCodes } from '../planning/exit-codes.js';
import { pendingChanges, type Plan } from '../planning/plan.js';
import { engineTexts } from './texts.js';

/** A run as a value: what was planned, what Salesforce said, and what is planned when looking again. */
export type Run = {
  readonly before: Plan;
  readonly after: Plan;
  readonly reports: readonly ChangeReport[];
  readonly readBackError: Error | null;
};

export function outcomesBefore(plan: Plan): readonly Outcome[] {
  return plan.changes.map((change) => outcome(change, isUnchanged(change) ? 'unchanged' : 'planned', plan));
}

/** Believes what was read back, not what was answered. */
export function outcomesAfter(run: Run): readonly Outcome[] {
  const reports = new Map(run.reports.map((report) => [changeKey(report.change), report]));
  const stillPlanned = new Set(pendingChanges(run.after).map(changeKey));
  const all = [...run.before.changes, ...newChanges(run)];
  return all.map((change) => {
    const report = reports.get(changeKey(change));
    if (report === undefined) return outcome(change, isUnchanged(change) ? 'unchanged' : 'pending', run.after);
    const { status, message } = verdict(report, stillPlanned.has(changeKey(change)), run);
    const id = report.id ?? run.after.knownIds[changeKey(change)];
    return { ...outcome(change, status, run.after, message), ...(id === undefined ? {} : { id }) };
  });
}

/** 1 before 68 before 69: several at once, the first that applies. */
export function exitCodeOf(outcomes: readonly Outcome[]): number {
  const has = (...statuses: readonly ChangeStatus[]): boolean =>
    outcomes.some(({ status }) => statuses.includes(status));
  if (has('failed') || (has('skipped') && !has('pending'))) {
    return has('applied', 'pending') ? exitCodes.partlyDone.code : exitCodes.failed.code;
  }
  return has('pending') ? exitCodes.inProgress.code : exitCodes.done.code;
}

type Verdict = { readonly status: ChangeStatus; readonly message?: string };

function verdict(report: ChangeReport, isStillPlanned: boolean, run: Run): Verdict {
  const said = report.error === undefined ? {} : { message: report.error.message };
  if (run.readBackError !== null) return unconfirmed(report, said);
  // What nobody plans any more, somebody else did in the meantime.
  if (report.state === 'skipped') return { status: isStillPlanned ? 'skipped' : 'unchanged' };
  if (report.state === 'pending') return { status: 'pending', ...said };
  if (!isStillPlanned || (report.state === 'done' && !leavesTrace(report.change))) return { status: 'applied' };
  const awaits = run.after.changes.find((change) => changeKey(change) === changeKey(report.change))?.awaits;
  if (report.state === 'done' && awaits !== undefined) return { status: 'pending', message: awaits };
  if (report.state === 'done') return { status: 'failed', message: engineTexts.getMessage('notReadBack') };
  return { status: 'failed', ...said };
}

/** Without a look at the org afterwards, an accepted change is no more than accepted. */
function unconfirmed(report: ChangeReport, said: { readonly message?: string }): Verdict {
  if (report.state === 'done') return { status: 'pending', message: engineTexts.getMessage('notConfirmed') };
  if (report.state === 'unknown') return { status: 'pending', ...said };
  return { status: report.state === 'failed' ? 'failed' : report.state, ...said };
}

/** A mail that was sent cannot be read back; the plan asks for it each time. */
function leavesTrace(change: Change): boolean {
  return change.effect.kind !== 'resetPassword';
}

function newChanges(run: Run): readonly Change[] {
  const known = new Set(run.before.changes.map(changeKey));
  return pendingChanges(run.after).filter((change) => !known.has(changeKey(change)));
}

function outcome(change: Change, status: ChangeStatus, plan: Plan, message = change.message): Outcome {
  const { action, type, name, before, after, integration } = change;
  const id = change.id ?? plan.knownIds[changeKey(change)];
  return {
    action,
    type,
    name,
    status,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(id === undefined ? {} : { id }),
    ...(integration === undefined ? {} : { integration }),
    ...(message === undefined ? {} : { message }),
  };
}
