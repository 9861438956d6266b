import type { Definition } from '../definition/definition.js';
import type { ConsentKind, Impact } from '../planning/impact.js';
import { pendingChanges, type Plan } from '../planning/plan.js';

export type Consent = {
  /** Kinds of impact that a flag consents to. */
  readonly allowedImpacts: ReadonlySet<ConsentKind>;
  /** Impacts, by `impactKey`, that a person agreed to earlier in this run. */
  readonly agreedImpacts?: ReadonlySet<string>;
};

export function impactKey(impact: Impact): string {
  return `${impact.on}|${impact.change}`;
}

/** Impacts on other people that nobody consented to yet. A plan that changes nothing asks nobody. */
export function impactsWithoutConsent(definition: Definition, plan: Plan, given: Consent): readonly Impact[] {
  if (pendingChanges(plan).length === 0) return [];
  const managesDefaults = definition.share?.manageOrganizationWideDefaults === true;
  return plan.impact.filter((impact) => {
    const { consent } = impact;
    if (consent === null || given.allowedImpacts.has(consent)) return false;
    if (given.agreedImpacts?.has(impactKey(impact)) === true) return false;
    return !(consent === 'owd' && managesDefaults);
  });
}
