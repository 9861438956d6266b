import { naturalKey, type Change, type Effect } from '../planning/change.js';
import { OrgError } from '../org/failure.js';
import type { ComponentFailure, Deployment, DeployReport } from '../org/port.js';
import { retryWhileLocked } from './locks.js';
import {
  errorText,
  failedReport,
  unknownReport,
  type ChangeError,
  type ChangeReport,
  type Session,
} from './session.js';
import { executionTexts } from './texts.js';

type ComponentEffect = Extract<Effect, { readonly kind: 'deploy' | 'destroy' }>;
type ComponentChange = Change & { readonly effect: ComponentEffect };

export function isComponentChange(change: Change): change is ComponentChange {
  return change.effect.kind === 'deploy' || change.effect.kind === 'destroy';
}

/** From this many locks on, objects are deployed one after the other: those of one family can lock each other. */
const locksBeforeSplit = 2;

/** All components of a stage in one deployment: made together, or not at all. */
export async function deployChanges(
  changes: readonly ComponentChange[],
  session: Session,
): Promise<readonly ChangeReport[]> {
  return retryWhileLocked(changes, session, async (open, locks) => {
    const components = open.filter(isComponentChange);
    return locks < locksBeforeSplit ? attempt(components, session) : attemptOneByOne(components, session);
  });
}

/** The first object that is locked ends the attempt: the others are behind the same lock. */
async function attemptOneByOne(
  changes: readonly ComponentChange[],
  session: Session,
): Promise<readonly ChangeReport[]> {
  const reports: ChangeReport[] = [];
  for (const ofObject of Map.groupBy(changes, lockedTogether).values()) {
    const failed = reports.find(({ state }) => state !== 'done');
    reports.push(
      ...(failed === undefined ? await attempt(ofObject, session) : ofObject.map((change) => ({ ...failed, change }))),
    );
  }
  return reports;
}

/** Rules of one object go together; everything else stays in one deployment, because one can be impossible without another. */
function lockedTogether({ type, name }: ComponentChange): string {
  return type === 'SharingCriteriaRule' ? (name.split('.')[0] ?? name) : '';
}

async function attempt(changes: readonly ComponentChange[], session: Session): Promise<readonly ChangeReport[]> {
  try {
    const waitMs = Math.max(0, session.deadline - Date.now());
    const report = await session.port.deploy(deploymentOf(changes), { waitMs, signal: session.signal });
    rememberIds(report, session);
    return deploymentReports(changes, report);
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    const failed = error.certainty === 'unknown' ? unknownReport : failedReport;
    return changes.map((change) => failed(change, errorText(error)));
  }
}

/** Groups and permission sets that rows refer to: their Ids come with the deployment that made them. */
function rememberIds({ status, changed }: DeployReport, { ids }: Session): void {
  if (status !== 'succeeded') return;
  for (const { type, fullName, id } of changed) if (id !== null) ids.set(naturalKey(type, fullName), id);
}

export function deploymentReports(changes: readonly ComponentChange[], report: DeployReport): readonly ChangeReport[] {
  return changes.map((change) => changeReport(change, report));
}

function deploymentOf(changes: readonly ComponentChange[]): Deployment {
  const effects = changes.map((change) => change.effect);
  return {
    components: effects.flatMap((effect) => (effect.kind === 'deploy' ? [effect.component] : [])),
    destroy: effects.flatMap(({ kind, ...effect }) =>
      kind === 'destroy' && 'type' in effect ? [{ type: effect.type, fullName: effect.fullName }] : [],
    ),
    checkOnly: false,
  };
}

function changeReport(change: ComponentChange, report: DeployReport): ChangeReport {
  if (report.status === 'succeeded') return { change, state: 'done' };
  if (report.status === 'inProgress') return { change, state: 'pending' };
  const own = report.failures.find((failure) => concerns(failure, change.effect));
  if (own !== undefined) return failedReport(change, componentError(own));
  const [other] = report.failures;
  // Everything is rolled back together: the reason of this change is another component's failure.
  if (other !== undefined) return failedReport(change, rolledBack(other));
  return failedReport(change, deploymentError(report));
}

function concerns(failure: ComponentFailure, effect: ComponentEffect): boolean {
  const { type, fullName } = effect.kind === 'deploy' ? effect.component : effect;
  if (failure.fullName !== fullName) return false;
  return failure.type === type || failure.type === '';
}

function componentError({ type, fullName, problem, line, column }: ComponentFailure): ChangeError {
  const place = line === null ? '' : ` (${line}:${column ?? 0})`;
  if (isManaged(problem))
    return errorText(executionTexts.createError('error.ManagedComponent', [type, fullName, problem]));
  return errorText(executionTexts.createError('error.ComponentRefused', [type, fullName, `${problem}${place}`]));
}

/** What a managed package does not let its subscribers change ("Cannot modify managed object"). */
function isManaged(problem: string): boolean {
  return /\bmanaged\b/i.test(problem);
}

function rolledBack({ type, fullName, problem }: ComponentFailure): ChangeError {
  return errorText(executionTexts.createError('error.RolledBack', [type, fullName, problem]));
}

function deploymentError(report: DeployReport): ChangeError {
  if (report.status === 'canceled')
    return errorText(executionTexts.createError('error.DeploymentCanceled', [report.id]));
  const reason = report.errorMessage ?? executionTexts.getMessage('noReason');
  return errorText(executionTexts.createError('error.DeploymentFailed', [report.id, reason]));
}
