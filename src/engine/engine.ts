import { SfError } from '@salesforce/core/sfError';
import { setTimeout as wait } from 'node:timers/promises';
import type { Definition } from '../definition/definition.js';
import { execute, stillTakingEffect } from '../execution/execute.js';
import type { ChangeReport, ProgressEvent } from '../execution/session.js';
import type { Feature } from '../features/feature.js';
import type { OrgPort } from '../org/port.js';
import { changeKey, type Outcome } from '../planning/change.js';
import { exitCodes } from '../planning/exit-codes.js';
import { differenceCodes, type Finding } from '../planning/finding.js';
import type { Impact } from '../planning/impact.js';
import { emptyPlan, errorFindings, mergePlans, pendingChanges, type Plan } from '../planning/plan.js';
import type { IntegrationUserResult } from '../planning/result.js';
import { impactKey, impactsWithoutConsent, type Consent } from './consent.js';
import { confirmationRequired, readBackFailed, refusedPlan, runFailed, withResult } from './failures.js';
import { lookAndPlan } from './look.js';
import { exitCodeOf, outcomesAfter, outcomesBefore, type Run } from './outcomes.js';
import { toResult } from './result.js';
import { takeBackLeaks } from './take-back.js';

export type EngineOptions = Consent & {
  readonly features: readonly Feature[];
  readonly dryRun: boolean;
  /** Asks a person; null where there is none, or where the output is for a machine. */
  readonly confirm: ((impacts: readonly Impact[], plan: Plan) => Promise<boolean>) | null;
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly progress: (event: ProgressEvent) => void;
  /** Told what was planned where an error finding stops it. */
  readonly refused?: (planned: IntegrationUserResult) => void;
};

export type EngineOutcome = { readonly result: IntegrationUserResult; readonly exitCode: number };

/** A write whose answer was lost is looked at again and finished, a few times. */
const maximalRounds = 3;
const pauseBetweenRoundsMs = 300;

/**
 * Definition → observation → plan → consent → changes → observation again: what is no longer planned is done. Throws a named
 * error with the result as data where nothing was written; otherwise returns, with the exit code that tells how it went.
 */
export async function runEngine(definition: Definition, port: OrgPort, options: EngineOptions): Promise<EngineOutcome> {
  options.progress({ kind: 'looking', again: false });
  return runPlan(definition, await lookAndPlan(definition, port, options.features), port, options);
}

/** The same from a plan that was just made. */
export async function runPlan(
  definition: Definition,
  plan: Plan,
  port: OrgPort,
  options: EngineOptions,
): Promise<EngineOutcome> {
  const planned = toResult(definition, plan, outcomesBefore(plan), port);
  if (errorFindings(plan).length > 0) {
    options.refused?.(planned);
    throw refusedPlan(plan, planned);
  }
  if (options.dryRun) return { result: planned, exitCode: exitCodes.done.code };
  if (pendingChanges(plan).length === 0) return whenInEffect(definition, plan, port, options);
  await obtainConsent(definition, plan, planned, options);
  const run = await executeAndReadBack(definition, plan, port, options).catch((error: unknown) => {
    throw withResult(error, planned);
  });
  const lookAgain = (): Promise<Plan> => lookAndPlan(definition, port, options.features);
  const { progress } = options;
  return conclude(definition, await takeBackLeaks(definition, run, port, { lookAgain, progress }), port);
}

/** Nothing is to be changed; but what an earlier run changed may not be in effect yet. */
async function whenInEffect(
  definition: Definition,
  plan: Plan,
  port: OrgPort,
  options: EngineOptions,
): Promise<EngineOutcome> {
  const deadline = Date.now() + options.waitMs;
  const open = await stillTakingEffect(plan, port, { ...options, deadline });
  const outcomes = outcomesBefore(plan).map((outcome) => {
    const report = open.find(({ change }) => changeKey(change) === changeKey(outcome));
    return report === undefined ? outcome : stillPending(outcome, report);
  });
  const exitCode = open.length > 0 ? exitCodes.inProgress.code : exitCodeFor(plan);
  return { result: toResult(definition, plan, outcomes, port), exitCode };
}

