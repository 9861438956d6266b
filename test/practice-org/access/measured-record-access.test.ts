import { describe, expect, it } from 'vitest';
import type { RecordAccess } from '../../../practice-org/access/access.ts';
import { Scenario } from './scenario.ts';

const all = {
  hasReadAccess: true,
  hasEditAccess: false,
  hasDeleteAccess: false,
  hasTransferAccess: false,
  hasAllAccess: true,
  maxAccessLevel: 'All',
} satisfies RecordAccess;
const onlyRead = { ...all, hasAllAccess: false, maxAccessLevel: 'Read' } satisfies RecordAccess;
const none = { ...onlyRead, hasReadAccess: false, maxAccessLevel: 'None' } satisfies RecordAccess;

const readers = { objects: { Account: 'read', Contact: 'read', Opportunity: 'read', Case: 'read' } } as const;

/** UserRecordAccess of users with read-only object permissions, as one real org answered after its defaults went Private. */
describe('Given a real org measured after its organization-wide defaults went Private', () => {
  function privateOrg(): Scenario {
    const scenario = new Scenario();
    scenario.privateAccounts();
    return scenario;
  }

  it('when the user owns the record, then MaxAccessLevel is All although the object permission is read-only', () => {
    const scenario = privateOrg();
    const user = scenario.user(readers);
    const account = scenario.insert('Account', { Name: 'Own', OwnerId: user });
    expect(scenario.access(user, 'Account', account)).toEqual(all);
  });

  it('when the user is above the owner in the role hierarchy, then MaxAccessLevel is All as well', () => {
    const scenario = privateOrg();
    const top = scenario.role('Top');
    const manager = scenario.user(readers, { UserRoleId: top });
    const owner = scenario.user(readers, { UserRoleId: scenario.role('Bottom', top) });
    const account = scenario.insert('Account', { Name: 'Below', OwnerId: owner });
    expect(scenario.access(manager, 'Account', account)).toEqual(all);
  });

  it('when the user neither owns the record nor gains from a rule, then there is no access', () => {
    const scenario = privateOrg();
    const account = scenario.insert('Account', { Name: 'Foreign', OwnerId: scenario.user(readers) });
    expect(scenario.access(scenario.user(readers), 'Account', account)).toEqual(none);
  });

  it('when the owner has the same role, then there is no access', () => {
    const scenario = privateOrg();
    const role = scenario.role('Peers');
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers, { UserRoleId: role }) });
    expect(scenario.access(scenario.user(readers, { UserRoleId: role }), 'Account', account)).toEqual(none);
  });

  it('when the user has View All on the object, then MaxAccessLevel is Read', () => {
    const scenario = privateOrg();
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers) });
    const viewer = scenario.user({ objects: { Account: 'viewAll' } });
    expect(scenario.access(viewer, 'Account', account)).toEqual(onlyRead);
  });

  it.each(['Contact', 'Opportunity', 'Case'])('when the user owns a %s, then its Account can be read', (child) => {
    const scenario = privateOrg();
    const user = scenario.user(readers);
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers) });
    scenario.insert(child, { AccountId: account, OwnerId: user });
    expect(scenario.access(user, 'Account', account)).toEqual(onlyRead);
  });

  it('when a child Controlled by Parent has a parent that can be read, then it can be read', () => {
    const scenario = privateOrg();
    scenario.defaults({ Contact: 'ControlledByParent' });
    const user = scenario.user(readers);
    const account = scenario.insert('Account', { OwnerId: scenario.user(readers) });
    scenario.insert('Opportunity', { AccountId: account, OwnerId: user });
    const contact = scenario.insert('Contact', { AccountId: account, OwnerId: scenario.user(readers) });
    expect(scenario.access(user, 'Contact', contact)).toEqual(onlyRead);
  });

  it('when its parent is held at All by ownership and the object permission is read-only, then it is Read', () => {
    const scenario = privateOrg();
    scenario.defaults({ Contact: 'ControlledByParent' });
    const user = scenario.user(readers);
    const account = scenario.insert('Account', { OwnerId: user });
    const contact = scenario.insert('Contact', { AccountId: account, OwnerId: scenario.user(readers) });
    expect(scenario.access(user, 'Contact', contact)).toEqual(onlyRead);
  });

  it('when the user may not read the object at all, then ownership of the record gives nothing', () => {
    const scenario = privateOrg();
    const user = scenario.user();
    const account = scenario.insert('Account', { OwnerId: user });
    expect(scenario.access(user, 'Account', account)).toEqual(none);
  });
});
