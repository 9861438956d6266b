import { checkIds } from '../../planning/verification.js';
import { runCheck, type CheckDefinition, type Checked } from './check.js';
import { elevation, viewAllFields, viewAllRecords } from './checks/bypass.js';
import { fieldsHidden, formulas } from './checks/fields.js';
import { apiOnly, license, permissionSetLicense } from './checks/licenses.js';
import { login } from './checks/login.js';
import { objectsAsDefined } from './checks/object-access.js';
import { otherRules, otherShares, ownership, roleHierarchy, teamsAndTerritories } from './checks/other-access.js';
import { ownAccessSet, permissionSets } from './checks/permission-sets.js';
import { sharedProfile } from './checks/profile.js';
import { serverAgrees } from './checks/server.js';
import { flag, flagEditors, group, organizationWideDefaults, recalculation, rule } from './checks/sharing.js';
import { userActive, userAsDefined, userNotFrozen } from './checks/user.js';
import type { VerificationState } from './state.js';

const allChecks: readonly CheckDefinition[] = [
  userActive,
  userNotFrozen,
  userAsDefined,
  license,
  permissionSetLicense,
  apiOnly,
  login,
  permissionSets,
  ownAccessSet,
  objectsAsDefined,
  fieldsHidden,
  formulas,
  serverAgrees,
  viewAllRecords,
  viewAllFields,
  elevation,
  roleHierarchy,
  ownership,
  otherRules,
  teamsAndTerritories,
  otherShares,
  organizationWideDefaults,
  recalculation,
  flag,
  flagEditors,
  group,
  rule,
  sharedProfile,
];

/** Every check that the definition gives reason for, in the order in which they are shown. */
export function verify(state: VerificationState): readonly Checked[] {
  return allChecks
    .filter((check) => check.isAsked(state))
    .map((check) => runCheck(check, state))
    .sort((a, b) => checkIds.indexOf(a.check.id) - checkIds.indexOf(b.check.id));
}
