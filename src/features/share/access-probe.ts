import type { AccessProbe } from '../../planning/change.js';
import { otherAccess } from './other-access.js';
import type { ShareState } from './state.js';

/** Access through these has nothing to do with defaults and flags, and would make a measurement meaningless: of any object. */
const blurringAll: readonly string[] = ['SeesAllData', 'RoleHasSubordinates', 'OnAccountTeams', 'InTerritories'];
/** Of the object that they are told of. */
const blurringOne: readonly string[] = ['SeesAllRecords', 'OtherRuleShares'];

/** The integration user, where its access to the object shows whether a default or a rule is in effect. */
export function accessProbe(state: ShareState, sobject: string): AccessProbe | null {
  const shared = state.shared.find(({ name }) => name === sobject);
  // An inactive user reads nothing, whatever is in effect.
  if (shared?.userReads !== true || state.user?.isActive !== true || isBlurred(state, sobject)) return null;
  return { username: state.definition.username, flagField: state.names.flagField };
}

function isBlurred(state: ShareState, sobject: string): boolean {
  return otherAccess(state).some(
    ({ code, subject }) => blurringAll.includes(code) || (blurringOne.includes(code) && subject === sobject),
  );
}
