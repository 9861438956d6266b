import { wordsOf } from '../observation/refusal.js';
import type { OrgPort } from '../org/port.js';
import { OrgError } from '../org/failure.js';
import { isUnchanged, type Change, type RecordReference } from '../planning/change.js';
import { pendingChanges, type Plan } from '../planning/plan.js';
import { deployChanges, isComponentChange } from './components.js';
import { flagSelected } from './flagging.js';
import { Gates, type ClosedGate } from './gates.js';
import { lookUpReferences } from './references.js';
import { isReplaceable, writeOrDeploy } from './replaceable-rows.js';
import { isRowChange, writeRowChanges } from './rows.js';
import {
  errorText,
  failedReport,
  unknownReport,
  type ChangeReport,
  type ProgressEvent,
  type Session,
  type Stage,
} from './session.js';
import { stagesOf } from './stages.js';
import { validate } from './validation.js';
import { executionTexts } from './texts.js';

export type ExecutionOptions = {
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly progress: (event: ProgressEvent) => void;
};

/**
 * Makes the planned changes, stage by stage. Nothing follows a stage that failed or is not in effect yet: access comes last,
 * and must not come at all where what restricts it is missing. What really became of the changes is read back afterwards.
 */
export async function execute(
  plan: Plan,
  port: OrgPort,
  { deadline, signal, progress }: ExecutionOptions,
): Promise<readonly ChangeReport[]> {
  const session: Session = { port, deadline, signal, progress, ids: new Map(Object.entries(plan.knownIds)) };
  const stages = stagesOf(pendingChanges(plan));
  const refused = await validate(pendingChanges(plan), session);
  if (refused.length > 0) return withSkipped(refused, plan);
  progress({ kind: 'stagesPlanned', stages });
  const gates = new Gates(session);
  const reports: ChangeReport[] = [];
  for (const stage of stages) {
    if (opensAccess(stage) && reports.every(isDone)) reports.push(...(await notYetInEffect(plan, gates)));
    reports.push(...(await runOrHold(stage, reports, session, gates)));
  }
  return reports.filter(({ change }) => !isUnchanged(change));
}

function opensAccess(stage: Stage): boolean {
  return stage.phases.includes('access');
}

/** Defaults and rules of an earlier run, whose recalculation may still be going on: nothing opens before they hold. */
async function notYetInEffect(plan: Plan, gates: Gates): Promise<readonly ChangeReport[]> {
  const earlier = plan.changes.filter((change) => isUnchanged(change) && ['owd', 'rules'].includes(change.phase));
  return (await gates.waitFor(earlier)).map(pendingReport);
}

/**
 * Of a plan that changes nothing: defaults that an earlier run declared, and whose recalculation goes on. Until it is over
 * the user reads what it read before.
 */
export async function stillTakingEffect(
  plan: Plan,
  port: OrgPort,
  { deadline, signal, progress }: ExecutionOptions,
): Promise<readonly ChangeReport[]> {
  const session: Session = { port, deadline, signal, progress, ids: new Map(Object.entries(plan.knownIds)) };
  const closed = await new Gates(session).waitFor(plan.changes.filter(({ phase }) => phase === 'owd'));
  return closed.map(pendingReport);
}

function pendingReport({ change, refusal }: ClosedGate): ChangeReport {
  if (refusal === null) return { change, state: 'pending' };
  const message = executionTexts.getMessage('effectNotTold', [wordsOf(refusal)]);
  return { change, state: 'pending', error: { name: 'EffectNotToldError', message, actions: [] } };
}

/** Nothing is made where the check of the whole refuses a part. */
function withSkipped(refused: readonly ChangeReport[], plan: Plan): readonly ChangeReport[] {
  const known = new Set(refused.map(({ change }) => change));
  const others = pendingChanges(plan).filter((change) => !known.has(change));
  return [...refused, ...others.map((change): ChangeReport => ({ change, state: 'skipped' }))];
}

