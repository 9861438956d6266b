import { ask, decisive } from '../../observation/question.js';
import { soql } from '../../org/soql.js';
import { namesToLookUp } from '../permissions/set-names.js';

export const grantQuestions = {
  ownedSet: (name: string) => decisive(ask.metadata('PermissionSet', name)),
  /** Assigned as they are: with everything they carry, so that it can be said what that is. */
  namedSets: (names: readonly string[]) =>
    decisive(
      ask.records(
        soql`SELECT FIELDS(STANDARD) FROM PermissionSet WHERE IsOwnedByProfile = false AND Name IN ${namesToLookUp(names)} LIMIT 200`,
      ),
    ),
  namedSetObjects: (names: readonly string[]) =>
    decisive(
      ask.records(
        soql`SELECT Id, ParentId, Parent.Name, SobjectType, PermissionsRead, PermissionsViewAllRecords, PermissionsModifyAllRecords, PermissionsViewAllFields FROM ObjectPermissions WHERE Parent.Name IN ${namesToLookUp(names)}`,
      ),
    ),
  allSetNames: ask.records(
    "SELECT Name FROM PermissionSet WHERE IsOwnedByProfile = false AND Type != 'Group' ORDER BY Name LIMIT 2000",
  ),
  assignees: (name: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, Assignee.Username, Assignee.IsActive FROM PermissionSetAssignment WHERE PermissionSet.Name = ${name}`,
      ),
    ),
  rules: (sobject: string) => ask.metadata('SharingRules', sobject),
};
