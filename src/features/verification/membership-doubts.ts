import type { Finding } from '../../planning/finding.js';
import type { RecordProof } from '../../planning/verification.js';
import { refusalsOf } from './check.js';
import { unlistedRole } from './memberships.js';
import { type AccessState } from './state.js';
import { texts } from './texts.js';

/** A role that Salesforce names and doesn't list leaves open what reaches the user through it. */
export function roleDoubts({ roleId, answers }: AccessState): readonly Finding[] {
  const unlisted = unlistedRole(roleId, answers);
  return unlisted === null ? [] : [texts.finding('warning', 'RoleNotListed', unlisted, [unlisted])];
}

/**
 * Where it is not known through which groups and roles something reaches the user, rows that are visible may have been put
 * down to the wrong cause, and suspicious ones not been looked at. What follows from permissions alone stands.
 */
export function withMembershipDoubts(proof: readonly RecordProof[], state: AccessState): readonly RecordProof[] {
  const reasons = [...refusalsOf(state.membershipQuestions, state), ...roleDoubts(state).map(({ message }) => message)];
  if (reasons.length === 0) return proof;
  return proof.map((item) =>
    item.status === 'pass' && item.method !== 'permissions'
      ? {
          ...item,
          status: 'unknown',
          scheme: `${item.scheme} ${texts.text('doubt.memberships', [reasons.join('; ')])}`,
        }
      : item,
  );
}
