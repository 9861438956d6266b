import { describe, expect, it } from 'vitest';
import type { SharingRule } from '../../../practice-org/sharing/sharing.ts';
import { Scenario, sharingRule } from '../access/scenario.ts';

const everybody = { kind: 'allInternalUsers' } as const;
const web = { criteriaItems: [{ field: 'LeadSource', operation: 'equals', value: 'Web' }] };

function privateLeads(): Scenario {
  const scenario = new Scenario();
  scenario.defaults({ Lead: 'Private' });
  return scenario;
}

function put(scenario: Scenario, rule: SharingRule): () => void {
  return () => scenario.org.sharing.putRule(rule);
}

describe('Given sharing rules that are put', () => {
  it('when the object is Controlled by Parent, then the rule is refused', () => {
    const scenario = new Scenario();
    const rule = sharingRule('Order', everybody);
    expect(put(scenario, rule)).toThrow(
      "not supported for object Order since its org wide default is 'Controlled By Parent'",
    );
  });

  it('when the object is Public Read/Write, then the rule is refused', () => {
    const scenario = new Scenario();
    const rule = sharingRule('Opportunity', everybody);
    expect(put(scenario, rule)).toThrow(
      "not supported for object Opportunity since its org wide default is 'Public Read/Write'",
    );
  });

  it('when the object is Public Read Only, then the rule is accepted', () => {
    const scenario = new Scenario();
    scenario.defaults({ Lead: 'Read' });
    scenario.rule('Lead', everybody, { ...web, accessLevel: 'Edit' });
    expect(scenario.org.sharing.declared.rules).toHaveLength(1);
  });

  it('when a rule for accounts has no account settings, then it is refused', () => {
    const scenario = new Scenario();
    scenario.privateAccounts();
    const rule = sharingRule('Account', everybody, { accountSettings: null });
    expect(put(scenario, rule)).toThrow('AccountSettings is required for account sharing rules');
  });

  it('when its settings are below a child’s default, then it is refused', () => {
    const scenario = new Scenario();
    scenario.defaults({ Account: 'Read', Case: 'Private', Contact: 'Private' });
    expect(put(scenario, sharingRule('Account', everybody))).toThrow(
      'Opportunity access level below organization default',
    );
  });

  it('when Contact is Controlled by Parent, then any contact level is accepted', () => {
    const scenario = new Scenario();
    scenario.defaults({ Account: 'Private', Contact: 'ControlledByParent', Opportunity: 'Private', Case: 'Private' });
    const accountSettings = { caseAccessLevel: 'None', contactAccessLevel: 'Read', opportunityAccessLevel: 'None' };
    scenario.rule('Account', everybody, { accountSettings });
    expect(scenario.org.sharing.declared.rules).toHaveLength(1);
  });

  it.each([
    [{ kind: 'role', name: 'CEO_of_nothing' } as const, 'sharedTo not allowed:role - CEO_of_nothing'],
    [{ kind: 'group', name: 'Nobody' } as const, 'sharedTo not allowed:group - Nobody'],
    [{ kind: 'guestUser', name: '' } as const, "Specify a guest user's nickname for the guestUser field"],
  ])('when it is shared with somebody unknown (%o), then it is refused', (sharedTo, text) => {
    expect(put(privateLeads(), sharingRule('Lead', sharedTo, web))).toThrow(text);
  });

  it('when it names a group that has no members yet, then it is accepted', () => {
    const scenario = privateLeads();
    scenario.insert('Group', { Type: 'Regular', Name: 'New', DeveloperName: 'New' });
    scenario.org.sharing.putRule(sharingRule('Lead', { kind: 'group', name: 'New' }, web));
    expect(scenario.org.sharing.declared.rules).toHaveLength(1);
  });

  it('when a saved rule is shared with somebody else, then it is refused', () => {
    const scenario = privateLeads();
    scenario.group('Integration', []);
    scenario.rule('Lead', everybody, web);
    const rule = sharingRule('Lead', { kind: 'group', name: 'Integration' }, web);
    expect(put(scenario, rule)).toThrow("you can't change the Share with field settings");
  });

  it('when includeRecordsOwnedByAll of a saved rule changes, then it is refused', () => {
    const scenario = privateLeads();
    scenario.rule('Lead', everybody, web);
    const rule = sharingRule('Lead', everybody, { ...web, includeRecordsOwnedByAll: false });
    expect(put(scenario, rule)).toThrow("includeRecordsOwnedByAll can't be edited after you save the rule");
  });

  it('when the criteria of a saved rule change, then it is accepted', () => {
    const scenario = privateLeads();
    scenario.rule('Lead', everybody, web);
    const criteriaItems = [{ field: 'LeadSource', operation: 'equals', value: 'Other' }];
    scenario.rule('Lead', everybody, { criteriaItems });
    expect(scenario.org.sharing.declared.rules.map((rule) => rule.criteriaItems)).toEqual([criteriaItems]);
  });

  it('when an object has 50 rules by criteria, then one more is refused', () => {
    const scenario = privateLeads();
    scenario.org.sharing.together(() => {
      for (let number = 1; number <= 50; number++) {
        scenario.org.sharing.putRule(sharingRule('Lead', everybody, { ...web, fullName: `Rule_${number}` }));
      }
    });
    scenario.org.sharing.settle();
    expect(put(scenario, sharingRule('Lead', everybody, { ...web, fullName: 'Rule_51' }))).toThrow('50');
  });

  it('when the edition is Professional, then leads have no rules by criteria', () => {
    const scenario = new Scenario({ quirks: { edition: 'professional' } });
    scenario.defaults({ Lead: 'Private' });
    expect(put(scenario, sharingRule('Lead', everybody, web))).toThrow(
      'Not available for deploy for this organization',
    );
  });

  it('when the same rule is put again, then nothing happens', () => {
    const scenario = privateLeads();
    scenario.rule('Lead', everybody, web);
    scenario.org.sharing.putRule(sharingRule('Lead', everybody, web));
    expect(scenario.org.sharing.recalculating()).toBe(false);
  });

  it('when their group is deleted, then the rules go with it', () => {
    const scenario = new Scenario();
    scenario.privateAccounts();
    scenario.group('Integration', []);
    scenario.rule('Account', { kind: 'group', name: 'Integration' });
    scenario.rule('Contact', { kind: 'group', name: 'Integration' }, web);
    scenario.org.sharing.principalDeleted({ kind: 'group', name: 'Integration' });
    expect(scenario.org.sharing.declared.rules).toEqual([]);
  });
});
