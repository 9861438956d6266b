import { isOwned } from '../definition/ownership.js';
import { namesOf } from '../definition/names.js';
import { knownObjects } from '../features/permissions/field-catalogue.js';
import { permissionQuestions } from '../features/permissions/questions.js';
import { shareQuestions } from '../features/share/questions.js';
import { parseSharingRules } from '../metadata/sharing-rule.js';
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
  hasOwnRule(sobject: string, integration: string): boolean | null;
};

export function orgFacts(answers: Answers): OrgFacts {
  const readable = readableObjects(answers);
  const integrations = knownIntegrations(answers);
  const models = modelsOf(readable, answers);
  const flags = flagsBySet(integrations, answers);
  const members = groupMembers(answers);
  const rules = new Map(flaggedObjects(integrations, answers).map((sobject) => [sobject, rulesOf(sobject, answers)]));
  return {
    objects: [...new Set([...readable, ...knownObjects(answers)])].sort(),
    counted: countedObjects(answers),
    modelOf: (sobject) => models.get(sobject) ?? null,
    flaggedFor: (integration) => flags && (flags.get(namesOf(integration).editorSet) ?? []),
    isInGroup: (integration, userId) => members && members.has(`${userId} ${namesOf(integration).group}`),
    hasOwnRule: (sobject, integration) =>
      rules.get(sobject)?.some((description) => isOwned(description, integration)) ?? null,
  };
}

function modelsOf(readable: readonly string[], answers: Answers): ReadonlyMap<string, string | null> {
  const rows = readable.length === 0 ? [] : answerOr(answers, permissionQuestions.entities(readable), []);
  return new Map(rows.map((row) => [textAt(row, 'QualifiedApiName') ?? '', textAt(row, 'InternalSharingModel')]));
}

function flagsBySet(integrations: readonly string[], answers: Answers): ReadonlyMap<string, readonly string[]> | null {
  if (integrations.length === 0) return new Map();
  const answer = answers.get(flagsQuestion(integrations));
  if (answer?.ok !== true) return null;
  const bySet = Map.groupBy(answer.value, (row) => textAt(row, 'Parent.Name') ?? '');
  return new Map(
    [...bySet].map(([set, ofSet]) => [set, [...new Set(ofSet.flatMap((row) => textAt(row, 'SobjectType') ?? []))]]),
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

/** Descriptions of all rules of an object: they say who made them. */
function rulesOf(sobject: string, answers: Answers): ReadonlyArray<string | null> | null {
  const answer = answers.get(shareQuestions.rules(sobject));
  if (answer?.ok !== true) return null;
  return answer.value === null ? [] : parseSharingRules(sobject, answer.value).map(({ description }) => description);
}
