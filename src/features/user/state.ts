import type { Definition } from '../../definition/definition.js';
import type { Answers, RecordsQuestion, Row } from '../../observation/question.js';
import { booleanAt, numberAt, textAt } from '../../observation/row.js';
import { userQuestions } from './questions.js';

export type ExistingUser = {
  readonly id: string;
  readonly isActive: boolean;
  readonly email: string | null;
  readonly profileId: string | null;
  readonly profileName: string | null;
  readonly licenseName: string | null;
  readonly roleId: string | null;
  readonly roleName: string | null;
  readonly hasLoggedIn: boolean;
};

export type License = {
  readonly id: string;
  readonly total: number;
  readonly used: number;
};

/** Rows of a question, none where it was not asked or was refused. */
export function rowsOf(answers: Answers, question: RecordsQuestion): readonly Row[] {
  const answer = answers.get(question);
  return answer?.ok === true ? answer.value : [];
}

export function isAnswered(answers: Answers, question: RecordsQuestion): boolean {
  return answers.get(question) !== undefined;
}

export function isRefused(answers: Answers, question: RecordsQuestion): boolean {
  return answers.get(question)?.ok === false;
}

export function runningUsername(answers: Answers): string | null {
  const answer = answers.get({ kind: 'identity', key: 'identity' });
  return answer?.ok === true ? answer.value.username : null;
}

export function existingUser(definition: Definition, answers: Answers): ExistingUser | null {
  const [row] = rowsOf(answers, userQuestions.user(definition.username));
  const id = row === undefined ? null : textAt(row, 'Id');
  if (row === undefined || id === null) return null;
  return {
    id,
    isActive: booleanAt(row, 'IsActive'),
    email: textAt(row, 'Email'),
    profileId: textAt(row, 'ProfileId'),
    profileName: textAt(row, 'Profile.Name'),
    licenseName: textAt(row, 'Profile.UserLicense.Name'),
    roleId: textAt(row, 'UserRoleId'),
    roleName: textAt(row, 'UserRole.DeveloperName'),
    hasLoggedIn: textAt(row, 'LastLoginDate') !== null,
  };
}

export function licenseIn(answers: Answers, question: RecordsQuestion): License | null {
  const [row] = rowsOf(answers, question);
  const id = row === undefined ? null : textAt(row, 'Id');
  if (row === undefined || id === null) return null;
  return { id, total: numberAt(row, 'TotalLicenses') ?? 0, used: numberAt(row, 'UsedLicenses') ?? 0 };
}

/** A user who exists and works keeps the seat; everyone else needs one. */
export function needsSeat(user: ExistingUser | null): boolean {
  return user?.isActive !== true;
}

export function seemsFull(license: License | null): boolean {
  return license !== null && license.used >= license.total;
}
