import { describe, expect, it } from 'vitest';
import { runCheck } from '../../../src/features/verification/check.js';
import { formulas } from '../../../src/features/verification/checks/fields.js';
import type { CheckStatus } from '../../../src/planning/verification.js';
import { filteredDefinition } from '../../support/verification.ts';
import { stateWith } from '../../support/verification-state.ts';

/** What the check makes of accounts with the given fields, of which AnnualRevenue is hidden, and of their metadata. */
function outcomeOf(fields: readonly string[], metadata: object | null): CheckStatus {
  const picklistValues = fields.map((field) => ({ value: `Account.${field}`, active: true }));
  const state = stateWith(filteredDefinition(), {
    'describe:FieldPermissions': { ok: true, value: { fields: [{ name: 'Field', picklistValues }] } },
    'CustomObject:Account': { ok: true, value: metadata },
    'CustomObject:Contact': { ok: true, value: {} },
  });
  return runCheck(formulas, state).check.status;
}

describe('Given accounts with a hidden field', () => {
  it('When Salesforce shows no metadata of them and they have custom fields, Then what formulas show is unknown', () => {
    expect(outcomeOf(['AnnualRevenue', 'Band__c'], null)).toBe('unknown');
  });

  it('When it shows none and they have no custom fields, Then there are no formulas', () => {
    expect(outcomeOf(['AnnualRevenue'], null)).toBe('pass');
  });

  it('When it shows their metadata, Then the formulas are read', () => {
    expect(outcomeOf(['AnnualRevenue', 'Band__c'], {})).toBe('pass');
  });
});
