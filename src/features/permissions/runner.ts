import { answerOr, ask, type Answers } from '../../observation/question.js';
import { booleanAt } from '../../observation/row.js';
import { soql } from '../../org/soql.js';

/** What whoever runs the command may do: one question, whoever asks. */
export const runnerQuestions = {
  permissions: (username: string) =>
    ask.records(
      soql`SELECT Id, PermissionSet.PermissionsViewAllData, PermissionSet.PermissionsModifyAllData, PermissionSet.PermissionsManageUsers, PermissionSet.PermissionsManageInternalUsers, PermissionSet.PermissionsAssignPermissionSets, PermissionSet.PermissionsManageSharing, PermissionSet.PermissionsCustomizeApplication, PermissionSet.PermissionsModifyMetadata FROM PermissionSetAssignment WHERE Assignee.Username = ${username}`,
    ),
  objects: (username: string, sobjects: readonly string[]) =>
    ask.records(
      soql`SELECT SobjectType, PermissionsViewAllRecords, PermissionsModifyAllRecords FROM ObjectPermissions WHERE SobjectType IN ${sobjects} AND ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = ${username})`,
    ),
};

/** A system permission that runnerQuestions.permissions asks for. */
export type RunnerPermission =
  | 'ManageUsers'
  | 'ManageInternalUsers'
  | 'AssignPermissionSets'
  | 'ManageSharing'
  | 'CustomizeApplication'
  | 'ModifyMetadata'
  | 'ModifyAllData';

/** Whether the runner has any one of these. Unknown permissions are not held against anyone. */
export function runnerMay(username: string, anyOf: readonly RunnerPermission[], answers: Answers): boolean {
  const rows = answerOr(answers, runnerQuestions.permissions(username), []);
  return (
    rows.length === 0 || rows.some((row) => anyOf.some((name) => booleanAt(row, `PermissionSet.Permissions${name}`)))
  );
}
