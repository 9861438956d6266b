import { describe, expect, it } from 'vitest';
import { quirkValues, type OrgSettings } from '../../practice-org/org/settings.ts';
import { ApplyScenario } from '../support/apply-scenario.ts';

const username = 'hubspot@acme.example';
const definition = `integration: HubSpot
user: { username: ${username}, email: integrations@acme.example }
grant:
  objects: { Account: [read, edit], Contact: [read], Lead: [read] }
  fields: { read: [Account.Industry, Account.AnnualRevenue, Contact.Email], edit: [Account.Rating] }
hide: { fields: ["Account.*Revenue", Contact.Phone] }
share:
  organizationWideDefaults: manage
  unfiltered: [Lead]
  objects:
    Account: { access: edit, flagInitially: "Industry = 'Technology'" }
    Contact: { access: read, flagInitially: "LastName LIKE '%1'" }
`;

type Kind = Pick<OrgSettings, 'profileGeneration'> & { readonly name: string; readonly value: string };

/** Those that concern waiting for a default, contacts with their parents, and fields that a profile shows. */
const kinds: readonly Kind[] = [
  ...quirkValues['entity-definition'].map((value): Kind => ({
    profileGeneration: 'new',
    name: 'entity-definition',
    value,
  })),
  { profileGeneration: 'new', name: 'check-only', value: 'current' },
  { profileGeneration: 'new', name: 'person-accounts', value: 'on' },
  { profileGeneration: 'old', name: 'field-permissions', value: 'refused' },
  { profileGeneration: 'old', name: 'language', value: 'de' },
  { profileGeneration: 'both', name: 'language', value: 'fr' },
];

describe('Given orgs of several kinds, in which a recalculation takes time', () => {
  const org = new ApplyScenario();

  it.each(kinds)(
    'When all is applied where $name is $value and profiles are $profileGeneration, Then it is done, and done again nothing is written',
    async ({ profileGeneration, name, value }) => {
      await org.given({ profileGeneration, recalculationMs: 100, quirks: { [name]: value } });
      const first = await org.apply(definition, { allowedImpacts: new Set(['profile']) });
      const second = await org.apply(definition, { allowedImpacts: new Set(['profile']) });
      expect(first.exitCode, first.message).toBe(0);
      expect(second).toMatchObject({ exitCode: 0, writes: 0 });
      const accounts = await org.seen(username, 'Account');
      const contacts = await org.seen(username, 'Contact');
      const flaggedAccounts = await org.ids('SELECT Id FROM Account WHERE Send_to_HubSpot__c = true');
      const parents = await org.ids(
        'SELECT Id FROM Account WHERE Id IN (SELECT AccountId FROM Contact WHERE Send_to_HubSpot__c = true)',
      );
      expect(accounts.ids).toEqual([...new Set([...flaggedAccounts, ...parents])].sort());
      expect(contacts.ids).toEqual(
        await org.ids('SELECT Id FROM Contact WHERE Send_to_HubSpot__c = true AND AccountId != null'),
      );
      expect(accounts.fields).toEqual(expect.arrayContaining(['Industry', 'Rating', 'AnnualRevenue']));
      expect(contacts.fields).not.toContain('Phone');
    },
  );
});
