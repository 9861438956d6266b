import { profileFieldPermissions } from '../../metadata/profile.js';
import { answerOr } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import type { Change } from '../../planning/change.js';
import { visibleThrough, type HeldField } from '../permissions/held-permissions.js';
import { userQuestions } from '../user/questions.js';
import { sourceText } from './source-text.js';
import { rowsToTakeOf, type HideState } from './state.js';
import { texts } from './texts.js';

export function hideChanges(state: HideState): readonly Change[] {
  return state.fields.flatMap((field) => {
    const rows = rowsToTakeOf(state, field);
    return rows.length === 0 ? alreadyHidden(state, field) : rows.map((row) => hideChange(state, row));
  });
}

function alreadyHidden(state: HideState, field: string): readonly Change[] {
  if (visibleThrough(state.held, field).length > 0) return [];
  return [{ ...baseOf(state, field), effect: { kind: 'none' }, after: texts.text('state.hidden') }];
}

/** Without the row there is no access. Where the org takes no rows for the profile, its metadata says so explicitly. */
function hideChange(state: HideState, row: HeldField): Change {
  const profile = row.source.profileId === null ? null : profileFullName(state, row.source.profileId);
  const hidden = [{ field: row.field, readable: false, editable: false }];
  return {
    ...baseOf(state, row.field),
    name: `${row.field} (${sourceText(row.source)})`,
    effect: {
      kind: 'delete',
      sobject: 'FieldPermissions',
      id: row.rowId,
      ...(profile === null ? {} : { otherwise: profileFieldPermissions(profile, hidden) }),
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
  const row = answerOr(answers, userQuestions.profileFullName(profileId), [])[0];
  return row === undefined ? null : textAt(row, 'FullName');
}
