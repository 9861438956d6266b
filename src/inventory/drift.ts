import { namesOf } from '../definition/names.js';
import type { OrgFacts } from './org-facts.js';
import { inventoryTexts as texts } from './texts.js';

/** Flags that no longer decide: their default is open, their rule is gone, or the user has left the group. */
export function driftOf(integration: string, userId: string, facts: OrgFacts): readonly string[] {
  const flagged = facts.flaggedFor(integration) ?? [];
  const hasLeft = flagged.length > 0 && facts.isInGroup(integration, userId) === false;
  return [
    ...(hasLeft ? [texts.getMessage('drift.group', [namesOf(integration).group])] : []),
    ...flagged.flatMap((sobject) => {
      const model = facts.modelOf(sobject);
      return [
        ...(model !== null && model !== 'Private' ? [texts.getMessage('drift.default', [sobject, model])] : []),
        ...(facts.hasOwnRule(sobject, integration) === false ? [texts.getMessage('drift.rule', [sobject])] : []),
      ];
    }),
  ];
}