function stillPending(outcome: Outcome, { error }: ChangeReport): Outcome {
  return { ...outcome, status: 'pending', ...(error === undefined ? {} : { message: error.message }) };
}

function conclude(definition: Definition, run: Run, port: OrgPort): EngineOutcome {
  const outcomes = outcomesAfter(run);
  if (run.readBackError !== null) {
    const findings = [...run.before.findings, readBackFailed(run.readBackError)];
    const result = toResult(definition, { ...run.before, findings }, outcomes, port);
    if (!run.reports.some((report) => report.state === 'done')) throw runFailed(run, result);
    return { result, exitCode: exitCodes.partlyDone.code };
  }
  const result = toResult(definition, told(run), outcomes, port);
  const exitCode = exitCodeOf(outcomes);
  if (exitCode === exitCodes.failed.code) throw runFailed(run, result);
  return { result, exitCode: exitCode === exitCodes.done.code ? exitCodeFor(run.after) : exitCode };
}

/** What was said before goes for what was done, too: whom it affects, and what the user had to know. */
function told({ before, after }: Run): Plan {
  return mergePlans([
    { ...emptyPlan, findings: after.findings, impact: before.impact, knownIds: after.knownIds },
    { ...emptyPlan, findings: before.findings },
  ]);
}

/** Nothing left to do does not mean that the org is as asked: others may give what was to be hidden. */
function exitCodeFor(plan: Plan): number {
  return plan.findings.some(({ code }) => differenceCodes.includes(code))
    ? exitCodes.differs.code
    : exitCodes.done.code;
}

async function obtainConsent(
  definition: Definition,
  plan: Plan,
  planned: IntegrationUserResult,
  options: EngineOptions,
): Promise<void> {
  const open = impactsWithoutConsent(definition, plan, options);
  if (open.length === 0) return;
  if (options.confirm === null || !(await options.confirm(open, plan))) throw confirmationRequired(open, planned);
}

/** Goes on where an answer was lost, or where only the first changes showed what else is to do. */
async function executeAndReadBack(
  definition: Definition,
  before: Plan,
  port: OrgPort,
  options: EngineOptions,
): Promise<Run> {
  const deadline = Date.now() + options.waitMs;
  const consented = new Set(before.impact.map(impactKey));
  let reports: readonly ChangeReport[] = [];
  let next = before;
  for (let round = 1; ; round += 1) {
    reports = [...reports, ...(await execute(next, port, { ...options, deadline }))];
    options.progress({ kind: 'looking', again: true });
    try {
      next = await lookAndPlan(definition, port, options.features);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return { before, after: before, reports, readBackError: error };
    }
    // A plan that an error stopped is not whole: what is missing in it was not therefore done.
    const [refused] = errorFindings(next);
    if (refused !== undefined) return { before, after: before, reports, readBackError: asError(refused) };
    const run: Run = { before, after: next, reports, readBackError: null };
    const goesOn =
      round < maximalRounds && mayGoOn(run) && next.impact.every((impact) => consented.has(impactKey(impact)));
    if (!goesOn) return run;
    await wait(pauseBetweenRoundsMs);
  }
}

function asError({ code, message, fix }: Finding): SfError {
  return SfError.create({ name: `${code}Error`, message, ...(fix === undefined ? {} : { actions: [fix] }) });
}

/** What was refused and is still missing stays so. What somebody else did in the meantime stops nobody. */
function mayGoOn({ before, after, reports }: Run): boolean {
  const open = new Set(pendingChanges(after).map(changeKey));
  const planned = new Set(pendingChanges(before).map(changeKey));
  const last = new Map(reports.map((report) => [changeKey(report.change), report.state]));
  const stuck = [...open].some((key) => last.get(key) === 'failed' || last.get(key) === 'pending');
  return !stuck && [...open].some((key) => last.get(key) !== 'done' || !planned.has(key));
}
