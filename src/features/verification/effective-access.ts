import type { Definition } from '../../definition/definition.js';
import { answerOr, type Answers } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { FieldAccess, ObjectAccess } from '../../planning/verification.js';
import { selectFields } from '../hide/selection.js';
import { fieldCatalogue } from '../permissions/field-catalogue.js';
import { sameName, visibleThrough, type HeldObject } from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';
import { isFilteredModel } from '../permissions/view-all.js';
import { concernedObjects } from './questions.js';
import { sourceText } from './sources.js';
import type { AccessState } from './state.js';

const operations = ['read', 'create', 'edit', 'delete', 'viewAllRecords', 'modifyAllRecords', 'viewAllFields'] as const;

/** What the user may do with each object, as the union of all that gives something, and who gives it. */
export function objectAccess(state: AccessState): readonly ObjectAccess[] {
  const rows = state.held.objects.filter(({ source }) => !source.sessionBased);
  const names = [...new Set(rows.filter(({ read }) => read).map(({ object }) => object))].sort();
  return names.map((sobject) => {
    const given = rows.filter(({ object }) => object === sobject);
    return {
      sobject,
      label: entityText(state, sobject, 'Label') ?? sobject,
      operations: operations.filter((operation) => given.some((row) => row[operation])),
      sources: given.map(({ source }) => sourceText(source)),
      filter: filterOf(state, sobject, given),
    };
  });
}

export function entityText(state: AccessState, sobject: string, column: string): string | null {
  const objects = concernedObjects(state.definition, state.answers);
  const rows = objects.length === 0 ? [] : answerOr(state.answers, permissionQuestions.entities(objects), []);
  const row = rows.find((candidate) => sameName(textAt(candidate, 'QualifiedApiName') ?? '', sobject));
  return row === undefined ? null : textAt(row, column);
}

/** Permissions that show every row of an object, and who gives them. */
export function seesEverything(state: AccessState, sobject: string): readonly string[] {
  const bySystem = state.held.sources.filter(
    ({ systemPermissions, sessionBased }) =>
      !sessionBased && (systemPermissions.has('ViewAllData') || systemPermissions.has('ModifyAllData')),
  );
  const byObject = state.held.objects
    .filter((row) => sameName(row.object, sobject) && (row.viewAllRecords || row.modifyAllRecords))
    .map(({ source }) => source)
    .filter(({ sessionBased }) => !sessionBased);
  return [...new Set([...bySystem, ...byObject].map(sourceText))];
}

/** Every field of a readable object that permissions can hide, with who shows it; the ones that nobody shows have no source. */
export function fieldAccess(state: AccessState): readonly FieldAccess[] {
  const { byObject } = fieldCatalogue(state.answers);
  return objectAccess(state).flatMap(({ sobject }) =>
    (byObject.get(sobject.toLowerCase()) ?? []).map((field) => {
      const sources = visibleThrough(state.held, field).filter(({ sessionBased }) => !sessionBased);
      const edit = state.held.fields.some((row) => row.edit && sameName(row.field, field) && !row.source.sessionBased);
      return { sobject, field, read: sources.length > 0, edit, sources: sources.map(sourceText) };
    }),
  );
}

/** Fields that the definition hides, patterns and classifications resolved. */
export function hiddenFields(definition: Definition, answers: Answers): readonly string[] {
  if (definition.hide === null) return [];
  return selectFields(definition, definition.hide, fieldCatalogue(answers), answers).fields;
}

function filterOf(state: AccessState, sobject: string, given: readonly HeldObject[]): ObjectAccess['filter'] {
  const isOpen =
    given.some((row) => row.viewAllRecords || row.modifyAllRecords) || seesEverything(state, sobject).length > 0;
  if (isOpen) return 'none';
  if (state.share?.shared.some(({ name }) => name === sobject) === true) return 'flag';
  // An object without a model of its own has no sharing.
  const model = entityText(state, sobject, 'InternalSharingModel');
  const isFiltered = model === null ? isUnanswered(state) : isFilteredModel(model);
  return isFiltered ? 'sharing' : 'none';
}

/** What is not known must not look as if everything were visible. */
function isUnanswered({ definition, answers }: AccessState): boolean {
  return answers.get(permissionQuestions.entities(concernedObjects(definition, answers)))?.ok !== true;
}
