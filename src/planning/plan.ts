import { changeKey, isUnchanged, phases, type Change, type Phase } from './change.js';
import type { Finding } from './finding.js';
import type { Impact } from './impact.js';

export type Plan = {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  readonly impact: readonly Impact[];
  /** Natural key → Id of everything that exists already and that a change refers to. */
  readonly knownIds: Readonly<Record<string, string>>;
};

export const emptyPlan: Plan = { changes: [], findings: [], impact: [], knownIds: {} };

/** Plans of several features as one: a change asked for twice is made once, in phase order, otherwise in the order given. */
export function mergePlans(plans: readonly Plan[]): Plan {
  const byKey = new Map<string, Change>();
  for (const change of plans.flatMap((plan) => plan.changes)) {
    const earlier = byKey.get(changeKey(change));
    if (earlier === undefined || isUnchanged(earlier)) byKey.set(changeKey(change), change);
  }
  const rank = (phase: Phase): number => phases.indexOf(phase);
  return {
    changes: [...byKey.values()].sort((a, b) => rank(a.phase) - rank(b.phase)),
    findings: distinct(
      plans.flatMap((plan) => plan.findings),
      (f) => `${f.code}|${f.subject}|${f.message}`,
    ),
    impact: distinct(
      plans.flatMap((plan) => plan.impact),
      (i) => `${i.on}|${i.change}|${i.message}`,
    ),
    knownIds: Object.assign({}, ...plans.map((plan) => plan.knownIds)) as Readonly<Record<string, string>>,
  };
}

export function pendingChanges(plan: Plan): readonly Change[] {
  return plan.changes.filter((change) => !isUnchanged(change));
}

export function errorFindings(plan: Plan): readonly Finding[] {
  return plan.findings.filter((finding) => finding.severity === 'error');
}

function distinct<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [key(item), item])).values()];
}
