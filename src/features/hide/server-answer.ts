import { answerOr, type Answers, type Question, type RecordsQuestion } from '../../observation/question.js';
import { booleanAt, textAt } from '../../observation/row.js';
import type { Finding } from '../../planning/finding.js';
import { fieldOf, objectOf } from '../permissions/field-catalogue.js';
import { readableObjects } from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';
import { accessKey, userAccessQuestions } from '../permissions/user-access.js';
import { hideQuestions } from './hide-questions.js';
import { fieldsWithoutSource, type HideState } from './state.js';
import { texts } from './texts.js';

/** Beyond this many the server is asked about the first only, and the user is told. */
const mostCompared = 1_000;

/** Only where nobody gives a field of a readable object any more is the server's opinion worth a request. */
export function serverQuestions(state: HideState): readonly Question[] {
  const fields = comparable(state);
  const definitions = [...new Set(fields.map(objectOf))].map(hideQuestions.classification);
  if (!definitions.every((question) => state.answers.get(question) !== undefined)) return definitions;
  return [...definitions, ...accessQuestions(state)];
}

/** The union computed here against what the server itself says of the user. */
export function disagreements(state: HideState): readonly Finding[] {
  const accessible = new Set(
    accessQuestions(state)
      .flatMap((question) => answerOr(state.answers, question, []))
      .filter((row) => booleanAt(row, 'IsAccessible'))
      .map((row) => accessKey(withoutUser(textAt(row, 'DurableId') ?? ''))),
  );
  const ids = durableIds(state);
  const visible = comparable(state)
    .slice(0, mostCompared)
    .filter((field) => accessible.has(accessKey(ids.get(field) ?? 'unknown')));
  return [
    ...visible.map((field) => texts.finding('warning', 'ServerSaysVisible', field, [field])),
    ...partlyCompared(state),
  ];
}

function partlyCompared(state: HideState): readonly Finding[] {
  const total = comparable(state).length;
  if (total <= mostCompared) return [];
  return [texts.note('ComparedInPart', state.definition.username, [mostCompared, total])];
}

function comparable(state: HideState): readonly string[] {
  const readable = new Set(readableObjects(state.held));
  return fieldsWithoutSource(state).filter((field) => readable.has(objectOf(field)));
}

function accessQuestions(state: HideState): readonly RecordsQuestion[] {
  const userId = userIdOf(state);
  if (userId === null) return [];
  const ids = durableIds(state);
  const names = comparable(state)
    .slice(0, mostCompared)
    .flatMap((field) => ids.get(field) ?? [])
    .map((durableId) => `${durableId}.${userId}`);
  return userAccessQuestions.fields(names);
}

/** A custom field's durable Id is internal, so it is looked up. */
function durableIds({ fields, answers }: HideState): ReadonlyMap<string, string> {
  const byObject = Map.groupBy(fields, objectOf);
  return new Map(
    [...byObject].flatMap(([object, ofObject]) => {
      const ids = definitionIds(object, answers);
      return ofObject.flatMap((field) => {
        const id = ids.get(fieldOf(field));
        return id === undefined ? [] : [[field, id] as const];
      });
    }),
  );
}

function definitionIds(object: string, answers: Answers): ReadonlyMap<string, string> {
  const rows = answerOr(answers, hideQuestions.classification(object), []);
  return new Map(rows.map((row) => [textAt(row, 'QualifiedApiName') ?? '', textAt(row, 'DurableId') ?? '']));
}

function withoutUser(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('.')));
}

function userIdOf({ definition, answers }: HideState): string | null {
  const user = answerOr(answers, permissionQuestions.user(definition.username), [])[0];
  return user === undefined ? null : textAt(user, 'Id');
}
