import { OrgError } from '../org/failure.js';
import type { ComponentFailure } from '../org/port.js';
import type { Change, Effect } from '../planning/change.js';
import { deploymentReports } from './components.js';
import { isLockText } from './locks.js';
import { errorText, failedReport, type ChangeReport, type Session } from './session.js';

type DeployChange = Change & { readonly effect: Extract<Effect, { readonly kind: 'deploy' }> };

/**
 * Everything that will be deployed, as one package that Salesforce only checks: what is wrong with the last deployment is
 * known before the first. A single deployment checks itself.
 */
export async function validate(changes: readonly Change[], session: Session): Promise<readonly ChangeReport[]> {
  const checkable = checkableChanges(changes);
  if (new Set(checkable.map(({ phase }) => phase)).size < 2) return [];
  session.progress({ kind: 'validating' });
  try {
    const waitMs = Math.max(0, session.deadline - Date.now());
    const components = checkable.map(({ effect }) => effect.component);
    const report = await session.port.deploy(
      { components, destroy: [], checkOnly: true },
      { waitMs: Math.max(waitMs, shortestWaitMs), signal: session.signal },
    );
    if (report.status !== 'failed') return [];
    const failures = report.failures.filter((failure) => isCheckableYet(failure, changes));
    const nothingElse = failures.length === 0 && report.failures.length > 0;
    return nothingElse
      ? []
      : deploymentReports(checkable, { ...report, failures }).filter(({ state }) => state === 'failed');
  } catch (error) {
    // A check that cannot be made stops nothing: every deployment is checked again when it is made.
    if (!(error instanceof OrgError) || error.certainty === 'unknown') return [];
    return checkable.map((change) => failedReport(change, errorText(error)));
  }
}

/** Even --wait 0 lets a check finish: nothing has been changed yet. */
const shortestWaitMs = 60_000;

/** A rule that is deleted first cannot be checked beside its old self; of two steps of one rule the final one is checked. */
function checkableChanges(changes: readonly Change[]): readonly DeployChange[] {
  const destroyed = new Set(changes.flatMap(({ effect }) => (effect.kind === 'destroy' ? [effect.fullName] : [])));
  const byComponent = new Map<string, DeployChange>();
  for (const change of changes.filter(isDeployChange)) {
    const { type, fullName } = change.effect.component;
    if (!destroyed.has(fullName)) byComponent.set(`${type}:${fullName}`, change);
  }
  return [...byComponent.values()];
}

function isDeployChange(change: Change): change is DeployChange {
  return change.effect.kind === 'deploy';
}

/**
 * Whether a check sees the new defaults beside the rules that need them differs: a complaint about nothing but a default
 * that this plan changes, or about a lock, says nothing about the plan.
 */
function isCheckableYet({ problem }: ComponentFailure, changes: readonly Change[]): boolean {
  const changesDefaults = changes.some(({ phase }) => phase === 'owd');
  return !(changesDefaults && namesDefault.test(problem)) && !isLockText(problem);
}

const namesDefault = /org(?:anization)?[- ]wide default|below organization default|sharing model/i;