async function runOrHold(
  stage: Stage,
  earlier: readonly ChangeReport[],
  session: Session,
  gates: Gates,
): Promise<readonly ChangeReport[]> {
  const held = earlier.filter((report) => report.state !== 'done');
  if (held.length > 0 || session.signal.aborted) {
    const state = held.length > 0 && held.every((report) => report.state === 'pending') ? 'pending' : 'skipped';
    return stage.changes.map((change) => ({ change, state }));
  }
  session.progress({ kind: 'stageStarted', stage });
  const reports = await runStage(stage, session, gates).catch((error: unknown) => unknownStage(stage, error));
  session.progress({ kind: 'stageEnded', stage, reports });
  return reports;
}

/** A read in the middle of a stage went wrong: what the stage did before that only looking again tells. */
function unknownStage(stage: Stage, error: unknown): readonly ChangeReport[] {
  if (!(error instanceof OrgError)) throw error;
  return stage.changes.map((change) => unknownReport(change, errorText(error)));
}

/** Metadata first, because rows refer to it; then rows, then records. */
async function runStage(stage: Stage, session: Session, gates: Gates): Promise<readonly ChangeReport[]> {
  const reports: ChangeReport[] = [];
  const rows = stage.changes.filter(isRowChange).filter((change) => !isReplaceable(change));
  const steps: ReadonlyArray<() => Promise<readonly ChangeReport[]>> = [
    async () => ifAny(stage.changes.filter(isComponentChange), (changes) => deployChanges(changes, session)),
    async () => ifAny(rows, (changes) => writeRowChanges(changes, session)),
    async () => ifAny(stage.changes.filter(isReplaceable), (changes) => writeOrDeploy(changes, session)),
    ...stage.changes
      .filter((change) => !isComponentChange(change) && !isRowChange(change))
      .map((change) => async () => [await runSingle(change, session)]),
  ];
  for (const step of steps) {
    if (reports.every((report) => report.state === 'done')) reports.push(...(await step()));
  }
  const settled = await settle(reports, gates);
  const known = new Set(settled.map((report) => report.change));
  const open = stage.changes.filter((change) => !known.has(change));
  return [...settled, ...open.map((change): ChangeReport => ({ change, state: 'skipped' }))];
}

async function ifAny<T>(
  changes: readonly T[],
  run: (changes: readonly T[]) => Promise<readonly ChangeReport[]>,
): Promise<readonly ChangeReport[]> {
  return changes.length === 0 ? [] : run(changes);
}

/** What Salesforce accepted is done only when it is in effect. */
async function settle(reports: readonly ChangeReport[], gates: Gates): Promise<readonly ChangeReport[]> {
  const accepted = reports.flatMap(({ state, change }) => (state === 'done' ? [change] : []));
  const closed = new Map((await gates.waitFor(accepted)).map((gate) => [gate.change, pendingReport(gate)]));
  return reports.map((report) => ({ ...report, ...closed.get(report.change) }));
}

async function runSingle(change: Change, session: Session): Promise<ChangeReport> {
  try {
    if (change.effect.kind === 'flagRecords') {
      return await flagSelected(change, change.effect, session);
    }
    if (change.effect.kind === 'resetPassword') return await resetPassword(change, change.effect.user, session);
    return done(change);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return error.certainty === 'unknown'
      ? unknownReport(change, errorText(error))
      : failedReport(change, errorText(error));
  }
}

async function resetPassword(change: Change, user: RecordReference, session: Session): Promise<ChangeReport> {
  await lookUpReferences([user], session);
  const userId = session.ids.get(user.idOf);
  if (userId === undefined) {
    return failedReport(change, errorText(executionTexts.createError('error.ReferenceNotFound', [user.idOf])));
  }
  await session.port.resetPassword(userId);
  return done(change);
}

function isDone({ state }: ChangeReport): boolean {
  return state === 'done';
}

function done(change: Change): ChangeReport {
  return { change, state: 'done' };
}
