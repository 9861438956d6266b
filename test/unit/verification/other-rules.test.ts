import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/features/verification/check.js';
import { otherRules } from '../../../src/features/verification/checks/other-access.js';
import type { CheckStatus } from '../../../src/planning/verification.js';
import { filteredDefinition } from '../../support/verification.ts';
import { stateWith, type Told } from '../../support/verification-state.ts';

/** What the check makes of another rule for accounts that shares with the given. */
function outcomeOf(sharedTo: object, answers: Readonly<Record<string, Told>> = {}): CheckStatus {
  const rules = { sharingOwnerRules: [{ fullName: 'Other', accessLevel: 'Read', sharedTo }] };
  const state = stateWith(filteredDefinition(), { 'SharingRules:Account': { ok: true, value: rules }, ...answers });
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
    ['a territory', { territory: 'North' }, 'pass'],
    ['a territory and those below it', { territoryAndSubordinates: 'North' }, 'pass'],
    ['somebody of a kind that nobody has heard of', { everybodyElse: '' }, 'unknown'],
    ['nobody that can be read', {}, 'unknown'],
  ])('When it shares with %s, Then the outcome is as much as is known', (_, sharedTo, status) => {
    expect(outcomeOf(sharedTo)).toBe(status);
  });
});

describe('Given a sharing rule with a territory, and a user', () => {
  const refusal = { errorCode: 'QUERY_TIMEOUT', message: 'It took too long.' };

  it.each<[string, Told]>([
    ['in some territory', { ok: true, value: [{ Id: '0UT000000000001AAA', Territory2: { Name: 'South' } }] }],
    ['of whose territories Salesforce says nothing', { ok: false, refusal }],
  ])('When it is one %s, Then it is not known whether the rule reaches it', (_, UserTerritory2Association) => {
    expect(outcomeOf({ territoryAndSubordinates: 'North' }, { UserTerritory2Association })).toBe('unknown');
  });
});
