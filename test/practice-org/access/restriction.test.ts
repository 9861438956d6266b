import { describe, expect, it } from 'vitest';
import type { RestrictionRule } from '../../../practice-org/sharing/restriction.ts';
import { Scenario } from './scenario.ts';

function restriction(userId: string, details: Partial<RestrictionRule> = {}): RestrictionRule {
  return {
    fullName: 'Flagged_only',
    active: true,
    description: 'Flagged only',
    enforcementType: 'Restrict',
    masterLabel: 'Flagged only',
    recordFilter: "Description = 'shared'",
    targetEntity: 'Contract',
    userCriteria: `$User.Id = '${userId.slice(0, 15)}'`,
    version: 1,
    ...details,
  };
}

function contracts() {
  const scenario = new Scenario();
  const user = scenario.user({ objects: { Contract: 'read', Account: 'read' } });
  const account = scenario.insert('Account', { Name: 'One', OwnerId: user });
  const ids = ['shared', 'kept back'].map((Description) =>
    scenario.insert('Contract', { AccountId: account, Description }),
  );
  const seen = (who: string) => ids.map((id) => scenario.sees(who, 'Contract', id));
  return { scenario, user, seen };
}

/** Metadata API reference, RestrictionRule. */
describe('Given a restriction rule', () => {
  it('when it names a user, then that user sees only the records of its filter', () => {
    const { scenario, user, seen } = contracts();
    scenario.org.sharing.putRestrictionRule(restriction(user));
    expect(seen(user)).toEqual([true, false]);
  });

  it('when it names a user, then nobody else is concerned', () => {
    const { scenario, user, seen } = contracts();
    scenario.org.sharing.putRestrictionRule(restriction(user));
    expect(seen(scenario.org.adminUserId)).toEqual([true, true]);
  });

  it.each([
    ['is not active', { active: false }],
    ['is a scoping rule', { enforcementType: 'Scoping' }],
  ] as const)('when it %s, then it hides nothing', (_, details) => {
    const { scenario, user, seen } = contracts();
    scenario.org.sharing.putRestrictionRule(restriction(user, details));
    expect(seen(user)).toEqual([true, true]);
  });

  it('when it is removed, then the records are visible again', () => {
    const { scenario, user, seen } = contracts();
    scenario.org.sharing.putRestrictionRule(restriction(user));
    const before = seen(user);
    scenario.org.sharing.removeRestrictionRule('Flagged_only');
    expect([before, seen(user)]).toEqual([
      [true, false],
      [true, true],
    ]);
  });

  it('when it is for an object that cannot be restricted, then it hides nothing', () => {
    const scenario = new Scenario();
    const user = scenario.user({ objects: { Account: 'read' } });
    const account = scenario.insert('Account', { Name: 'One', OwnerId: user });
    scenario.org.sharing.putRestrictionRule(restriction(user, { targetEntity: 'Account' }));
    expect(scenario.sees(user, 'Account', account)).toBe(true);
  });
});
