import { SalesforceError } from '../../org/errors.ts';
import type { Caller, PracticeOrg } from '../../org/practice-org.ts';
import type { Value, Values } from '../../storage/table.ts';
import { assertDeveloperName, developerNameFrom, duplicateDeveloperName } from '../developer-name.ts';
import { insufficientAccess } from '../object-access.ts';
import { textOf, withChanges, type ObjectRule, type StoredRecord } from '../object-rule.ts';
import { recordSetupChange } from '../setup-audit.ts';
import { recordById, recordsWhere, removeRowsWhere } from '../table-rows.ts';

/** The platform keeps the other types itself: roles, managers, all internal users. */
const typesOfUsers: ReadonlySet<Value> = new Set(['Regular', 'Queue']);

export const groupRule: ObjectRule = {
  completeInsert({ org, caller }, values) {
    const type = values['Type'] ?? null;
    if (!caller.system && type !== null && !typesOfUsers.has(type)) throw insufficientAccess();
    const named = { ...values, DeveloperName: values['DeveloperName'] ?? derivedName(values) };
    assertNameFree(org, named.DeveloperName, type, undefined);
    return { ...named, OwnerId: org.organizationId };
  },
  afterInsert({ org, caller }, group) {
    audit(org, caller, 'groupcreated', `Created public group ${textOf(group, 'Name')}`);
  },
  completeUpdate({ org, caller }, group, changes) {
    assertOwnGroup(caller, group);
    const after = withChanges(group, changes);
    if ('DeveloperName' in changes) assertNameFree(org, after.get('DeveloperName'), after.get('Type'), group.id);
    if ('DoesIncludeBosses' in changes) org.sharing.requireMembershipUnlocked();
    return changes;
  },
  afterUpdate({ org }, _group, previous) {
    if ('DoesIncludeBosses' in previous) org.sharing.membershipChanged();
  },
  beforeDelete({ org, caller }, group) {
    assertOwnGroup(caller, group);
    org.sharing.requireMembershipUnlocked();
  },
  /** "It is deleted even if it has been used in sharing" (Object Reference, Group): rules and shares go with it. */
  afterDelete({ org, caller }, group) {
    const kind = group.get('Type') === 'Queue' ? 'queue' : 'group';
    org.sharing.principalDeleted({ kind, name: textOf(group, 'DeveloperName') });
    removeRowsWhere(org, 'GroupMember', { GroupId: group.id });
    removeRowsWhere(org, 'GroupMember', { UserOrGroupId: group.id });
    removeRowsWhere(org, 'QueueSobject', { QueueId: group.id });
    removeManualShares(org, group.id);
    org.sharing.membershipChanged();
    audit(org, caller, 'groupdeleted', `Deleted public group ${textOf(group, 'Name')}`);
  },
};

function derivedName(values: Values): Value {
  const name = values['Name'] ?? null;
  return typeof name === 'string' ? developerNameFrom(name) : null;
}

/** Unique per type: a public group and a queue may have the same name. */
function assertNameFree(org: PracticeOrg, name: Value, type: Value, ownId: string | undefined): void {
  if (typeof name !== 'string') return;
  assertDeveloperName('Group Name', 'DeveloperName', name);
  const same = recordsWhere(org, 'Group', { DeveloperName: name, Type: type });
  if (same.some(({ id }) => id !== ownId)) throw duplicateDeveloperName('DeveloperName');
}

function assertOwnGroup(caller: Caller, group: StoredRecord): void {
  if (!caller.system && !typesOfUsers.has(group.get('Type'))) throw insufficientAccess();
}

function removeManualShares(org: PracticeOrg, groupId: string): void {
  for (const { name, fields } of org.schema.objects()) {
    const isShare = fields.has('userorgroupid') && fields.has('rowcause');
    if (isShare && org.store.hasTable(name)) removeRowsWhere(org, name, { UserOrGroupId: groupId });
  }
}

/** "If you attempt to create a record that matches an existing record, the system simply returns the existing record." */
export const groupMemberRule: ObjectRule = {
  existingRecord({ org }, values) {
    const { GroupId = null, UserOrGroupId = null } = values;
    if (GroupId === null || UserOrGroupId === null) return undefined;
    return recordsWhere(org, 'GroupMember', { GroupId, UserOrGroupId })[0]?.id;
  },
  completeInsert({ org }, values) {
    org.sharing.requireMembershipUnlocked();
    const group = recordById(org, 'Group', values['GroupId'] ?? null);
    if (group && !typesOfUsers.has(group.get('Type'))) throw insufficientAccess();
    if (group && contains(org, values['UserOrGroupId'] ?? null, group.id)) throw circularMembership();
    return values;
  },
  afterInsert({ org, caller }, member) {
    org.sharing.membershipChanged();
    auditMember(org, caller, member, 'added to');
  },
  beforeDelete({ org }) {
    org.sharing.requireMembershipUnlocked();
  },
  afterDelete({ org, caller }, member) {
    org.sharing.membershipChanged();
    auditMember(org, caller, member, 'removed from');
  },
};

/** Whether a group holds another one, directly or through others. */
function contains(org: PracticeOrg, outerId: Value, innerId: string, seen = new Set<Value>()): boolean {
  if (outerId === innerId) return true;
  if (seen.has(outerId)) return false;
  seen.add(outerId);
  return recordsWhere(org, 'GroupMember', { GroupId: outerId }).some((member) =>
    contains(org, member.get('UserOrGroupId'), innerId, seen),
  );
}

function circularMembership(): SalesforceError {
  return new SalesforceError('FIELD_INTEGRITY_EXCEPTION', 'A group cannot be a member of itself', {
    fields: ['UserOrGroupId'],
  });
}

function auditMember(org: PracticeOrg, caller: Caller, member: StoredRecord, verb: string): void {
  const group = recordById(org, 'Group', member.get('GroupId'));
  const user = recordById(org, 'User', member.get('UserOrGroupId'));
  const who = user ? textOf(user, 'Name') : textOf(member, 'UserOrGroupId');
  audit(org, caller, 'groupMembership', `${who} ${verb} group ${group ? textOf(group, 'Name') : ''}`);
}

function audit(org: PracticeOrg, caller: Caller, action: string, display: string): void {
  recordSetupChange(org, caller, { action, section: 'Groups', display });
}
