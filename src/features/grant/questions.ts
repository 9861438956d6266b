import type { Definition } from '../../definition/definition.js';
import { namesOf } from '../../definition/names.js';
import { ask, type Answers, type Question } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { questions as hideQuestions } from '../hide/questions.js';
import { isPattern, objectOf } from '../permissions/field-catalogue.js';
import { expectedPermissions, expectedQuestions } from '../permissions/expected-permissions.js';
import { readableObjects } from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';
import { grantQuestions } from './grant-questions.js';

export function questions(definition: Definition, answers: Answers): readonly Question[] {
  const { integration } = definition;
  if (integration === null) return [];
  return [
    ...firstRound(definition, integration),
    ...expectedQuestions(definition, answers),
    ...ownedSetRound(definition, integration, answers),
    // What is hidden is not granted, whoever asks for it.
    ...hideQuestions(definition, answers),
    ...modelRound(definition, answers),
  ];
}

function firstRound(definition: Definition, integration: string): readonly Question[] {
  const { grant, username, share } = definition;
  const names = namesOf(integration, share?.flagLabel);
  const sets = grant?.permissionSets ?? [];
  return [
    permissionQuestions.user(username),
    permissionQuestions.assignments(username),
    permissionQuestions.sets(username),
    permissionQuestions.objects(username),
    permissionQuestions.legalFields,
    permissionQuestions.legalObjects,
    grantQuestions.ownedSetRow(names.accessSet),
    grantQuestions.assignees(names.accessSet),
    ...(grant === null ? [] : [grantQuestions.licence]),
    ...(sets.length === 0
      ? []
      : [grantQuestions.namedSets(sets), grantQuestions.namedSetObjects(sets), grantQuestions.allSetNames]),
    ...describedObjects(definition).map((object) => ask.describe(object)),
    ...(share === null ? Object.keys(grant?.objects ?? {}).map(grantQuestions.rules) : []),
  ];
}

/** What the owned set holds, where there is one. */
function ownedSetRound({ share }: Definition, integration: string, answers: Answers): readonly Question[] {
  const { accessSet } = namesOf(integration, share?.flagLabel);
  const row = answers.get(grantQuestions.ownedSetRow(accessSet));
  const isMissing = row === undefined || (row.ok && row.value.length === 0);
  return isMissing ? [] : [grantQuestions.ownedSet(accessSet)];
}

/** Objects whose fields are granted for editing or by name: formulas are read only, parts stand for their compound. */
function describedObjects({ grant }: Definition): readonly string[] {
  if (grant === null) return [];
  const named = grant.readFields.filter((field) => !isPattern(field));
  return [...new Set([...named, ...grant.editFields].map(objectOf))];
}

/** Whether what the user reads, or will read, is filtered by anything. */
function modelRound(definition: Definition, answers: Answers): readonly Question[] {
  if (definition.grant === null || answers.get(permissionQuestions.objects(definition.username)) === undefined)
    return [];
  const objects = readableAfter(definition, answers);
  return objects.length === 0
    ? []
    : [
        grantQuestions.models(objects),
        ...(definition.share === null ? [] : objects.map((object) => ask.metadata('CustomObject', object))),
      ];
}

/** All objects readable from any source once the plan is done, sorted. */
export function readableAfter(definition: Definition, answers: Answers): readonly string[] {
  const sets = definition.grant?.permissionSets ?? [];
  const named = sets.length === 0 ? undefined : answers.get(grantQuestions.namedSetObjects(sets));
  const fromSets = named?.ok === true ? named.value.map((row) => textAt(row, 'SobjectType') ?? '') : [];
  const held = readableObjects(expectedPermissions(definition, answers));
  return [...new Set([...held, ...Object.keys(definition.grant?.objects ?? {}), ...fromSets])].sort();
}
