import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/features/verification/check.js';
import { otherRules } from '../../../src/features/verification/checks/other-access.js';
import type { CheckStatus } from '../../../src/planning/verification.js';
import { filteredDefinition } from '../../support/verification.ts';
import { stateWith } from '../../support/verification-state.ts';

/** What the check makes of another rule for accounts that shares with the given. */
function outcomeOf(sharedTo: object): CheckStatus {
  const rules = { sharingOwnerRules: [{ fullName: 'Other', accessLevel: 'Read', sharedTo }] };
  const state = stateWith(filteredDefinition(), { 'SharingRules:Account': { ok: true, value: rules } });
  return runCheck(otherRules, state).check.status;
}

describe('Given another sharing rule, and a user without a role', () => {
  it.each<[string, object, CheckStatus]>([
    ['everybody inside', { allInternalUsers: '' }, 'fail'],
    ['a group without the user', { group: 'Sales' }, 'pass'],
    ['a role', { roleAndSubordinates: 'CEO' }, 'pass'],
    ['partners', { allPartnerUsers: '' }, 'pass'],
    ['managers', { managers: 'boss@acme.example' }, 'unknown'],
    ['managers and those below them', { managerSubordinates: 'boss@acme.example' }, 'unknown'],
    ['a territory', { territory: 'North' }, 'unknown'],
    ['a territory and those below it', { territoryAndSubordinates: 'North' }, 'unknown'],
    ['somebody of a kind that nobody has heard of', { everybodyElse: '' }, 'unknown'],
    ['nobody that can be read', {}, 'unknown'],
  ])('When it shares with %s, Then the outcome is as much as is known', (_, sharedTo, status) => {
    expect(outcomeOf(sharedTo)).toBe(status);
  });
});
