import { answerOr, ask, type Answers, type Question } from '../../observation/question.js';
import { textAt } from '../../observation/row.js';
import { soql, soqlName } from '../../org/soql.js';
import type { Definition } from '../../definition/definition.js';
import { hideQuestions } from '../hide/hide-questions.js';
import { fieldCatalogue } from '../permissions/field-catalogue.js';
import { heldPermissions, readableObjects } from '../permissions/held-permissions.js';
import { permissionQuestions } from '../permissions/questions.js';
import { userAccessQuestions } from '../permissions/user-access.js';
import { shareQuestions } from '../share/questions.js';
import { userQuestions } from '../user/questions.js';
import { runningUsername } from '../user/state.js';
import { groupsOfUser } from './memberships.js';
import { profileMetadataQuestions } from './profile-metadata.js';
import { shareColumns } from './share-objects.js';

export const verificationQuestions = {
  frozen: (userId: string) => ask.records(soql`SELECT Id, IsFrozen FROM UserLogin WHERE UserId = ${userId}`),
  logins: (userId: string) =>
    ask.records(
      soql`SELECT LoginTime, SourceIp, Application, Status FROM LoginHistory WHERE UserId = ${userId} ORDER BY LoginTime DESC LIMIT 100`,
    ),
  shareCauses: (sobject: string, userOrGroupIds: readonly string[]) =>
    ask.records(
      soql`SELECT RowCause, COUNT(Id) shares FROM ${soqlName(shareColumns(sobject).shareObject)} WHERE UserOrGroupId IN ${userOrGroupIds} GROUP BY RowCause`,
    ),
} as const satisfies Record<string, (...values: never[]) => Question>;

export function questions(definition: Definition, answers: Answers): readonly Question[] {
  const { username } = definition;
  const runner = runningUsername(answers);
  return [
    ask.identity,
    ...(runner === null ? [] : [userQuestions.runner(runner)]),
    userQuestions.user(username),
    userQuestions.licenseAssignment(username),
    permissionQuestions.assignments(username),
    permissionQuestions.sets(username),
    permissionQuestions.objects(username),
    permissionQuestions.fields(username),
    permissionQuestions.legalFields,
    shareQuestions.roles,
    ...groupsOfUser(username, answers).next,
    ...userRound(definition, answers),
    ...objectRound(definition, answers),
    ...fieldRound(definition, answers),
  ];
}

function userRound({ username, share }: Definition, answers: Answers): readonly Question[] {
  const user = userRow(username, answers);
  if (user === null) return [];
  const profileId = textAt(user, 'ProfileId') ?? '';
  const userId = textAt(user, 'Id') ?? '';
  const shared = share?.objects.map(({ object }) => object) ?? [];
  const groups = groupsOfUser(username, answers);
  return [
    verificationQuestions.frozen(userId),
    verificationQuestions.logins(userId),
    hideQuestions.othersOnProfile(profileId, username),
    ...profileMetadataQuestions(user, runningUsername(answers) ?? '', answers),
    ...(groups.next.length === 0
      ? shared.map((object) => verificationQuestions.shareCauses(object, [userId, ...groups.all.map(({ id }) => id)]))
      : []),
  ];
}

/** What the server says about objects: those that the user reads, and those that it should. */
function objectRound(definition: Definition, answers: Answers): readonly Question[] {
  const objects = concernedObjects(definition, answers);
  if (objects.length === 0) return [];
  return [
    permissionQuestions.entities(objects),
    ...objects.map(hideQuestions.objectMetadata),
    ...entityAccessQuestions(definition, answers),
  ];
}

export function concernedObjects(definition: Definition, answers: Answers): readonly string[] {
  if (answers.get(permissionQuestions.objects(definition.username)) === undefined) return [];
  const readable = readableObjects(heldPermissions(definition.username, answers));
  const shared = definition.share?.objects.map(({ object }) => object) ?? [];
  return [...new Set([...readable, ...shared])].sort();
}

export function entityAccessQuestions(definition: Definition, answers: Answers) {
  const userId = userIdOf(definition.username, answers);
  const rows = answerOr(answers, permissionQuestions.entities(concernedObjects(definition, answers)), []);
  const ids = rows.flatMap((row) => textAt(row, 'DurableId') ?? []).map((id) => `${id}.${userId ?? ''}`);
  return userId === null ? [] : userAccessQuestions.objects(ids);
}

function fieldRound(definition: Definition, answers: Answers): readonly Question[] {
  if (answers.get(permissionQuestions.legalFields) === undefined) return [];
  const objects = concernedObjects(definition, answers);
  return [...objects.map(hideQuestions.classification), ...fieldAccessQuestions(definition, answers)];
}

/** The server's answer about every field that can have a permission at all. */
export function fieldAccessQuestions(definition: Definition, answers: Answers) {
  const userId = userIdOf(definition.username, answers);
  if (userId === null) return [];
  const ids = durableFields(definition, answers).map(({ durableId }) => `${durableId}.${userId}`);
  return userAccessQuestions.fields(ids);
}

export type DurableField = { readonly field: string; readonly durableId: string };

export function durableFields(definition: Definition, answers: Answers): readonly DurableField[] {
  const { permissionable } = fieldCatalogue(answers);
  return concernedObjects(definition, answers).flatMap((object) =>
    answerOr(answers, hideQuestions.classification(object), []).flatMap((row) => {
      const field = permissionable.get(`${object}.${textAt(row, 'QualifiedApiName') ?? ''}`.toLowerCase());
      const durableId = textAt(row, 'DurableId');
      return field === undefined || durableId === null ? [] : [{ field, durableId }];
    }),
  );
}

export function userRow(username: string, answers: Answers) {
  return answerOr(answers, userQuestions.user(username), [])[0] ?? null;
}

export function userIdOf(username: string, answers: Answers): string | null {
  const row = userRow(username, answers);
  return row === null ? null : textAt(row, 'Id');
}
