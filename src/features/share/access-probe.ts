import type { AccessProbe } from '../../planning/change.js';
import { otherAccess } from './other-access.js';
import type { ShareState } from './state.js';

/** Access through these has nothing to do with defaults and flags, and would make a measurement meaningless. */
const blurring: readonly string[] = [
  'SeesAllData',
  'SeesAllRecords',
  'OtherRuleShares',
  'RoleHasSubordinates',
  'OnAccountTeams',
  'InTerritories',
];

/** The integration user, where its access to the object shows whether a default or a rule is in effect. */
export function accessProbe(state: ShareState, sobject: string): AccessProbe | null {
  const shared = state.shared.find(({ name }) => name === sobject);
  // An inactive user reads nothing, whatever is in effect.
  if (
    shared?.userReads !== true ||
    state.user?.isActive !== true ||
    otherAccess(state).some(({ code }) => blurring.includes(code))
  )
    return null;
  return { username: state.definition.username, flagField: state.names.flagField };
}
