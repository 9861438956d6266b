import type { Answers, Question, RecordsQuestion } from '../../observation/question.js';
import { booleanAt, textAt } from '../../observation/row.js';
import type { Finding } from '../../planning/finding.js';
import { integrationLicense, integrationPermissionSetLicense } from './constants.js';
import { userQuestions } from './questions.js';
import { shortList } from './role.js';
import { licenseIn, rowsOf, seemsFull, type License } from './state.js';
import { texts } from './texts.js';

export type SeatNeeds = { readonly userLicense: boolean; readonly permissionSetLicense: boolean };

/** Who holds the seats is asked only where none seems free. */
export function seatQuestions(needs: SeatNeeds, answers: Answers): readonly Question[] {
  const full = (needed: boolean, question: RecordsQuestion): boolean =>
    needed && seemsFull(licenseIn(answers, question));
  return [
    ...(full(needs.userLicense, userQuestions.license) ? [userQuestions.licenseHolders] : []),
    ...(full(needs.permissionSetLicense, userQuestions.permissionSetLicense)
      ? [userQuestions.permissionSetLicenseHolders]
      : []),
  ];
}

export function seatFindings(needs: SeatNeeds, answers: Answers): readonly Finding[] {
  return [...userLicenseFindings(needs, answers), ...permissionSetLicenseFindings(needs, answers)];
}

function userLicenseFindings(needs: SeatNeeds, answers: Answers): readonly Finding[] {
  const license = licenseIn(answers, userQuestions.license);
  if (license === null) return [texts.finding('error', 'IntegrationLicenseMissing', integrationLicense)];
  if (!needs.userLicense || !seemsFull(license)) return [];
  const holders = rowsOf(answers, userQuestions.licenseHolders).map((row) => ({
    username: textAt(row, 'Username') ?? '',
    isActive: booleanAt(row, 'IsActive'),
  }));
  // UsedLicenses lags behind: only as many active users as seats prove that none is free.
  if (holders.filter((holder) => holder.isActive).length < license.total) return [];
  return [noSeat('NoUserLicenseSeat', integrationLicense, license, holders)];
}

function permissionSetLicenseFindings(needs: SeatNeeds, answers: Answers): readonly Finding[] {
  if (!needs.permissionSetLicense) return [];
  const license = licenseIn(answers, userQuestions.permissionSetLicense);
  if (license === null) {
    return [texts.finding('error', 'PermissionSetLicenseMissing', integrationPermissionSetLicense)];
  }
  if (!seemsFull(license)) return [];
  const holders = rowsOf(answers, userQuestions.permissionSetLicenseHolders).map((row) => ({
    username: textAt(row, 'Assignee.Username') ?? '',
    isActive: booleanAt(row, 'Assignee.IsActive'),
  }));
  return [noSeat('NoPermissionSetLicenseSeat', integrationPermissionSetLicense, license, holders)];
}

type Holder = { readonly username: string; readonly isActive: boolean };

function noSeat(code: string, name: string, license: License, holders: readonly Holder[]): Finding {
  const names = holders.map(({ username, isActive }) =>
    isActive ? username : texts.text('inactiveHolder', [username]),
  );
  return texts.finding('error', code, name, [license.total, shortList(names, 20)]);
}
