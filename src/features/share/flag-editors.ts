import { descriptionLengths, isOwned, writeOwnership } from '../../definition/ownership.js';
import { permissionSet } from '../../metadata/permission-set.js';
import { booleanAt, textAt } from '../../observation/row.js';
import { naturalKey, type Change } from '../../planning/change.js';
import type { Finding } from '../../planning/finding.js';
import type { ShareState } from './state.js';
import { texts } from './texts.js';

/**
 * Who may tick the flag. A field made through the Metadata API is visible to nobody, administrators included, until a
 * permission set gives it (Metadata API guide, Profile: fields deployed from API 30 on).
 */
export function editorChanges(state: ShareState): readonly Change[] {
  return [editorSetChange(state), ...editorUsernames(state).map((username) => assignment(state, username))];
}

export function editorFindings(state: ShareState): readonly Finding[] {
  const { names, editorSet, integration, people, definition } = state;
  const findings: Finding[] = [];
  if (editorSet !== null && !isOwned(editorSet.description, integration)) {
    findings.push(texts.finding('error', 'PermissionSetNotOwned', names.editorSet, [names.editorSet]));
  }
  for (const username of editorUsernames(state)) {
    const person = people.get(username.toLowerCase());
    if (person === undefined) findings.push(texts.finding('error', 'FlagEditorNotFound', username, [username]));
    else if (!person.isActive) findings.push(texts.finding('error', 'FlagEditorInactive', username, [username]));
  }
  const editors = [...state.editorAssignees, ...editorUsernames(state).map((username) => username.toLowerCase())];
  if (editors.includes(definition.username.toLowerCase())) {
    findings.push(
      texts.finding('error', 'IntegrationUserEditsFlag', definition.username, [definition.username, names.editorSet]),
    );
  }
  const foreign = foreignFields(state);
  if (foreign.length > 0) {
    findings.push(
      texts.finding('warning', 'FlagEditorSetWidened', names.editorSet, [names.editorSet, foreign.join(', ')]),
    );
  }
  return findings;
}

export function editorUsernames(state: ShareState): readonly string[] {
  const usernames = [state.runningUser, ...state.share.flagEditors];
  return [...new Map(usernames.map((username) => [username.toLowerCase(), username])).values()];
}

function editorSetChange(state: ShareState): Change {
  const { names, integration, editorSet } = state;
  const base = { type: 'PermissionSet', name: names.editorSet, phase: 'metadata', integration } as const;
  const known = editorSet === null ? {} : { id: editorSet.id };
  if (editorSet !== null && isComplete(state)) return { ...base, ...known, action: 'create', effect: { kind: 'none' } };
  const component = permissionSet(names.editorSet, {
    label: names.editorSetLabel,
    description: writeOwnership(
      texts.text('editorSet.description', [integration]),
      integration,
      descriptionLengths.PermissionSet,
    ),
    objectPermissions: [],
    fieldPermissions: wantedFields(state).map((field) => ({ field, readable: true, editable: true })),
    userPermissions: [],
    rest: {},
  });
  return {
    ...base,
    ...known,
    action: editorSet === null ? 'create' : 'update',
    effect: { kind: 'deploy', component },
    after: wantedFields(state).join(', '),
  };
}

/** The flags of this run, and those of objects shared by earlier ones: the set is deployed whole. */
function wantedFields(state: ShareState): readonly string[] {
  const earlier = state.editorFields.map((row) => textAt(row, 'Field') ?? '').filter((field) => isFlag(state, field));
  return [...new Set([...earlier, ...state.shared.map(({ name }) => `${name}.${state.names.flagField}`)])].sort();
}

function foreignFields(state: ShareState): readonly string[] {
  return state.editorFields.map((row) => textAt(row, 'Field') ?? '').filter((field) => !isFlag(state, field));
}

function isFlag(state: ShareState, field: string): boolean {
  return field.toLowerCase().endsWith(`.${state.names.flagField.toLowerCase()}`);
}

function isComplete(state: ShareState): boolean {
  const editable = new Set(
    state.editorFields
      .filter((row) => booleanAt(row, 'PermissionsEdit'))
      .map((row) => (textAt(row, 'Field') ?? '').toLowerCase()),
  );
  return foreignFields(state).length === 0 && wantedFields(state).every((field) => editable.has(field.toLowerCase()));
}

function assignment(state: ShareState, username: string): Change {
  const { names, integration, editorAssignees } = state;
  const values = {
    AssigneeId: { idOf: naturalKey('User', username) },
    PermissionSetId: { idOf: naturalKey('PermissionSet', names.editorSet) },
  };
  return {
    action: 'assign',
    type: 'PermissionSetAssignment',
    name: `${names.editorSet} → ${username}`,
    phase: 'membership',
    integration,
    effect: editorAssignees.includes(username.toLowerCase())
      ? { kind: 'none' }
      : { kind: 'insert', sobject: 'PermissionSetAssignment', values },
  };
}
