import type { Definition, HidePart } from '../../definition/definition.js';
import { ask, type Answers, type Question } from '../../observation/question.js';
import { fieldCatalogue, fieldOf, isPattern, objectOf } from '../permissions/field-catalogue.js';
import {
  heldPermissions,
  readableObjects,
  visibleThrough,
  type HeldPermissions,
} from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';
import { classifiedObjects, hideQuestions } from './hide-questions.js';
import { selectFields, type FieldSelection } from './selection.js';

/** So many names fit into a URI of 16,384 bytes, encoded. */
const namesInOneQuery = 150;

export function questions(definition: Definition, answers: Answers): readonly Question[] {
  const { hide, username } = definition;
  if (hide === null) return [];
  return [
    ...firstRound(hide, username),
    ...profileRound(username, answers),
    ...classificationRound(definition, hide, answers),
    ...outcomeRound(definition, hide, answers),
  ];
}

function firstRound(hide: HidePart, username: string): readonly Question[] {
  const named = hide.fields.filter((field) => !isPattern(field)).map(objectOf);
  const kept = Object.keys(hide.allExcept);
  return [
    permissionQuestions.user(username),
    permissionQuestions.assignments(username),
    permissionQuestions.sets(username),
    permissionQuestions.objects(username),
    permissionQuestions.fields(username),
    permissionQuestions.legalFields,
    permissionQuestions.legalObjects,
    ...[...new Set([...named, ...kept])].map((object) => ask.describe(object)),
  ];
}

function profileRound(username: string, answers: Answers): readonly Question[] {
  if (!isAnswered(answers, permissionQuestions.assignments(username))) return [];
  const profile = heldPermissions(username, answers).sources.find(({ kind }) => kind === 'profile');
  if (profile?.profileId === null || profile?.profileId === undefined) return [];
  return [hideQuestions.profileName(profile.profileId), hideQuestions.othersOnProfile(profile.profileId, username)];
}

function classificationRound(definition: Definition, hide: HidePart, answers: Answers): readonly Question[] {
  if (hide.securityClassification.length + hide.complianceGroup.length === 0) return [];
  return classifiedObjects(definition, answers).map(hideQuestions.classification);
}

/** What depends on which fields are selected. */
function outcomeRound(definition: Definition, hide: HidePart, answers: Answers): readonly Question[] {
  const known = [...firstRound(hide, definition.username), ...classificationRound(definition, hide, answers)];
  if (!known.every((question) => isAnswered(answers, question))) return [];
  const held = heldPermissions(definition.username, answers);
  const selection = selectFields(definition, hide, fieldCatalogue(answers), answers);
  const objects = [...new Set(selection.fields.map(objectOf))];
  const foreign = foreignSourceIds(held, selection);
  return [
    ...[...new Set([...objects, ...readableObjects(held)])].map(hideQuestions.objectMetadata),
    ...(foreign.length === 0 ? [] : [hideQuestions.otherHolders(foreign, definition.username)]),
    ...serverRound(definition, held, selection, answers),
  ];
}

function foreignSourceIds(held: HeldPermissions, selection: FieldSelection): readonly string[] {
  const sources = selection.fields
    .flatMap((field) => visibleThrough(held, field))
    .filter(({ kind }) => kind !== 'profile');
  return [...new Set(sources.map(({ id }) => id))].sort();
}

/** Only where nobody gives the field any more is the server's opinion worth a request. */
function serverRound(
  definition: Definition,
  held: HeldPermissions,
  selection: FieldSelection,
  answers: Answers,
): readonly Question[] {
  const hidden = selection.fields.filter((field) => visibleThrough(held, field).length === 0);
  const objects = [...new Set(hidden.map(objectOf))].filter((object) => readableObjects(held).includes(object));
  const definitions = objects.map(hideQuestions.classification);
  if (!definitions.every((question) => isAnswered(answers, question))) return definitions;
  return [
    ...definitions,
    ...chunks(serverIds(definition, hidden, answers), namesInOneQuery).map(hideQuestions.serverAccess),
  ];
}

/** `<FieldDefinition.DurableId>.<UserId>`: a custom field's durable Id is internal, so it is looked up. */
export function serverIds(definition: Definition, fields: readonly string[], answers: Answers): readonly string[] {
  const user = answers.get(permissionQuestions.user(definition.username));
  const userId = user?.ok === true ? user.value[0]?.['Id'] : undefined;
  if (typeof userId !== 'string') return [];
  return fields.flatMap((field) => {
    const durableId = durableIdOf(field, answers);
    return durableId === null ? [] : [`${durableId}.${userId}`];
  });
}

export function durableIdOf(field: string, answers: Answers): string | null {
  const definitions = answers.get(hideQuestions.classification(objectOf(field)));
  const rows = definitions?.ok === true ? definitions.value : [];
  const durableId = rows.find((row) => row['QualifiedApiName'] === fieldOf(field))?.['DurableId'];
  return typeof durableId === 'string' ? durableId : null;
}

export function serverQuestions(definition: Definition, fields: readonly string[], answers: Answers) {
  return chunks(serverIds(definition, fields, answers), namesInOneQuery).map(hideQuestions.serverAccess);
}

function isAnswered(answers: Answers, question: Question): boolean {
  return answers.get(question) !== undefined;
}

function chunks<T>(items: readonly T[], size: number): readonly T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
