import type { Definition } from '../definition/definition.js';
import type { ConsentKind, Impact } from '../planning/impact.js';
import { pendingChanges, type Plan } from '../planning/plan.js';

/** Impacts on other people that nobody consented to yet. A plan that changes nothing asks nobody. */
export function impactsWithoutConsent(
  definition: Definition,
  plan: Plan,
  allowed: ReadonlySet<ConsentKind>,
): readonly Impact[] {
  if (pendingChanges(plan).length === 0) return [];
  const managesDefaults = definition.share?.manageOrganizationWideDefaults === true;
  return plan.impact.filter(({ consent }) => {
    if (consent === null || allowed.has(consent)) return false;
    return !(consent === 'owd' && managesDefaults);
  });
}
