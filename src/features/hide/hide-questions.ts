import type { Definition } from '../../definition/definition.js';
import { ask, type Answers } from '../../observation/question.js';
import { soql } from '../../org/soql.js';
import { heldPermissions, readableObjects } from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';

export const hideQuestions = {
  /** Reified: read by object, filtered here (Tooling API, "SOQL Limitations"). */
  classification: (object: string) =>
    ask.records(
      soql`SELECT DurableId, QualifiedApiName, SecurityClassification, ComplianceGroup FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = ${object}`,
    ),
  /** Formulas and roll-ups: describe shows neither the formula to everybody nor what a roll-up summarises. */
  objectMetadata: (object: string) => ask.metadata('CustomObject', object),
  profileName: (profileId: string) =>
    ask.records(soql`SELECT FullName FROM Profile WHERE Id = ${profileId}`, 'tooling'),
  othersOnProfile: (profileId: string, username: string) =>
    ask.records(
      soql`SELECT Id, Username FROM User WHERE ProfileId = ${profileId} AND IsActive = true AND Username != ${username}`,
    ),
  /** Who else holds the sets that go on giving a hidden field. */
  otherHolders: (permissionSetIds: readonly string[], username: string) =>
    ask.records(
      soql`SELECT PermissionSetId, COUNT(Id) holders FROM PermissionSetAssignment WHERE PermissionSetId IN ${permissionSetIds} AND Assignee.IsActive = true AND Assignee.Username != ${username} GROUP BY PermissionSetId`,
    ),
  /** The server's own answer, a row for each field and user (Tooling API, UserFieldAccess). */
  serverAccess: (durableIds: readonly string[]) =>
    ask.records(soql`SELECT DurableId, IsAccessible FROM UserFieldAccess WHERE DurableId IN ${durableIds}`, 'tooling'),
};

/** Objects whose fields a classification may select: those that the user reads now, or will be granted. */
export function classifiedObjects(definition: Definition, answers: Answers): readonly string[] {
  if (answers.get(permissionQuestions.objects(definition.username)) === undefined) return [];
  const readable = readableObjects(heldPermissions(definition.username, answers));
  return [...new Set([...readable, ...Object.keys(definition.grant?.objects ?? {})])];
}
