import type { Finding } from '../../planning/finding.js';
import { refusalsOf } from './check.js';
import { unlistedRole } from './memberships.js';
import type { AccessState } from './state.js';
import { texts } from './texts.js';

/** A role that Salesforce names and doesn't list leaves open what reaches the user through it. */
export function roleDoubts({ roleId, answers }: AccessState): readonly Finding[] {
  const unlisted = unlistedRole(roleId, answers);
  return unlisted === null ? [] : [texts.finding('warning', 'RoleNotListed', unlisted, [unlisted])];
}

/** Why it is not known through which groups and roles something reaches the user; empty where it is. */
export function membershipDoubts(state: AccessState): readonly string[] {
  return [...refusalsOf(state.membershipQuestions, state), ...roleDoubts(state).map(({ message }) => message)];
}
