import { namesOf } from '../../definition/names.js';
import { readOwnership } from '../../definition/ownership.js';
import { answerOr, ask, type Answers, type Question } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { soql } from '../../org/soql.js';
import { grantQuestions } from '../grant/grant-questions.js';
import { heldPermissions } from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';
import { shareQuestions } from '../share/questions.js';

/** The user whose definition is wanted. */
export type Subject = {
  readonly username: string;
  /** Null: read from what the plugin owns and the user holds. */
  readonly integration: string | null;
};

export const existingUserQuestions = {
  user: (username: string) =>
    ask.records(
      soql`SELECT Id, Username, Email, FirstName, LastName, Profile.Name, UserRole.DeveloperName FROM User WHERE Username = ${username}`,
    ),
};

export function questions(subject: Subject, answers: Answers): readonly Question[] {
  const { username } = subject;
  const integration = integrationOf(subject, answers);
  return [
    ask.identity,
    existingUserQuestions.user(username),
    permissionQuestions.assignments(username),
    permissionQuestions.sets(username),
    permissionQuestions.objects(username),
    permissionQuestions.fields(username),
    permissionQuestions.legalFields,
    ...(integration === null ? [] : ownedQuestions(integration, answers)),
  ];
}

function ownedQuestions(integration: string, answers: Answers): readonly Question[] {
  const { accessSet, editorSet } = namesOf(integration);
  return [
    grantQuestions.ownedSet(accessSet),
    shareQuestions.editorFields(editorSet),
    shareQuestions.editorAssignments(editorSet),
    ...flagsOf(integration, answers).flatMap(({ object, field }) => [
      shareQuestions.field(object, field),
      shareQuestions.rules(object),
    ]),
    ask.metadata('CustomObject', 'Contact'),
  ];
}

/** Named by the command, or else by the mark on a permission set that the user holds. */
export function integrationOf({ username, integration }: Subject, answers: Answers): string | null {
  if (integration !== null) return integration;
  const marks = heldPermissions(username, answers).sources.map(({ description }) => readOwnership(description));
  return marks.find((mark) => mark !== null)?.integration ?? null;
}

export type Flag = { readonly object: string; readonly field: string };

/** Flags are found through the permission set of the flag editors. */
export function flagsOf(integration: string, answers: Answers): readonly Flag[] {
  return answerOr(answers, shareQuestions.editorFields(namesOf(integration).editorSet), [])
    .map((row) => textAt(row, 'Field') ?? '')
    .filter((name) => /^\w+\.\w+__c$/.test(name))
    .map((name) => ({ object: name.slice(0, name.indexOf('.')), field: name.slice(name.indexOf('.') + 1) }));
}
