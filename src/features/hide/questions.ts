import type { Definition, HidePart } from '../../definition/definition.js';
import { answerOr, ask, decisive, type Answers, type Question } from '../../observation/question.js';
import { fieldCatalogue, isPattern, objectOf } from '../permissions/field-catalogue.js';
import { visibleThrough, type HeldPermissions } from '../permissions/held-permissions.js';
import { permissionsOf, permissionsQuestions } from '../permissions/of-definition.js';
import { permissionQuestions } from '../permissions/questions.js';
import { userQuestions } from '../user/questions.js';
import { classifiedObjects, hideQuestions, namedPeople, readObjects } from './hide-questions.js';
import { selectFields } from './selection.js';
import { serverQuestions } from './server-answer.js';
import { rowsToTake, type HideState } from './state.js';

export function questions(definition: Definition, answers: Answers): readonly Question[] {
  const { hide } = definition;
  if (hide === null) return [];
  const state = hideState(definition, hide, answers);
  return [
    ...firstRounds(definition, hide, answers),
    ...(state === null || state.fields.length === 0 ? [] : outcomeRound(state)),
  ];
}

/** What the server itself says of the fields that are hidden. */
export function crossChecks(definition: Definition, answers: Answers): readonly Question[] {
  const state = definition.hide === null ? null : hideState(definition, definition.hide, answers);
  return state === null || state.fields.length === 0 ? [] : serverQuestions(state);
}

/** Null until it is known which fields are selected. */
function hideState(definition: Definition, hide: HidePart, answers: Answers): HideState | null {
  const known = firstRounds(definition, hide, answers).every((question) => answers.get(question) !== undefined);
  if (!known) return null;
  const { fields } = selectFields(definition, hide, fieldCatalogue(answers), answers);
  return { definition, answers, held: permissionsOf(definition, answers), fields };
}

/** What decides which fields are selected: where Salesforce refuses one of these, the selection may lack some. */
export function selectionQuestions(definition: Definition, answers: Answers): readonly Question[] {
  return definition.hide === null ? [] : firstRounds(definition, definition.hide, answers);
}

function firstRounds(definition: Definition, hide: HidePart, answers: Answers): readonly Question[] {
  return [...firstRound(definition, hide, answers), ...classificationRound(definition, hide, answers)];
}

function firstRound(definition: Definition, hide: HidePart, answers: Answers): readonly Question[] {
  const named = hide.fields.filter((field) => !isPattern(field)).map(objectOf);
  const kept = Object.keys(hide.allExcept);
  return [
    ...permissionsQuestions(definition, answers),
    permissionQuestions.legalFields,
    permissionQuestions.legalObjects,
    ...[...new Set([...named, ...kept])].map((object) => ask.describe(object)),
  ];
}

function classificationRound(definition: Definition, hide: HidePart, answers: Answers): readonly Question[] {
  if (hide.securityClassification.length + hide.complianceGroup.length === 0) return [];
  return classifiedObjects(definition, answers).map((object) => decisive(hideQuestions.classification(object)));
}

/** What depends on which fields are selected. */
function outcomeRound(state: HideState): readonly Question[] {
  const givers = sharedSourceIds(state.held, state.fields);
  return [
    ...scannedObjects(state).map(hideQuestions.objectMetadata),
    ...(givers.length === 0 ? [] : [hideQuestions.otherHolders(givers, state.definition.username)]),
    ...profileQuestions(state),
  ];
}

/** Objects whose formulas and roll-ups may show a hidden value. */
export function scannedObjects({ definition, answers, fields }: HideState): readonly string[] {
  return [...new Set([...fields.map(objectOf), ...readObjects(definition, answers)])];
}

/** Sets and groups that give a selected field, sorted: others may hold them too. */
export function sharedSourceIds(held: HeldPermissions, fields: readonly string[]): readonly string[] {
  const sources = fields.flatMap((field) => visibleThrough(held, field)).filter(({ kind }) => kind !== 'profile');
  return [...new Set(sources.map(({ id }) => id))].sort();
}

/** Who shares the profile, and what the Metadata API calls it: only where something is taken from it. */
function profileQuestions(state: HideState): readonly Question[] {
  const { definition, answers } = state;
  const profileId = rowsToTake(state).find(({ source }) => source.kind === 'profile')?.source.profileId ?? null;
  if (profileId === null) return [];
  const others = hideQuestions.othersOnProfile(profileId, definition.username);
  const more = answerOr(answers, others, []).length >= namedPeople;
  return [
    userQuestions.profileFullName(profileId),
    others,
    ...(more ? [hideQuestions.countOnProfile(profileId, definition.username)] : []),
  ];
}
