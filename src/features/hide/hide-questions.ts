import type { Definition } from '../../definition/definition.js';
import { ask, decisive, type Answers } from '../../observation/question.js';
import { soql } from '../../org/soql.js';
import { objectOf } from '../permissions/field-catalogue.js';
import { readableObjects } from '../permissions/held-permissions.js';
import { permissionsOf } from '../permissions/of-definition.js';
import { permissionQuestions } from '../permissions/questions.js';

/** So many people on a profile are named; where there are more, they are counted. */
export const namedPeople = 200;

export const hideQuestions = {
  /** Reified: read by object, filtered here (Tooling API, "SOQL Limitations"). */
  classification: (object: string) =>
    ask.records(
      soql`SELECT DurableId, QualifiedApiName, SecurityClassification, ComplianceGroup FROM FieldDefinition WHERE EntityDefinition.QualifiedApiName = ${object}`,
    ),
  /** Formulas and roll-ups: describe shows neither the formula to everybody nor what a roll-up summarises. */
  objectMetadata: (object: string) => ask.metadata('CustomObject', object),
  othersOnProfile: (profileId: string, username: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, Username FROM User WHERE ProfileId = ${profileId} AND IsActive = true AND Username != ${username} ORDER BY Username LIMIT ${namedPeople}`,
      ),
    ),
  countOnProfile: (profileId: string, username: string) =>
    ask.count(
      soql`SELECT COUNT() FROM User WHERE ProfileId = ${profileId} AND IsActive = true AND Username != ${username}`,
    ),
  /** Who else holds the sets that give, or go on giving, a hidden field. */
  otherHolders: (permissionSetIds: readonly string[], username: string) =>
    ask.records(
      soql`SELECT PermissionSetId, COUNT(Id) holders FROM PermissionSetAssignment WHERE PermissionSetId IN ${permissionSetIds} AND Assignee.IsActive = true AND Assignee.Username != ${username} GROUP BY PermissionSetId`,
    ),
};

/**
 * Objects whose fields a classification may select: those that the user reads, will be granted, or has field permissions for
 * already, since hiding comes before granting.
 */
export function classifiedObjects(definition: Definition, answers: Answers): readonly string[] {
  if (answers.get(permissionQuestions.fields(definition.username)) === undefined) return [];
  const held = permissionsOf(definition, answers);
  const withFields = held.fields.filter(({ read }) => read).map(({ object }) => object);
  return [...new Set([...readableObjects(held), ...withFields, ...Object.keys(definition.grant?.objects ?? {})])];
}

/** Objects whose records the user reads, or will read by this definition. */
export function readObjects(definition: Definition, answers: Answers): readonly string[] {
  const granted = [
    ...Object.keys(definition.grant?.objects ?? {}),
    ...(definition.grant?.readFields ?? []).map(objectOf),
    ...(definition.grant?.editFields ?? []).map(objectOf),
  ];
  return [...new Set([...readableObjects(permissionsOf(definition, answers)), ...granted])];
}
