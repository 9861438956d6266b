import type { Definition } from '../../definition/definition.js';
import { namesFor } from '../../definition/names.js';
import { ask, knownToExist, type Answers, type Question } from '../../observation/question.js';
import { booleanAt, textAt } from '../../observation/row.js';
import { questions as hideQuestions, selectionQuestions } from '../hide/questions.js';
import { isPattern, objectOf } from '../permissions/field-catalogue.js';
import { readableObjects } from '../permissions/held-permissions.js';
import { permissionsOf, permissionsQuestions } from '../permissions/of-definition.js';
import { ownSetName, ownSetRow, permissionQuestions } from '../permissions/questions.js';
import { userQuestions } from '../user/questions.js';
import { grantQuestions } from './grant-questions.js';
import { masterQuestions, resolveObjects } from './granted-objects.js';
import { namedSetObjects, namedSetQuestions } from './named-sets.js';

export function questions(definition: Definition, answers: Answers): readonly Question[] {
  const { integration } = definition;
  if (integration === null) return [];
  return [
    ...firstRound(definition, integration),
    ...permissionsQuestions(definition, answers),
    ...ownedSetRound(definition, integration, answers),
    // What is hidden is not granted, whoever asks for it.
    ...hideQuestions(definition, answers),
    ...modelRound(definition, answers),
  ];
}

function firstRound(definition: Definition, integration: string): readonly Question[] {
  const { grant, share } = definition;
  const names = namesFor({ integration, share });
  const named = namedSetQuestions(definition);
  return [
    permissionQuestions.legalFields,
    permissionQuestions.legalObjects,
    permissionQuestions.ownSets(names),
    ...(grant === null ? [] : [userQuestions.permissionSetLicense]),
    ...(named.length === 0 ? [] : [...named, grantQuestions.allSetNames]),
    ...describedObjects(definition).map((object) => ask.describe(object)),
  ];
}

/** What decides what the owned set is to hold, and what it holds. */
export function accessSetQuestions(definition: Definition, integration: string, answers: Answers): readonly Question[] {
  const names = namesFor({ integration, share: definition.share });
  return [
    permissionQuestions.legalFields,
    permissionQuestions.ownSets(names),
    ...ownedSetRound(definition, integration, answers),
    ...describedObjects(definition).map((object) => ask.describe(object)),
    ...selectionQuestions(definition, answers),
  ];
}

/** What the owned set holds, where there is one. */
function ownedSetRound({ share }: Definition, integration: string, answers: Answers): readonly Question[] {
  const names = namesFor({ integration, share });
  if (ownSetRow('accessSet', names, answers) === null) return [];
  return [knownToExist(grantQuestions.ownedSet(ownSetName('accessSet', names, answers)))];
}

/** Objects whose fields are granted for editing or by name: formulas are read only, parts stand for their compound. */
function describedObjects({ grant }: Definition): readonly string[] {
  if (grant === null) return [];
  const named = grant.readFields.filter((field) => !isPattern(field));
  return [...new Set([...named, ...grant.editFields].map(objectOf))];
}

/** Whether what the user reads, or will read, is filtered by anything. */
function modelRound(definition: Definition, answers: Answers): readonly Question[] {
  const known = [permissionQuestions.objects(definition.username), permissionQuestions.legalObjects];
  if (definition.grant === null || known.some((question) => answers.get(question) === undefined)) return [];
  const objects = readableAfter(definition, answers);
  if (objects.length === 0) return [];
  return [
    ...masterQuestions(definition, answers),
    permissionQuestions.entities(objects),
    ...objects.map((object) =>
      definition.share === null ? grantQuestions.rules(object) : ask.metadata('CustomObject', object),
    ),
  ];
}

/** All objects readable from any source once the plan is done, sorted. */
export function readableAfter(definition: Definition, answers: Answers): readonly string[] {
  const fromSets = namedSetObjects(definition, answers)
    .filter(({ row }) => booleanAt(row, 'PermissionsRead'))
    .map(({ row }) => textAt(row, 'SobjectType') ?? '');
  const held = readableObjects(permissionsOf(definition, answers));
  const granted = Object.keys(resolveObjects(definition, answers).definition.grant?.objects ?? {});
  return [...new Set([...held, ...granted, ...fromSets])].sort();
}
