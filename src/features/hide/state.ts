import type { Definition } from '../../definition/definition.js';
import { isOwned, readOwnership } from '../../definition/ownership.js';
import type { Answers } from '../../observation/question.js';
import {
  givingAllFields,
  readingRows,
  visibleThrough,
  type HeldField,
  type HeldPermissions,
  type PermissionSource,
} from '../permissions/held-permissions.js';

/** What the plan, and the questions that follow from the selection, are made from. */
export type HideState = {
  readonly definition: Definition;
  readonly answers: Answers;
  readonly held: HeldPermissions;
  /** The selected fields, "Object.Field". */
  readonly fields: readonly string[];
};

/** The rows that this feature takes away. */
export function rowsToTake(state: HideState): readonly HeldField[] {
  return state.fields.flatMap((field) => rowsToTakeOf(state, field));
}

export function rowsToTakeOf(state: HideState, field: string): readonly HeldField[] {
  const rows = readingRows(state.held, field).filter(({ source }) => mayChange(state, source));
  const untouchable = rows.length === 0 ? [] : givingAllFields(state.held, field);
  return rows.filter(({ source }) => !untouchable.includes(source));
}

/** Whoever gives the field and is not the plugin's to change. */
export function foreignSources(state: HideState, field: string): readonly PermissionSource[] {
  const taken = new Set(rowsToTakeOf(state, field).map(({ source }) => source));
  return visibleThrough(state.held, field).filter((source) => !taken.has(source) && !isWrittenByGrant(state, source));
}

/** Fields that nobody gives. */
export function fieldsWithoutSource(state: HideState): readonly string[] {
  return state.fields.filter((field) => visibleThrough(state.held, field).length === 0);
}

/** The profile's own permissions, and sets the plugin owns unless the grant of the same run writes them whole. */
function mayChange(state: HideState, source: PermissionSource): boolean {
  if (source.kind === 'profile') return true;
  return source.kind === 'permissionSet' && isOwnSet(state, source) && !isWrittenByGrant(state, source);
}

function isWrittenByGrant(state: HideState, source: PermissionSource): boolean {
  return state.definition.grant !== null && isOwnSet(state, source);
}

/** Without an integration, every set that the plugin made for one counts. */
function isOwnSet({ definition }: HideState, { description }: PermissionSource): boolean {
  return definition.integration === null
    ? readOwnership(description) !== null
    : isOwned(description, definition.integration);
}
