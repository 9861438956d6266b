import { isOwned } from '../definition/ownership.js';
import { namesOf } from '../definition/names.js';
import { knownObjects } from '../features/permissions/field-catalogue.js';
import { permissionQuestions } from '../features/permissions/questions.js';
import { shareQuestions } from '../features/share/questions.js';
import { flagRule, parseSharingRules, ruleDifferences, type CriteriaRule } from '../metadata/sharing-rule.js';
import { answerOr, type Answers } from '../observation/question.js';
import { textAt } from '../observation/row.js';
import {
  countedObjects,
  flaggedObjects,
  flagsQuestion,
  inventoryQuestions,
  knownIntegrations,
  readableObjects,
} from './questions.js';

/** What holds for every user of the list. Null is "Salesforce doesn't tell", and never "no". */
export type OrgFacts = {
  /** Every object that anybody could be given, and those that somebody has been given. */
  readonly objects: readonly string[];
  /** Those whose records are counted. */
  readonly counted: readonly string[];
  /** The organization-wide default as Salesforce reports it. */
  modelOf(sobject: string): string | null;
  /** Objects that have the integration's flag. */
  flaggedFor(integration: string): readonly string[] | null;
  isInGroup(integration: string, userId: string): boolean | null;
  ownRule(sobject: string, integration: string): OwnRule | null;
  /**
   * Whether the user is in the integration's group and nothing is left that says which objects have the flag: the permission
   * set of the flag's editors is gone, or empty.
   */
  hasLostFlags(integration: string, userId: string): boolean | null;
};

/** Whether the rule gives what is flagged, and nothing else, to the integration's group. */
export type OwnRule = 'intact' | 'changed' | 'gone';

export function orgFacts(answers: Answers): OrgFacts {
  const readable = readableObjects(answers);
  const integrations = knownIntegrations(answers);
  const models = modelsOf(readable, answers);
  const flags = flagsBySet(integrations, answers);
  const members = groupMembers(answers);
  const rules = new Map(flaggedObjects(integrations, answers).map((sobject) => [sobject, rulesOf(sobject, answers)]));
  const isInGroup = (integration: string, userId: string): boolean | null =>
    members && members.has(`${userId} ${namesOf(integration).group}`);
  const flagsOf = (integration: string): readonly Flag[] | null =>
    flags && (flags.get(namesOf(integration).editorSet) ?? []);
  return {
    objects: [...new Set([...readable, ...knownObjects(answers)])].sort(),
    counted: countedObjects(answers),
    modelOf: (sobject) => models.get(sobject) ?? null,
    flaggedFor: (integration) => {
      const flagged = flagsOf(integration);
      return flagged && [...new Set(flagged.map(({ sobject }) => sobject))];
    },
    isInGroup,
    ownRule: (sobject, integration) => {
      const ofObject = rules.get(sobject) ?? null;
      const flagged = flagsOf(integration);
      return ofObject && flagged && ownRule(ofObject, integration, flagged);
    },
    hasLostFlags: (integration, userId) => {
      const [flagged, isMember] = [flagsOf(integration), isInGroup(integration, userId)];
      return flagged === null || isMember === null ? null : isMember && flagged.length === 0;
    },
  };
}

function ownRule(rules: readonly CriteriaRule[], integration: string, flags: readonly Flag[]): OwnRule {
  const own = rules.filter(({ description }) => isOwned(description, integration));
  if (own.length === 0) return 'gone';
  return own.some((rule) => isIntact(rule, namesOf(integration).group, flags)) ? 'intact' : 'changed';
}

/** The flag may have a label of its own; the rule is as it was made where it asks for that field and for nothing else. */
function isIntact(rule: CriteriaRule, group: string, flags: readonly Flag[]): boolean {
  return flags.some(({ sobject, field }) => {
    const { object, name, label, description, accessLevel, accountSettings } = rule;
    const flagField = field.slice(sobject.length + 1);
    const made = flagRule({
      object,
      name,
      label,
      description: description ?? '',
      access: 'Read',
      accountSettings,
      group,
      flagField,
    });
    return sobject === object && ruleDifferences(rule, { ...made, accessLevel }).length === 0;
  });
}

function modelsOf(readable: readonly string[], answers: Answers): ReadonlyMap<string, string | null> {
  const rows = readable.length === 0 ? [] : answerOr(answers, permissionQuestions.entities(readable), []);
  return new Map(rows.map((row) => [textAt(row, 'QualifiedApiName') ?? '', textAt(row, 'InternalSharingModel')]));
}

type Flag = { readonly sobject: string; readonly field: string };

function flagsBySet(integrations: readonly string[], answers: Answers): ReadonlyMap<string, readonly Flag[]> | null {
  if (integrations.length === 0) return new Map();
  const answer = answers.get(flagsQuestion(integrations));
  if (answer?.ok !== true) return null;
  const bySet = Map.groupBy(answer.value, (row) => textAt(row, 'Parent.Name') ?? '');
  return new Map(
    [...bySet].map(([set, ofSet]) => [
      set,
      ofSet.map((row) => ({ sobject: textAt(row, 'SobjectType') ?? '', field: textAt(row, 'Field') ?? '' })),
    ]),
  );
}

/** "Id of the user, name of the group" */
function groupMembers(answers: Answers): ReadonlySet<string> | null {
  const answer = answers.get(inventoryQuestions.memberships);
  if (answer?.ok !== true) return null;
  return new Set(
    answer.value.map((row) => `${textAt(row, 'UserOrGroupId') ?? ''} ${textAt(row, 'Group.DeveloperName') ?? ''}`),
  );
}

/** All criteria-based rules of an object; their descriptions say who made them. */
function rulesOf(sobject: string, answers: Answers): readonly CriteriaRule[] | null {
  const answer = answers.get(shareQuestions.rules(sobject));
  if (answer?.ok !== true) return null;
  return answer.value === null ? [] : parseSharingRules(sobject, answer.value);
}
