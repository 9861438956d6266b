import { integrationPermissionSetLicense } from '../features/user/constants.js';
import { userQuestions } from '../features/user/questions.js';
import { answerOr, type Answers, type Row } from '../observation/question.js';
import { booleanAt, numberAt, textAt } from '../observation/row.js';
import type { LicenseUse } from './inventory.js';
import { inventoryQuestions } from './questions.js';

/** Who holds the seats; the number in use lags behind in Salesforce, so that active holders are counted besides. */
export function licenseUse(answers: Answers): readonly LicenseUse[] {
  const users = answerOr(answers, inventoryQuestions.users, []).filter((row) => booleanAt(row, 'IsActive'));
  const assigned = answerOr(answers, userQuestions.permissionSetLicenseHolders, []);
  return [
    ...answerOr(answers, userQuestions.license, []).map((row) => {
      const name = textAt(row, 'Name') ?? '';
      return useOf(row, { kind: 'UserLicense', name, label: name, holders: namesIn(users, 'Username') });
    }),
    ...answerOr(answers, userQuestions.permissionSetLicense, []).map((row) => {
      const name = textAt(row, 'DeveloperName') ?? integrationPermissionSetLicense;
      const label = textAt(row, 'MasterLabel') ?? name;
      return useOf(row, { kind: 'PermissionSetLicense', name, label, holders: namesIn(assigned, 'Assignee.Username') });
    }),
  ];
}

function namesIn(rows: readonly Row[], path: string): readonly string[] {
  return rows.flatMap((row) => textAt(row, path) ?? []);
}

function useOf(row: Row, license: Pick<LicenseUse, 'kind' | 'name' | 'label' | 'holders'>): LicenseUse {
  const total = numberAt(row, 'TotalLicenses') ?? 0;
  const used = Math.max(numberAt(row, 'UsedLicenses') ?? 0, license.holders.length);
  return { ...license, total, used, free: Math.max(0, total - used) };
}
