import { describe, expect, it } from 'vitest';
import { toFlagRequest } from '../../../src/flags/flag-request.js';

const requestFor = (where: string, mode: 'flag' | 'unflag' | 'sync' = 'sync') =>
  toFlagRequest({
    integration: 'HubSpot',
    sobject: 'Account',
    flagLabel: undefined,
    where,
    keys: undefined,
    keyField: 'Id',
    unflag: mode === 'unflag',
    sync: mode === 'sync',
  });

describe('Given the flags of flag-records', () => {
  it.each([
    'Send_to_HubSpot__c = false',
    'account.send_to_hubspot__c = true AND Id != null',
    "Name = 'x' OR (Industry = 'Energy' AND Send_to_HubSpot__c = true)",
    'Id IN (SELECT AccountId FROM Contact WHERE (Email = null)) AND Send_to_HubSpot__c = true',
  ])('When --sync is given and the condition, %s, asks for the flag itself, Then it is refused', (where) => {
    expect(() => requestFor(where)).toThrow(
      expect.objectContaining({ name: 'ConditionNamesFlagError', actions: [expect.any(String)] }),
    );
  });

  it.each([
    "Name = 'Send_to_HubSpot__c'",
    "Name = 'it\\'s Send_to_HubSpot__c'",
    'Parent.Send_to_HubSpot__c = true',
    'Id IN (SELECT AccountId FROM Contact WHERE Send_to_HubSpot__c = true)',
    'Id IN ( SELECT AccountId FROM Contact WHERE (Email = null) AND Send_to_HubSpot__c = true )',
  ])('When the condition, %s, asks for text or for the flag of other records, Then it is taken', (where) => {
    expect(requestFor(where).selection).toEqual({ kind: 'condition', where });
  });

  it.each(['flag', 'unflag'] as const)('When the mode is %s, Then the condition may ask for the flag', (mode) => {
    expect(requestFor('Send_to_HubSpot__c = true', mode).mode).toBe(mode);
  });
});
