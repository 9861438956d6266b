import { namesOf } from '../definition/names.js';
import { readOwnership } from '../definition/ownership.js';
import { integrationLicense } from '../features/user/constants.js';
import { userQuestions } from '../features/user/questions.js';
import { shareQuestions } from '../features/share/questions.js';
import { answerOr, ask, type Answers, type Question } from '../observation/question.js';
import { booleanAt, textAt } from '../observation/row.js';
import { soql, soqlName } from '../org/soql.js';

/** What of the whole org is asked: as many questions for a hundred users as for one. */
export const inventoryQuestions = {
  users: ask.records(
    soql`SELECT Id, Username, Name, IsActive, ProfileId, Profile.Name, LastLoginDate FROM User WHERE Profile.UserLicense.Name = ${integrationLicense} ORDER BY Username`,
  ),
  assignments: ask.records(
    soql`SELECT AssigneeId, PermissionSetId, PermissionSet.Name, PermissionSet.Label, PermissionSet.Description, PermissionSet.IsOwnedByProfile, PermissionSet.Profile.Name, PermissionSet.HasActivationRequired, PermissionSet.PermissionsViewAllData, PermissionSet.PermissionsModifyAllData FROM PermissionSetAssignment WHERE Assignee.Profile.UserLicense.Name = ${integrationLicense}`,
  ),
  objects: ask.records(
    soql`SELECT ParentId, SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete, PermissionsViewAllRecords, PermissionsModifyAllRecords FROM ObjectPermissions WHERE ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Profile.UserLicense.Name = ${integrationLicense})`,
  ),
  memberships: ask.records(
    soql`SELECT UserOrGroupId, Group.DeveloperName FROM GroupMember WHERE UserOrGroupId IN (SELECT Id FROM User WHERE Profile.UserLicense.Name = ${integrationLicense})`,
  ),
  models: (sobjects: readonly string[]) =>
    ask.records(
      soql`SELECT QualifiedApiName, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN ${sobjects}`,
    ),
  /** Every flag has a row in the permission set of its editors. */
  flags: (editorSets: readonly string[]) =>
    ask.records(soql`SELECT Parent.Name, SobjectType, Field FROM FieldPermissions WHERE Parent.Name IN ${editorSets}`),
  activity: (sobject: string, by: 'CreatedById' | 'LastModifiedById', at: 'CreatedDate' | 'LastModifiedDate') =>
    ask.records(
      soql`SELECT ${soqlName(by)}, COUNT(Id) records FROM ${soqlName(sobject)} WHERE ${soqlName(at)} = LAST_N_DAYS:30 AND ${soqlName(by)} IN (SELECT Id FROM User WHERE Profile.UserLicense.Name = ${integrationLicense}) GROUP BY ${soqlName(by)}`,
    ),
} as const satisfies Record<string, Question | ((...values: never[]) => Question)>;

export function questions(answers: Answers): readonly Question[] {
  const objects = readableObjects(answers);
  const integrations = knownIntegrations(answers);
  return [
    userQuestions.license,
    userQuestions.permissionSetLicense,
    userQuestions.permissionSetLicenseHolders,
    inventoryQuestions.users,
    inventoryQuestions.assignments,
    inventoryQuestions.objects,
    inventoryQuestions.memberships,
    ...(objects.length === 0 ? [] : [inventoryQuestions.models(objects)]),
    ...objects.flatMap((sobject) => [createdBy(sobject), changedBy(sobject)]),
    ...(integrations.length === 0 ? [] : [flagsQuestion(integrations)]),
    ...flaggedObjects(integrations, answers).map(shareQuestions.rules),
  ];
}

export function createdBy(sobject: string) {
  return inventoryQuestions.activity(sobject, 'CreatedById', 'CreatedDate');
}

export function changedBy(sobject: string) {
  return inventoryQuestions.activity(sobject, 'LastModifiedById', 'LastModifiedDate');
}

export function readableObjects(answers: Answers): readonly string[] {
  const rows = answerOr(answers, inventoryQuestions.objects, []).filter((row) => booleanAt(row, 'PermissionsRead'));
  return [...new Set(rows.flatMap((row) => textAt(row, 'SobjectType') ?? []))].sort();
}

/** Integrations by the marks on what their users hold. */
export function knownIntegrations(answers: Answers): readonly string[] {
  const marks = answerOr(answers, inventoryQuestions.assignments, []).map((row) =>
    readOwnership(textAt(row, 'PermissionSet.Description')),
  );
  return [...new Set(marks.flatMap((mark) => mark?.integration ?? []))].sort();
}

export function flagsQuestion(integrations: readonly string[]) {
  return inventoryQuestions.flags(integrations.map((integration) => namesOf(integration).editorSet));
}

export function flaggedObjects(integrations: readonly string[], answers: Answers): readonly string[] {
  if (integrations.length === 0) return [];
  const rows = answerOr(answers, flagsQuestion(integrations), []);
  return [...new Set(rows.flatMap((row) => textAt(row, 'SobjectType') ?? []))].sort();
}
