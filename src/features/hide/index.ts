import type { Definition } from '../../definition/definition.js';
import { isOwned } from '../../definition/ownership.js';
import { profileFieldPermissions } from '../../metadata/profile.js';
import { answerOr, type Answers } from '../../observation/question.js';
import { booleanAt, numberAt, textAt } from '../../observation/row.js';
import { naturalKey, type Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import type { Impact } from '../../planning/impact.js';
import { emptyPlan } from '../../planning/plan.js';
import type { Feature } from '../feature.js';
import { fieldCatalogue, objectOf } from '../permissions/field-catalogue.js';
import {
  heldPermissions,
  readableObjects,
  sameName,
  visibleThrough,
  type HeldField,
  type HeldPermissions,
  type PermissionSource,
} from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';
import { leakFindings } from './leaks.js';
import { hideQuestions } from './hide-questions.js';
import { durableIdOf, questions, serverQuestions } from './questions.js';
import { selectFields } from './selection.js';
import { texts } from './texts.js';

/** What the plan is made from. */
type HideState = {
  readonly definition: Definition;
  readonly answers: Answers;
  readonly held: HeldPermissions;
  readonly fields: readonly string[];
};

/** Only the allowed fields: takes field access away where that is the plugin's to take, and says who gives it elsewhere. */
export const hideFeature: Feature = {
  name: 'hide',
  isAsked: (definition) => definition.hide !== null,
  questions,
  plan: (definition, answers) => {
    if (definition.hide === null) return emptyPlan;
    const user = answerOr(answers, permissionQuestions.user(definition.username), [])[0];
    if (user === undefined) return definition.user === null ? unknownUser(definition) : emptyPlan;
    const held = heldPermissions(definition.username, answers);
    const selection = selectFields(definition, definition.hide, fieldCatalogue(answers), answers);
    const state: HideState = { definition, answers, held, fields: selection.fields };
    const changes = hideChanges(state);
    return {
      changes,
      findings: [...selection.findings, ...outcomeFindings(state)],
      impact: profileImpact(state, changes),
      knownIds: { [naturalKey('User', definition.username)]: textAt(user, 'Id') ?? '' },
    };
  },
};

function unknownUser({ username }: Definition) {
  return { ...emptyPlan, findings: [texts.finding('error', 'UserNotFound', username, [username])] };
}

function hideChanges(state: HideState): readonly Change[] {
  return state.fields.flatMap((field) => {
    const rows = state.held.fields.filter(
      (row) => row.read && sameName(row.field, field) && mayChange(state, row.source),
    );
    return rows.length === 0 ? unchanged(state, field) : rows.map((row) => hideChange(state, row));
  });
}

/** The profile's own permissions, and sets the plugin owns unless the grant of the same run writes them whole. */
function mayChange({ definition }: HideState, source: PermissionSource): boolean {
  if (source.kind === 'profile') return true;
  if (source.kind !== 'permissionSet' || definition.grant !== null) return false;
  return definition.integration !== null && isOwned(source.description, definition.integration);
}

function unchanged(state: HideState, field: string): readonly Change[] {
  if (visibleThrough(state.held, field).length > 0) return [];
  return [{ ...baseOf(state, field), effect: { kind: 'none' }, after: texts.text('state.hidden') }];
}

function hideChange(state: HideState, row: HeldField): Change {
  const { source } = row;
  const profile = source.profileId === null ? null : profileFullName(state, source.profileId);
  const component =
    profile === null
      ? null
      : profileFieldPermissions(profile, [{ field: row.field, readable: false, editable: false }]);
  return {
    ...baseOf(state, row.field),
    name: `${row.field} (${sourceText(source)})`,
    // Without the row there is no access. Where the org takes no rows for the profile, its metadata says so explicitly.
    effect: {
      kind: 'delete',
      sobject: 'FieldPermissions',
      id: row.rowId,
      ...(component === null ? {} : { otherwise: component }),
    },
    id: row.rowId,
    before: texts.text(row.edit ? 'state.editable' : 'state.readable'),
    after: texts.text('state.hidden'),
  };
}

function baseOf({ definition }: HideState, field: string) {
  return {
    action: 'hide',
    type: 'FieldPermissions',
    name: field,
    phase: 'hide',
    ...(definition.integration === null ? {} : { integration: definition.integration }),
  } as const;
}

/** Metadata wants the untranslated name. */
function profileFullName({ answers }: HideState, profileId: string): string | null {
  const row = answerOr(answers, hideQuestions.profileName(profileId), [])[0];
  return row === undefined ? null : textAt(row, 'FullName');
}

function outcomeFindings(state: HideState): readonly Finding[] {
  const objects = readableObjects(state.held);
  return [
    ...state.fields.flatMap((field) => stillVisible(state, field)),
    ...disagreements(state),
    ...leakFindings(state.fields, [...new Set([...objects, ...state.fields.map(objectOf)])], state.answers),
  ];
}

/** Whoever else gives the field is named, with what to do; nothing of theirs is changed. */
function stillVisible(state: HideState, field: string): readonly Finding[] {
  const foreign = visibleThrough(state.held, field).filter(
    (source) => !mayChange(state, source) && !ownedByGrant(state, source),
  );
  return foreign.map((source) => {
    const code = source.sessionBased ? 'VisibleInSession' : codeOf(state, field, source);
    return texts.finding('warning', code, field, [field, sourceText(source), holders(state, source)]);
  });
}

function codeOf({ held }: HideState, field: string, source: PermissionSource): string {
  const byRow = held.fields.some((row) => row.source === source && row.read && sameName(row.field, field));
  if (!byRow) return 'VisibleByViewAllFields';
  return source.kind === 'permissionSetGroup' ? 'VisibleThroughGroup' : 'FieldStillVisible';
}

function ownedByGrant({ definition }: HideState, source: PermissionSource): boolean {
  const { grant, integration } = definition;
  return grant !== null && integration !== null && isOwned(source.description, integration);
}

function holders(state: HideState, source: PermissionSource): string {
  const foreign = state.fields
    .flatMap((field) => visibleThrough(state.held, field))
    .filter(({ kind }) => kind !== 'profile');
  const ids = [...new Set(foreign.map(({ id }) => id))].sort();
  const rows = answerOr(state.answers, hideQuestions.otherHolders(ids, state.definition.username), []);
  const row = rows.find((candidate) => textAt(candidate, 'PermissionSetId') === source.id);
  return String(row === undefined ? 0 : (numberAt(row, 'holders') ?? 0));
}

/** The union computed here against what the server itself says of the user. */
function disagreements(state: HideState): readonly Finding[] {
  const hidden = state.fields.filter((field) => visibleThrough(state.held, field).length === 0);
  const rows = serverQuestions(state.definition, hidden, state.answers).flatMap((question) =>
    answerOr(state.answers, question, []),
  );
  const accessible = rows.filter((row) => booleanAt(row, 'IsAccessible')).map((row) => textAt(row, 'DurableId') ?? '');
  return hidden
    .filter((field) => {
      const durableId = durableIdOf(field, state.answers);
      return durableId !== null && accessible.some((id) => id.startsWith(`${durableId}.`));
    })
    .map((field) => texts.finding('warning', 'ServerSaysVisible', field, [field]));
}

/** A profile is shared: whoever else has it loses the fields too. */
function profileImpact(state: HideState, changes: readonly Change[]): readonly Impact[] {
  const profile = state.held.sources.find(({ kind }) => kind === 'profile');
  const hidden = changes.filter(({ effect }) => effect.kind === 'delete' && effect.otherwise !== undefined);
  if (profile?.profileId === null || profile?.profileId === undefined || hidden.length === 0) return [];
  const others = answerOr(
    state.answers,
    hideQuestions.othersOnProfile(profile.profileId, state.definition.username),
    [],
  ).map((row) => textAt(row, 'Username') ?? '');
  if (others.length === 0) return [];
  return [
    {
      on: profile.name,
      change: texts.text('impact.change', [String(hidden.length)]),
      people: others.length,
      records: null,
      message: texts.text('impact.profile', [
        profile.name,
        String(hidden.length),
        String(others.length),
        others.join(', '),
      ]),
      consent: 'profile',
    },
  ];
}

function sourceText({ kind, label, name }: PermissionSource): string {
  return texts.text(`source.${kind}`, [kind === 'profile' ? name : label]);
}
