import { describe, expect, it } from 'vitest';
import { Scenario } from './scenario.ts';

const readers = {
  objects: { Account: 'read', Contact: 'read', Opportunity: 'read', Case: 'read', Lead: 'read' },
} as const;

function privateOrg(): Scenario {
  const scenario = new Scenario();
  scenario.privateAccounts();
  return scenario;
}

/** Salesforce Help, "Sharing Across Objects". */
describe('Given private accounts and their children', () => {
  it('when a contact is shared by a rule, then its unshared account can be read', () => {
    const scenario = privateOrg();
    const user = scenario.user(readers);
    scenario.group('Integration', [user]);
    const owner = scenario.user(readers);
    const account = scenario.insert('Account', { OwnerId: owner });
    scenario.insert('Contact', { AccountId: account, OwnerId: owner, LeadSource: 'Web' });
    scenario.rule('Contact', { kind: 'group', name: 'Integration' }, criteria('LeadSource', 'Web'));
    expect(scenario.access(user, 'Account', account).maxAccessLevel).toBe('Read');
  });

  it('when the contact is seen through View All only, then its account stays hidden', () => {
    const scenario = privateOrg();
    const owner = scenario.user(readers);
    const account = scenario.insert('Account', { OwnerId: owner });
    scenario.insert('Contact', { AccountId: account, OwnerId: owner });
    const viewer = scenario.user({ objects: { Account: 'read', Contact: 'viewAll' } });
    expect(scenario.sees(viewer, 'Account', account)).toBe(false);
  });

  it('when contacts are Controlled by Parent, then owning one opens no account', () => {
    const scenario = privateOrg();
    scenario.defaults({ Contact: 'ControlledByParent' });
    const user = scenario.user(readers);
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers) });
    scenario.insert('Contact', { AccountId: account, OwnerId: user });
    expect(scenario.sees(user, 'Account', account)).toBe(false);
  });

  it('when the role of the account owner gives Edit on cases, then the owner edits cases of others on the account', () => {
    const scenario = privateOrg();
    const role = scenario.role('Sales', null, { CaseAccessForAccountOwner: 'Edit' });
    const owner = scenario.user({ objects: { Account: 'read', Case: 'edit' } }, { UserRoleId: role });
    const account = scenario.insert('Account', { OwnerId: owner });
    const childCase = scenario.insert('Case', { AccountId: account, OwnerId: scenario.user(readers) });
    expect(scenario.access(owner, 'Case', childCase).hasEditAccess).toBe(true);
  });

  it('when the role gives nothing on opportunities, then the account owner does not see those of others', () => {
    const scenario = privateOrg();
    const role = scenario.role('Sales', null, { OpportunityAccessForAccountOwner: 'None' });
    const owner = scenario.user(readers, { UserRoleId: role });
    const account = scenario.insert('Account', { OwnerId: owner });
    const opportunity = scenario.insert('Opportunity', { AccountId: account, OwnerId: scenario.user(readers) });
    expect(scenario.sees(owner, 'Opportunity', opportunity)).toBe(false);
  });

  it('when an account rule brings contacts along, then contacts of shared accounts can be read', () => {
    const scenario = privateOrg();
    const user = scenario.user(readers);
    scenario.group('Integration', [user]);
    const owner = scenario.user(readers);
    const account = scenario.insert('Account', { OwnerId: owner, Type: 'Customer' });
    const contact = scenario.insert('Contact', { AccountId: account, OwnerId: owner });
    scenario.rule(
      'Account',
      { kind: 'group', name: 'Integration' },
      {
        accountSettings: { caseAccessLevel: 'None', contactAccessLevel: 'Read', opportunityAccessLevel: 'None' },
      },
    );
    expect(scenario.sees(user, 'Contact', contact)).toBe(true);
  });

  it('when a contact has no account, then a rule does not share it', () => {
    const scenario = privateOrg();
    const user = scenario.user(readers);
    scenario.group('Integration', [user]);
    const contact = scenario.insert('Contact', { OwnerId: scenario.user(readers), LeadSource: 'Web' });
    scenario.rule('Contact', { kind: 'group', name: 'Integration' }, criteria('LeadSource', 'Web'));
    expect(scenario.sees(user, 'Contact', contact)).toBe(false);
  });

  it('when a contact without account is Controlled by Parent, then it is private to its owner', () => {
    const scenario = new Scenario();
    const owner = scenario.user(readers);
    const contact = scenario.insert('Contact', { OwnerId: owner });
    expect([owner, scenario.user(readers)].map((user) => scenario.sees(user, 'Contact', contact))).toEqual([
      true,
      false,
    ]);
  });
});

function criteria(field: string, value: string) {
  return { criteriaItems: [{ field, operation: 'equals', value }] };
}
