import { namesOf } from '../definition/names.js';
import type { OrgFacts } from './org-facts.js';
import { inventoryTexts as texts } from './texts.js';

/** Flags that no longer decide: their default is open, their rule is gone or another, or the user has left the group. */
export function driftOf(integration: string, userId: string, facts: OrgFacts): readonly string[] {
  const flagged = facts.flaggedFor(integration) ?? [];
  const hasLeft = flagged.length > 0 && facts.isInGroup(integration, userId) === false;
  return [
    ...(hasLeft ? [texts.getMessage('drift.group', [namesOf(integration).group])] : []),
    ...(facts.hasLostFlags(integration, userId) === true
      ? [texts.getMessage('drift.editors', [namesOf(integration).editorSet])]
      : []),
    ...flagged.flatMap((sobject) => {
      const model = facts.modelOf(sobject);
      const rule = facts.ownRule(sobject, integration);
      return [
        ...(model !== null && model !== 'Private' ? [texts.getMessage('drift.default', [sobject, model])] : []),
        ...(rule === 'gone' ? [texts.getMessage('drift.rule', [sobject])] : []),
        ...(rule === 'changed' ? [texts.getMessage('drift.ruleChanged', [sobject])] : []),
      ];
    }),
  ];
}
