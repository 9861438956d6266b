import { namesOf } from '../definition/names.js';
import { readOwnership } from '../definition/ownership.js';
import { knownObjects } from '../features/permissions/field-catalogue.js';
import { permissionQuestions } from '../features/permissions/questions.js';
import { runnerQuestions } from '../features/permissions/runner.js';
import { integrationLicense } from '../features/user/constants.js';
import { userQuestions } from '../features/user/questions.js';
import { runningUsername } from '../features/user/state.js';
import { shareQuestions } from '../features/share/questions.js';
import { answerOr, ask, type Answers, type Question, type RecordsQuestion } from '../observation/question.js';
import { booleanAt, textAt } from '../observation/row.js';
import { soql, soqlName } from '../org/soql.js';

/** FIELDS() takes no more rows at once (SOQL reference). */
const setsInPage = 200;
/** What most integrations write: counted also where access was taken away since. */
const mainObjects: readonly string[] = ['Account', 'Contact', 'Lead', 'Opportunity', 'Case'];

/** What of the whole org is asked: as many questions for a hundred users as for one. */
export const inventoryQuestions = {
  users: ask.records(
    soql`SELECT Id, Username, Name, IsActive, ProfileId, Profile.Name, LastLoginDate FROM User WHERE Profile.UserLicense.Name = ${integrationLicense} ORDER BY Username`,
  ),
  assignments: ask.records(
    soql`SELECT Id, AssigneeId, PermissionSetId, PermissionSetGroupId, PermissionSetGroup.DeveloperName, PermissionSetGroup.NamespacePrefix, PermissionSetGroup.Status, PermissionSet.Name, PermissionSet.NamespacePrefix, PermissionSet.Label, PermissionSet.Description, PermissionSet.IsOwnedByProfile, PermissionSet.ProfileId, PermissionSet.Profile.Name, PermissionSet.HasActivationRequired FROM PermissionSetAssignment WHERE Assignee.Profile.UserLicense.Name = ${integrationLicense}`,
  ),
  /** Orgs differ in the system permissions that exist: naming one that doesn't would make the whole query fail. */
  sets: (after: string) =>
    ask.records(
      soql`SELECT FIELDS(STANDARD) FROM PermissionSet WHERE Id > ${after} AND Id IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Profile.UserLicense.Name = ${integrationLicense}) ORDER BY Id LIMIT ${setsInPage}`,
    ),
  objects: ask.records(
    soql`SELECT ParentId, SobjectType, PermissionsRead, PermissionsCreate, PermissionsEdit, PermissionsDelete, PermissionsViewAllRecords, PermissionsModifyAllRecords, PermissionsViewAllFields FROM ObjectPermissions WHERE ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Profile.UserLicense.Name = ${integrationLicense})`,
  ),
  memberships: ask.records(
    soql`SELECT UserOrGroupId, Group.DeveloperName FROM GroupMember WHERE UserOrGroupId IN (SELECT Id FROM User WHERE Profile.UserLicense.Name = ${integrationLicense})`,
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
  const runner = runningUsername(answers);
  return [
    userQuestions.license,
    userQuestions.permissionSetLicense,
    userQuestions.permissionSetLicenseHolders,
    inventoryQuestions.users,
    inventoryQuestions.assignments,
    inventoryQuestions.objects,
    inventoryQuestions.memberships,
    permissionQuestions.legalObjects,
    // Records that whoever asks doesn't see are not counted.
    ...(runner === null ? [] : [runnerQuestions.permissions(runner)]),
    ...setQuestions(answers),
    ...(objects.length === 0 ? [] : [permissionQuestions.entities(objects)]),
    ...countedObjects(answers).flatMap((sobject) => [createdBy(sobject), changedBy(sobject)]),
    ...(integrations.length === 0 ? [] : [flagsQuestion(integrations)]),
    ...flaggedObjects(integrations, answers).map(shareQuestions.rules),
  ];
}

/** One page after the other, each from where the last one ended. */
export function setQuestions(answers: Answers): readonly RecordsQuestion[] {
  const pages: RecordsQuestion[] = [];
  let after: string | null = '000000000000000';
  while (after !== null) {
    const page = inventoryQuestions.sets(after);
    const rows = answerOr(answers, page, []);
    pages.push(page);
    after = rows.length < setsInPage ? null : textAt(rows.at(-1) ?? {}, 'Id');
  }
  return pages;
}

export function createdBy(sobject: string) {
  return inventoryQuestions.activity(sobject, 'CreatedById', 'CreatedDate');
}

export function changedBy(sobject: string) {
  return inventoryQuestions.activity(sobject, 'LastModifiedById', 'LastModifiedDate');
}

/** Objects that some integration user can read. */
export function readableObjects(answers: Answers): readonly string[] {
  const rows = answerOr(answers, inventoryQuestions.objects, []).filter((row) => booleanAt(row, 'PermissionsRead'));
  return [...new Set(rows.flatMap((row) => textAt(row, 'SobjectType') ?? []))].sort();
}

/** Objects whose records are counted by who created and changed them. */
export function countedObjects(answers: Answers): readonly string[] {
  const known = knownObjects(answers);
  return [...new Set([...readableObjects(answers), ...mainObjects.filter((sobject) => known.includes(sobject))])];
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
