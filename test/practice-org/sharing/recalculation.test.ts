import { describe, expect, it } from 'vitest';
import type { SharingModelValue } from '../../../practice-org/sharing/sharing.ts';
import { Scenario, sharingRule } from '../access/scenario.ts';

const readers = { objects: { Account: 'read', Lead: 'read' } } as const;
const lockText = /The sharing calculation you requested can't be processed right now/;

function declare(scenario: Scenario, models: Readonly<Record<string, SharingModelValue>>): void {
  scenario.org.sharing.setModels(
    new Map(Object.entries(models).map(([object, internal]) => [object, { internal, external: 'Private' as const }])),
  );
}

function leadOfSomebodyElse(scenario: Scenario): string {
  return scenario.insert('Lead', { LastName: 'One', OwnerId: scenario.user(readers), LeadSource: 'Web' });
}

const webLeads = { criteriaItems: [{ field: 'LeadSource', operation: 'equals', value: 'Web' }] };

/** Security Implementation Guide, admin_sharing. */
describe('Given a recalculation of an organization-wide default', () => {
  it('when access is decreased, then the old access holds until it has ended', () => {
    const scenario = new Scenario();
    const user = scenario.user(readers);
    const lead = leadOfSomebodyElse(scenario);
    declare(scenario, { Lead: 'Private' });
    const during = scenario.sees(user, 'Lead', lead);
    scenario.wait(1_000);
    expect([during, scenario.sees(user, 'Lead', lead)]).toEqual([true, false]);
  });

  it('when access is increased, then it takes effect immediately', () => {
    const scenario = new Scenario();
    const user = scenario.user(readers);
    const lead = leadOfSomebodyElse(scenario);
    scenario.defaults({ Lead: 'Private' });
    declare(scenario, { Lead: 'Read' });
    expect([scenario.sees(user, 'Lead', lead), scenario.org.sharing.recalculating()]).toEqual([true, true]);
  });

  it('when nothing changes, then nothing is recalculated', () => {
    const scenario = new Scenario();
    declare(scenario, { Lead: 'ReadWriteTransfer' });
    expect(scenario.org.sharing.recalculating()).toBe(false);
  });

  it('when the transaction is rolled back, then the declared model is the old one', () => {
    const scenario = new Scenario();
    expect(() =>
      scenario.org.store.transaction(() => {
        declare(scenario, { Lead: 'Private' });
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
    expect([scenario.org.sharing.declaredModel('Lead').internal, scenario.org.sharing.recalculating()]).toEqual([
      'ReadWriteTransfer',
      false,
    ]);
  });
});

describe('Given a recalculation of sharing rules', () => {
  function withGroup() {
    const scenario = new Scenario();
    scenario.defaults({ Lead: 'Private' });
    const user = scenario.user(readers);
    scenario.group('Integration', [user]);
    return { scenario, user, lead: leadOfSomebodyElse(scenario) };
  }
  const toGroup = { kind: 'group', name: 'Integration' } as const;

  it('when a rule is added, then it shares nothing until it has ended', () => {
    const { scenario, user, lead } = withGroup();
    scenario.org.sharing.putRule(sharingRule('Lead', toGroup, webLeads));
    const during = scenario.sees(user, 'Lead', lead);
    scenario.wait(1_000);
    expect([during, scenario.sees(user, 'Lead', lead)]).toEqual([false, true]);
  });

  it('when a rule is removed, then its access holds until it has ended', () => {
    const { scenario, user, lead } = withGroup();
    scenario.rule('Lead', toGroup, webLeads);
    scenario.org.sharing.removeRule({ object: 'Lead', kind: 'criteria', fullName: 'Shared' });
    const during = scenario.sees(user, 'Lead', lead);
    scenario.wait(1_000);
    expect([during, scenario.sees(user, 'Lead', lead)]).toEqual([true, false]);
  });

  it('when only the label changes, then nothing is recalculated', () => {
    const { scenario } = withGroup();
    scenario.rule('Lead', toGroup, webLeads);
    scenario.org.sharing.putRule(sharingRule('Lead', toGroup, { ...webLeads, label: 'New label' }));
    expect(scenario.org.sharing.recalculating()).toBe(false);
  });

  it('when a member joins the group, then the member gains only after a recalculation', () => {
    const { scenario, lead } = withGroup();
    scenario.rule('Lead', toGroup, webLeads);
    const joining = scenario.user(readers);
    const group = scenario.org.store.select('Group', { DeveloperName: 'Integration' })[0]?.['Id'] ?? null;
    scenario.insert('GroupMember', { GroupId: group, UserOrGroupId: joining });
    scenario.org.sharing.membershipChanged();
    const during = scenario.sees(joining, 'Lead', lead);
    scenario.wait(1_000);
    expect([during, scenario.sees(joining, 'Lead', lead)]).toEqual([false, true]);
  });

  it('when a user is activated, then the user gains only after a recalculation', () => {
    const { scenario, lead } = withGroup();
    scenario.rule('Lead', { kind: 'allInternalUsers' }, webLeads);
    const sleeper = scenario.user(readers, { IsActive: false });
    scenario.update('User', sleeper, { IsActive: true });
    scenario.org.sharing.membershipChanged();
    const during = scenario.sees(sleeper, 'Lead', lead);
    scenario.wait(1_000);
    expect([during, scenario.sees(sleeper, 'Lead', lead)]).toEqual([false, true]);
  });

  it('when a role moves below another, then the user above gains only after a recalculation', () => {
    const scenario = new Scenario();
    scenario.defaults({ Lead: 'Private' });
    const top = scenario.role('Top');
    const side = scenario.role('Side');
    const manager = scenario.user(readers, { UserRoleId: top });
    const lead = scenario.insert('Lead', { LastName: 'One', OwnerId: scenario.user(readers, { UserRoleId: side }) });
    scenario.update('UserRole', side, { ParentRoleId: top });
    scenario.org.sharing.membershipChanged();
    const during = scenario.sees(manager, 'Lead', lead);
    scenario.wait(1_000);
    expect([during, scenario.sees(manager, 'Lead', lead)]).toEqual([false, true]);
  });

  it('when the owner of a record changes, then that counts at once', () => {
    const { scenario, user, lead } = withGroup();
    scenario.update('Lead', lead, { OwnerId: user });
    expect(scenario.sees(user, 'Lead', lead)).toBe(true);
  });
});

/** Security Implementation Guide, security_sharing_recalculating_parallel. */
describe('Given the locks of a running recalculation', () => {
  const everybody = { kind: 'allInternalUsers' } as const;

  it('when a rule of any object recalculates, then no organization-wide default can change', () => {
    const scenario = new Scenario();
    scenario.defaults({ Lead: 'Private' });
    scenario.org.sharing.putRule(sharingRule('Lead', everybody, webLeads));
    expect(() => declare(scenario, { Campaign: 'Private' })).toThrow(lockText);
  });

  it('when an organization-wide default recalculates, then no rule of its object can change', () => {
    const scenario = new Scenario();
    declare(scenario, { Lead: 'Private' });
    expect(() => scenario.org.sharing.putRule(sharingRule('Lead', everybody, webLeads))).toThrow(lockText);
  });

  it('when the default of Account recalculates, then no rule of Opportunity can change', () => {
    const scenario = new Scenario();
    scenario.privateAccounts();
    declare(scenario, { Account: 'Read' });
    const rule = sharingRule('Opportunity', everybody, {
      criteriaItems: [{ field: 'Type', operation: 'equals', value: 'New' }],
    });
    expect(() => scenario.org.sharing.putRule(rule)).toThrow(lockText);
  });

  it('when the default of Account recalculates, then rules of Lead go on', () => {
    const scenario = new Scenario();
    scenario.defaults({ Lead: 'Private' });
    declare(scenario, { Account: 'Read' });
    scenario.org.sharing.putRule(sharingRule('Lead', everybody, webLeads));
    expect(scenario.org.sharing.declared.rules).toHaveLength(1);
  });

  it('when a rule of Opportunity recalculates, then no rule of Account can change', () => {
    const scenario = new Scenario();
    scenario.privateAccounts();
    const criteriaItems = [{ field: 'Type', operation: 'equals', value: 'New' }];
    scenario.org.sharing.putRule(sharingRule('Opportunity', everybody, { criteriaItems }));
    expect(() => scenario.org.sharing.putRule(sharingRule('Account', everybody))).toThrow(lockText);
  });

  it('when the lock refuses a change, then the change is not declared', () => {
    const scenario = new Scenario();
    declare(scenario, { Lead: 'Private' });
    expect(() => scenario.org.sharing.putRule(sharingRule('Lead', everybody, webLeads))).toThrow();
    expect(scenario.org.sharing.declared.rules).toEqual([]);
  });

  it('when the recalculation has ended, then the refused change is accepted', () => {
    const scenario = new Scenario();
    declare(scenario, { Lead: 'Private' });
    scenario.wait(1_000);
    scenario.org.sharing.putRule(sharingRule('Lead', everybody, webLeads));
    expect(scenario.org.sharing.declared.rules).toHaveLength(1);
  });

  it('when default and rules come in one deployment, then they do not lock each other out', () => {
    const scenario = new Scenario();
    scenario.org.sharing.together(() => {
      declare(scenario, { Lead: 'Private' });
      scenario.org.sharing.putRule(sharingRule('Lead', everybody, { ...webLeads, fullName: 'One' }));
      scenario.org.sharing.putRule(sharingRule('Lead', everybody, { ...webLeads, fullName: 'Two' }));
    });
    expect(scenario.org.sharing.declared.rules).toHaveLength(2);
  });

  it.each([
    [
      'fr',
      'Le calcul de partage demandé ne peut être traité maintenant car il interfère avec une autre opération en cours',
    ],
    ['de', 'Die angeforderte Freigabeberechnung kann derzeit nicht verarbeitet werden'],
  ] as const)('when the org speaks %s, then so does the lock', (language, text) => {
    const scenario = new Scenario({ quirks: { language } });
    declare(scenario, { Lead: 'Private' });
    expect(() => scenario.org.sharing.putRule(sharingRule('Lead', everybody, webLeads))).toThrow(text);
  });

  it('when an organization-wide default recalculates, then group membership is locked', () => {
    const scenario = new Scenario();
    declare(scenario, { Lead: 'Private' });
    expect(() => scenario.org.sharing.requireMembershipUnlocked()).toThrow(
      'Group membership operation already in progress',
    );
  });
});

describe('Given EntityDefinition while a default is being tightened', () => {
  function reported(quirk: 'instant' | 'with-access' | 'cached', waits: readonly number[]): readonly string[] {
    const scenario = new Scenario({ quirks: { 'entity-definition': quirk } });
    declare(scenario, { Lead: 'Private' });
    return waits.map((milliseconds) => {
      scenario.wait(milliseconds);
      return scenario.org.sharing.reportedModel('Lead').internal;
    });
  }

  it('when it answers instantly, then it shows the new value before anybody has lost access', () => {
    expect(reported('instant', [0])).toEqual(['Private']);
  });

  it('when it answers with the access, then it flips at the end of the recalculation', () => {
    expect(reported('with-access', [999, 1])).toEqual(['ReadWriteTransfer', 'Private']);
  });

  it('when it answers from a cache, then it flips some time after the access', () => {
    expect(reported('cached', [1_000, 999, 1])).toEqual(['ReadWriteTransfer', 'ReadWriteTransfer', 'Private']);
  });

  it('when an object is Controlled by Parent, then it shows the value of the parent', () => {
    const scenario = new Scenario();
    scenario.defaults({ Account: 'Read' });
    expect(scenario.org.sharing.reportedModel('Contact').internal).toBe('Read');
  });
});
