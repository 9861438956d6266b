import { answerOr } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { naturalKey } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import { emptyPlan, type Plan } from '../../planning/plan.js';
import type { Feature } from '../feature.js';
import { fieldCatalogue, fieldMatcher, objectOf } from '../permissions/field-catalogue.js';
import { givingAllFields, visibleThrough, type PermissionSource } from '../permissions/held-permissions.js';
import { permissionsOf, userExists } from '../permissions/of-definition.js';
import { permissionQuestions } from '../permissions/questions.js';
import { hideChanges } from './hide-changes.js';
import { readObjects } from './hide-questions.js';
import { leakFindings } from './leaks.js';
import { impacts, otherHolders } from './other-people.js';
import { crossChecks, questions, scannedObjects } from './questions.js';
import { selectFields } from './selection.js';
import { disagreements } from './server-answer.js';
import { sourceText } from './source-text.js';
import { foreignSources, type HideState } from './state.js';
import { texts } from './texts.js';

/** Only the allowed fields: takes field access away where that is the plugin's to take, and says who gives it elsewhere. */
export const hideFeature: Feature = {
  name: 'hide',
  isAsked: (definition) => definition.hide !== null,
  questions,
  crossChecks,
  plan: (definition, answers) => {
    const { hide, username } = definition;
    if (hide === null) return emptyPlan;
    if (definition.user === null && !userExists(definition, answers)) {
      return { ...emptyPlan, findings: [texts.finding('error', 'UserNotFound', username, [username])] };
    }
    const selection = selectFields(definition, hide, fieldCatalogue(answers), answers);
    const held = permissionsOf(definition, answers);
    const state: HideState = { definition, answers, held, fields: selection.fields };
    return {
      changes: hideChanges(state),
      findings: [...selection.findings, ...outcomeFindings(state)],
      impact: impacts(state),
      knownIds: knownIds(state),
    };
  },
};

function knownIds({ definition: { username }, answers }: HideState): Plan['knownIds'] {
  const user = answerOr(answers, permissionQuestions.user(username), [])[0];
  return user === undefined ? {} : { [naturalKey('User', username)]: textAt(user, 'Id') ?? '' };
}

function outcomeFindings(state: HideState): readonly Finding[] {
  return [
    ...stillVisible(state),
    ...groupsBeingComputed(state),
    ...notReadable(state),
    ...disagreements(state),
    ...leakFindings(state.fields, scannedObjects(state), state.answers, (field) => isOrBecomesVisible(state, field)),
  ];
}

/** Whoever else gives the field is named, with what to do; nothing of theirs is changed. */
function stillVisible(state: HideState): readonly Finding[] {
  const others = otherHolders(state);
  return state.fields.flatMap((field) =>
    foreignSources(state, field).map((source) =>
      texts.finding('warning', codeOf(state, field, source), field, [
        field,
        sourceText(source),
        others.get(source.id) ?? 0,
      ]),
    ),
  );
}

function codeOf({ held }: HideState, field: string, source: PermissionSource): string {
  if (source.sessionBased) return 'VisibleInSession';
  if (givingAllFields(held, field).includes(source)) return 'VisibleByViewAllFields';
  return source.kind === 'permissionSetGroup' ? 'VisibleThroughGroup' : 'FieldStillVisible';
}

/** What such a group gives is not final (Object Reference, PermissionSetGroup: Status). */
function groupsBeingComputed({ held }: HideState): readonly Finding[] {
  return held.sources
    .filter(({ upToDate }) => !upToDate)
    .map((source) => texts.finding('warning', 'GroupBeingComputed', source.name, [sourceText(source)]));
}

function notReadable({ definition, answers, fields }: HideState): readonly Finding[] {
  const readable = new Set(readObjects(definition, answers).map((object) => object.toLowerCase()));
  const objects = [...new Set(fields.map(objectOf))].filter((object) => !readable.has(object.toLowerCase()));
  return objects.map((object) => texts.note('ObjectNotReadable', object, [object]));
}

function isOrBecomesVisible({ held, definition }: HideState, field: string): boolean {
  const granted = [...(definition.grant?.readFields ?? []), ...(definition.grant?.editFields ?? [])];
  return visibleThrough(held, field).length > 0 || granted.some((pattern) => fieldMatcher(pattern)(field));
}
