import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/features/verification/check.js';
import { organizationWideDefaults, recalculation } from '../../../src/features/verification/checks/sharing.js';
import { filteredDefinition } from '../../support/verification.ts';
import { stateWith } from '../../support/verification-state.ts';

const declaredPrivate = { sharingModel: 'Private', externalSharingModel: 'Private' };
const reported = (sobject: string, model: string | null) => ({
  QualifiedApiName: sobject,
  InternalSharingModel: model,
});

/** Both checks, where everything but the given is declared Private and in effect. */
function outcomes(account: object | null, entities = [reported('Account', 'Private'), reported('Contact', 'Private')]) {
  const declared = { ok: true, value: declaredPrivate } as const;
  const state = stateWith(filteredDefinition(), {
    'CustomObject:Account': { ok: true, value: account },
    'CustomObject:Contact': declared,
    'CustomObject:Opportunity': declared,
    'CustomObject:Case': declared,
    EntityDefinition: { ok: true, value: entities },
  });
  return [organizationWideDefaults, recalculation].map((check) => runCheck(check, state).check.status);
}

describe('Given shared objects', () => {
  it('When their defaults are declared Private and in effect, Then both checks pass', () => {
    expect(outcomes(declaredPrivate)).toEqual(['pass', 'pass']);
  });

  it.each([
    ['no metadata', null],
    ['metadata without a default', { fields: [] }],
  ])('When Salesforce shows %s of one, Then its default is unknown', (_, metadata) => {
    expect(outcomes(metadata)).toEqual(['unknown', 'unknown']);
  });

  it.each([
    ['it does not report one at all', [reported('Contact', 'Private')]],
    ['it reports no default of one', [reported('Account', null), reported('Contact', 'Private')]],
  ])('When %s, Then it is unknown whether the default is in effect', (_, entities) => {
    expect(outcomes(declaredPrivate, entities)).toEqual(['pass', 'unknown']);
  });

  it('When the default of one is open, Then that is a failure', () => {
    expect(outcomes({ sharingModel: 'Read' })[0]).toBe('fail');
  });
});
