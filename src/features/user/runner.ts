import type { Answers } from '../../observation/question.js';
import type { Finding } from '../../planning/finding.js';
import { runnerMay, type RunnerPermission } from '../permissions/runner.js';
import { userQuestions } from './questions.js';
import { isRefused, runningUsername } from './state.js';
import { texts } from './texts.js';

/** What the person who runs the command must be allowed to do, by what is about to be done. */
export type Needed = { readonly manageUsers: boolean; readonly assign: boolean };

/** Told beforehand, because Salesforce tells it only half way through. Unknown permissions are not held against anyone. */
export function runnerFindings(needed: Needed, answers: Answers): readonly Finding[] {
  const username = runningUsername(answers) ?? '';
  if (isRefused(answers, userQuestions.license) || isRefused(answers, userQuestions.permissionSetLicense)) {
    return [missing(username, ['View Setup and Configuration'])];
  }
  const lacks = (...anyOf: readonly RunnerPermission[]): boolean => !runnerMay(username, anyOf, answers);
  const lacking = [
    ...(needed.manageUsers && lacks('ManageUsers', 'ManageInternalUsers') ? ['Manage Internal Users'] : []),
    ...(needed.assign && lacks('AssignPermissionSets') ? ['Assign Permission Sets'] : []),
  ];
  return lacking.length === 0 ? [] : [missing(username, lacking)];
}

function missing(username: string, permissions: readonly string[]): Finding {
  return texts.finding('error', 'MissingPermission', username, [username, permissions.join(', ')]);
}
