import { SalesforceError } from '../../org/errors.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import type { SharingModelValue } from '../../sharing/sharing.ts';
import type { Value, Values } from '../../storage/table.ts';
import { assertDeveloperName, developerNameFrom, duplicateDeveloperName } from '../developer-name.ts';
import { textOf, type ObjectRule, type StoredRecord } from '../object-rule.ts';
import { recordSetupChange } from '../setup-audit.ts';
import { changeRow, recordById, recordsWhere, removeRowsWhere } from '../table-rows.ts';

export const userRoleRule: ObjectRule = {
  completeInsert({ org }, values) {
    const named = { ...values, DeveloperName: values['DeveloperName'] ?? derivedName(values) };
    assertNameFree(org, named.DeveloperName, undefined);
    assertAccessLevels(org, named);
    return named;
  },
  afterInsert({ org, caller }, role) {
    for (const Type of ['Role', 'RoleAndSubordinates']) {
      org.store.table('Group').insert({
        Type,
        Name: textOf(role, 'Name').slice(0, 40),
        DeveloperName: textOf(role, 'DeveloperName'),
        RelatedId: role.id,
        OwnerId: org.organizationId,
        DoesIncludeBosses: false,
      });
    }
    recordSetupChange(org, caller, {
      action: 'createdrole',
      section: 'Manage Users',
      display: `Created new role ${textOf(role, 'Name')}`,
    });
  },
  completeUpdate({ org }, role, changes) {
    if ('DeveloperName' in changes) assertNameFree(org, changes['DeveloperName'] ?? null, role.id);
    if ('ParentRoleId' in changes) {
      org.sharing.requireMembershipUnlocked();
      assertNoCycle(org, role.id, changes['ParentRoleId'] ?? null);
    }
    assertAccessLevels(org, changes);
    return changes;
  },
  afterUpdate({ org }, role, previous) {
    if ('DeveloperName' in previous) renameGroups(org, role);
    org.sharing.membershipChanged();
  },
  beforeDelete({ org }, role) {
    org.sharing.requireMembershipUnlocked();
    const used = ['User', 'UserRole'].some((object) => {
      const field = object === 'User' ? 'UserRoleId' : 'ParentRoleId';
      return recordsWhere(org, object, { [field]: role.id }).length > 0;
    });
    if (used) throw roleInUse(role);
  },
  afterDelete({ org }, role) {
    for (const group of recordsWhere(org, 'Group', { RelatedId: role.id })) {
      removeRowsWhere(org, 'GroupMember', { UserOrGroupId: group.id });
    }
    removeRowsWhere(org, 'Group', { RelatedId: role.id });
    org.sharing.principalDeleted({ kind: 'role', name: textOf(role, 'DeveloperName') });
    org.sharing.membershipChanged();
  },
};

function derivedName(values: Values): Value {
  const name = values['Name'] ?? null;
  return typeof name === 'string' ? developerNameFrom(name) : null;
}

function assertNameFree(org: PracticeOrg, name: Value, ownId: string | undefined): void {
  if (typeof name !== 'string') return;
  assertDeveloperName('Role Name', 'DeveloperName', name);
  const same = recordsWhere(org, 'UserRole', { DeveloperName: name });
  if (same.some(({ id }) => id !== ownId)) throw duplicateDeveloperName('DeveloperName');
}

const levelFields = {
  Case: 'CaseAccessForAccountOwner',
  Contact: 'ContactAccessForAccountOwner',
  Opportunity: 'OpportunityAccessForAccountOwner',
} as const satisfies Record<string, string>;

const openness: Readonly<Record<string, number>> = { None: 0, Read: 1, Edit: 2 };

/** What owners of an Account get on its children is never below the children's own default (help 000385879). */
function assertAccessLevels(org: PracticeOrg, values: Values): void {
  for (const [object, field] of Object.entries(levelFields)) {
    const level = values[field] ?? null;
    if (typeof level !== 'string') continue;
    if ((openness[level] ?? 0) >= defaultOpenness(org.sharing.declared.models.get(object)?.internal)) continue;
    throw new SalesforceError(
      'FIELD_INTEGRITY_EXCEPTION',
      `field integrity exception: unknown (${object} access level below organization default)`,
    );
  }
}

function defaultOpenness(model: SharingModelValue | undefined): number {
  if (model === undefined || model === 'Private' || model === 'ControlledByParent') return 0;
  return model === 'Read' ? 1 : 2;
}

function assertNoCycle(org: PracticeOrg, roleId: string, parentId: Value): void {
  for (let above = parentId; above !== null; above = recordById(org, 'UserRole', above)?.get('ParentRoleId') ?? null) {
    if (above !== roleId) continue;
    throw new SalesforceError('CIRCULAR_DEPENDENCY', 'attempted to create a cycle in the role hierarchy', {
      fields: ['ParentRoleId'],
    });
  }
}

function renameGroups(org: PracticeOrg, role: StoredRecord): void {
  for (const { id } of recordsWhere(org, 'Group', { RelatedId: role.id })) {
    changeRow(org, 'Group', id, { DeveloperName: role.get('DeveloperName') });
  }
}

function roleInUse(role: StoredRecord): SalesforceError {
  return new SalesforceError(
    'DELETE_FAILED',
    `Your attempt to delete ${textOf(role, 'Name')} could not be completed because some users or roles are below it.`,
  );
}
