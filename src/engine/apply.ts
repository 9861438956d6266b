import { SfError } from '@salesforce/core/sfError';
import type { Definition } from '../definition/definition.js';
import type { OrgPort } from '../org/port.js';
import type { Outcome } from '../planning/change.js';
import { exitCodes } from '../planning/exit-codes.js';
import { errorFindings, mergePlans, pendingChanges, type Plan } from '../planning/plan.js';
import type { IntegrationUserResult } from '../planning/result.js';
import { impactKey, impactsWithoutConsent } from './consent.js';
import { runPlan, type EngineOptions, type EngineOutcome } from './engine.js';
import { confirmationRequired, refusedPlan } from './failures.js';
import { lookAndPlan, lookAndPlanAll } from './look.js';
import { outcomesBefore } from './outcomes.js';
import { toResult } from './result.js';
import { writePlanToProject } from './to-project.js';

/** A definition, and what is to be done for it. */
export type Application = { readonly definition: Definition; readonly plan: Plan };

export type ApplyOptions = EngineOptions & {
  /** Folder of a DX project to write metadata into instead of changing the org. */
  readonly outputDir: string | null;
  /** A dry run of a plan that is not empty ends with the exit code for "differs". */
  readonly failOnChanges: boolean;
  /** Told what is planned before anything is asked or written. */
  readonly planned: (applications: readonly Application[]) => void;
};

/**
 * Applies definitions one after the other. All are looked at together first, what several ask is asked once, and an error in
 * any of them stops all before the first write.
 */
export async function applyAll(
  definitions: readonly Definition[],
  port: OrgPort,
  options: ApplyOptions,
): Promise<EngineOutcome> {
  options.progress({ kind: 'looking', again: false });
  const plans = await lookAndPlanAll(definitions, port, options.features);
  const applications = definitions.flatMap((definition, index) => {
    const plan = plans[index];
    return plan === undefined ? [] : [{ definition, plan }];
  });
  refuseErrors(applications, port);
  options.planned(applications);
  if (options.dryRun) return dryRun(applications, port, options.failOnChanges);
  const agreed = options.outputDir === null ? await obtainConsents(applications, port, options) : options;
  const outcomes: EngineOutcome[] = [];
  for (const application of applications) outcomes.push(await applyNext(application, outcomes, port, agreed));
  return combine(outcomes);
}

function refuseErrors(applications: readonly Application[], port: OrgPort): void {
  const merged = mergePlans(applications.map(({ plan }) => plan));
  if (errorFindings(merged).length === 0) return;
  const { result } = combine(applications.map((application) => asPlanned(application, port)));
  throw refusedPlan(merged, result);
}

/** Asked for all definitions together, before the first of them writes anything. */
async function obtainConsents(
  applications: readonly Application[],
  port: OrgPort,
  options: ApplyOptions,
): Promise<ApplyOptions> {
  const open = applications.flatMap(({ definition, plan }) => impactsWithoutConsent(definition, plan, options));
  if (open.length === 0) return options;
  const merged = mergePlans(applications.map(({ plan }) => plan));
  if (options.confirm === null || !(await options.confirm(open, merged))) {
    const { result } = combine(applications.map((application) => asPlanned(application, port)));
    throw confirmationRequired(open, result);
  }
  return { ...options, agreedImpacts: new Set(open.map(impactKey)) };
}

function dryRun(applications: readonly Application[], port: OrgPort, failOnChanges: boolean): EngineOutcome {
  const outcome = combine(applications.map((application) => asPlanned(application, port)));
  const differs = applications.some(({ plan }) => pendingChanges(plan).length > 0);
  return failOnChanges && differs ? { ...outcome, exitCode: exitCodes.differs.code } : outcome;
}

function asPlanned({ definition, plan }: Application, port: OrgPort): EngineOutcome {
  return { result: toResult(definition, plan, outcomesBefore(plan), port), exitCode: exitCodes.done.code };
}

/** Once something was written, the next definition is looked at again: what two of them need is made once. */
async function applyNext(
  application: Application,
  earlier: readonly EngineOutcome[],
  port: OrgPort,
  options: ApplyOptions,
): Promise<EngineOutcome> {
  const { definition } = application;
  try {
    const plan = hasWritten(earlier) ? await lookAndPlan(definition, port, options.features) : application.plan;
    if (options.outputDir !== null) return await writePlanToProject(definition, plan, port, options.outputDir);
    return await runPlan(definition, plan, port, options);
  } catch (error) {
    if (!hasWritten(earlier) || !(error instanceof Error)) throw error;
    return failedAfterOthers(application, SfError.wrap(error), port);
  }
}

function hasWritten(outcomes: readonly EngineOutcome[]): boolean {
  return outcomes.some(({ result }) =>
    result.changes.some(({ status }) => status === 'applied' || status === 'written' || status === 'pending'),
  );
}

/** What was done for earlier definitions must be reported, so the error of a later one becomes a finding. */
function failedAfterOthers({ definition, plan }: Application, error: SfError, port: OrgPort): EngineOutcome {
  const outcomes = outcomesBefore(plan).map((outcome): Outcome =>
    outcome.status === 'planned' ? { ...outcome, status: 'skipped' } : outcome,
  );
  const finding = {
    severity: 'error',
    code: error.name.replace(/Error$/, ''),
    subject: definition.username,
    message: error.message,
    ...(error.actions?.[0] === undefined ? {} : { fix: error.actions[0] }),
  } as const;
  const findings = [...plan.findings, finding];
  return {
    result: toResult(definition, { ...plan, findings }, outcomes, port),
    exitCode: exitCodes.partlyDone.code,
  };
}

/** Several results as one: changes carry their integration, and the first exit code that applies counts. */
function combine(outcomes: readonly EngineOutcome[]): EngineOutcome {
  const [only, ...others] = outcomes;
  if (only !== undefined && others.length === 0) return only;
  const results = outcomes.map(({ result }) => result);
  const codes = new Set(outcomes.map(({ exitCode }) => exitCode));
  const exitCode = Object.values(exitCodes).find(({ code }) => codes.has(code))?.code ?? exitCodes.done.code;
  return { result: combinedResult(results), exitCode };
}

function combinedResult(results: readonly IntegrationUserResult[]): IntegrationUserResult {
  return {
    integration: null,
    username: results.map(({ username }) => username).join(', '),
    userId: null,
    changes: results.flatMap(({ integration, changes }) =>
      changes.map((change) => ({ ...(integration === null ? {} : { integration }), ...change })),
    ),
    findings: results.flatMap(({ findings }) => findings),
    impact: results.flatMap(({ impact }) => impact),
    // Counted from the start of the process: the last and highest is the sum.
    apiRequests: Math.max(0, ...results.map(({ apiRequests }) => apiRequests)),
    apiCalls: Math.max(0, ...results.map(({ apiCalls }) => apiCalls)),
  };
}
