import type { Names } from '../../definition/names.js';
import { answerOr, ask, decisive, type Answers, type RecordsQuestion, type Row } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { soql } from '../../org/soql.js';
import { namedLike, qualifiedName } from './set-names.js';

/** Everything that `heldPermissions` is made of: where one of these is refused, it says too little. */
export function heldQuestions(username: string): readonly RecordsQuestion[] {
  const { assignments, sets, objects, fields } = permissionQuestions;
  return [assignments, sets, objects, fields].map((question) => question(username));
}

/**
 * What a user is and holds: one question each, whoever asks, so that it is asked once. The assignments list the profile's own
 * set and the aggregate of each permission set group (net of muting) beside the directly assigned sets (Object Reference,
 * PermissionSetAssignment).
 */
export const permissionQuestions = {
  assignments: (username: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, PermissionSetId, PermissionSetGroupId, PermissionSetGroup.DeveloperName, PermissionSetGroup.NamespacePrefix, PermissionSetGroup.Status, ExpirationDate, PermissionSet.Name, PermissionSet.NamespacePrefix, PermissionSet.Label, PermissionSet.Description, PermissionSet.IsOwnedByProfile, PermissionSet.ProfileId, PermissionSet.Profile.Name, PermissionSet.HasActivationRequired, PermissionSet.PermissionsViewAllData, PermissionSet.PermissionsModifyAllData FROM PermissionSetAssignment WHERE Assignee.Username = ${username}`,
      ),
    ),
  /** Orgs differ in the system permissions that exist: naming one that doesn't would make the whole query fail. */
  sets: (username: string) =>
    decisive(
      ask.records(
        soql`SELECT FIELDS(STANDARD) FROM PermissionSet WHERE Id IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = ${username}) LIMIT 200`,
      ),
    ),
  objects: (username: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, ParentId, SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete, PermissionsViewAllRecords, PermissionsModifyAllRecords, PermissionsViewAllFields, Parent.Name, Parent.Label, Parent.IsOwnedByProfile, Parent.Profile.Name FROM ObjectPermissions WHERE ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = ${username})`,
      ),
    ),
  fields: (username: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, ParentId, SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = ${username})`,
      ),
    ),
  /** The same for a profile, for a user who does not exist yet. */
  profileSet: (profileId: string) =>
    decisive(ask.records(soql`SELECT FIELDS(STANDARD) FROM PermissionSet WHERE ProfileId = ${profileId} LIMIT 1`)),
  profileObjects: (profileId: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, ParentId, SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete, PermissionsViewAllRecords, PermissionsModifyAllRecords, PermissionsViewAllFields FROM ObjectPermissions WHERE Parent.ProfileId = ${profileId}`,
      ),
    ),
  profileFields: (profileId: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, ParentId, SobjectType, Field, PermissionsRead, PermissionsEdit FROM FieldPermissions WHERE Parent.ProfileId = ${profileId}`,
      ),
    ),
  /** Its field `Field` lists every field that may have a row at all; `SobjectType` of the other every object. */
  legalFields: decisive(ask.describe('FieldPermissions')),
  legalObjects: decisive(ask.describe('ObjectPermissions')),
  /** Organization-wide defaults as Salesforce reports them, which is not always what is declared, and what objects are called. */
  entities: (sobjects: readonly string[]) =>
    ask.records(
      soql`SELECT DurableId, QualifiedApiName, Label, NamespacePrefix, InternalSharingModel, ExternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ${sobjects}`,
    ),
  /** The permission sets of an integration, where there are any. */
  ownSets: ({ accessSet, editorSet }: Names) =>
    decisive(
      ask.records(
        soql`SELECT Id, Name, NamespacePrefix, Description FROM PermissionSet WHERE Name IN ${[accessSet, editorSet]}`,
      ),
    ),
  user: (username: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, Username, IsActive, Email, ProfileId, Profile.Name, Profile.UserLicense.Name, UserRoleId, UserRole.DeveloperName, LastLoginDate FROM User WHERE Username = ${username}`,
      ),
    ),
};

/** The name of one of them as the org spells it, which may be in other letter case; ours where there is none. */
export function ownSetName(set: 'accessSet' | 'editorSet', names: Names, answers: Answers): string {
  return textAt(ownSetRow(set, names, answers) ?? {}, 'Name') ?? names[set];
}

/** The row of one of the integration's own permission sets; null where there is no such set. */
export function ownSetRow(set: 'accessSet' | 'editorSet', names: Names, answers: Answers): Row | null {
  const found = answerOr(answers, permissionQuestions.ownSets(names), []).map((row) => ({
    name: qualifiedName(textAt(row, 'Name') ?? '', textAt(row, 'NamespacePrefix')),
    row,
  }));
  return namedLike(names[set], found)?.row ?? null;
}
