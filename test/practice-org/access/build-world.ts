import type { PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import type { SharedTo, SharingRule } from '../../../practice-org/sharing/sharing.ts';
import type { ObjectName, Row, Rule, Share, World } from './naive-evaluation.ts';

/** Ids of a world's users and rows in the practice org. */
export type BuiltWorld = {
  readonly userId: (name: string) => string;
  readonly recordId: (name: string) => string;
};

const flagField = {
  Account: 'Type',
  Contact: 'LeadSource',
  Opportunity: 'Type',
  Case: 'Type',
  Lead: 'LeadSource',
} as const;
const flagValue = 'Other';

/** Writes a world's rows and sharing configuration into an org and lets everything take effect. */
export function buildWorld(org: PracticeOrg, world: World): BuiltWorld {
  const ids = new Map<string, string>();
  const id = (key: string): string => {
    const found = ids.get(key);
    if (found === undefined) throw new Error(`Nothing is called ${key}`);
    return found;
  };
  const insert = (object: string, values: Readonly<Record<string, string | boolean | null>>): string => {
    const table = org.store.table(object);
    return table.idOf(table.insert(values));
  };
  const organizationGroup = org.store.select('Group', { Type: 'Organization' })[0]?.['Id'];
  ids.set(
    'everybody',
    typeof organizationGroup === 'string' ? organizationGroup : insert('Group', { Type: 'Organization' }),
  );
  for (const role of world.roles) {
    const roleId = insert('UserRole', {
      Name: role.name,
      DeveloperName: role.name,
      ParentRoleId: role.parent === null ? null : id(`userrole:${role.parent}`),
      ContactAccessForAccountOwner: role.children.Contact,
      OpportunityAccessForAccountOwner: role.children.Opportunity,
      CaseAccessForAccountOwner: role.children.Case,
    });
    ids.set(`userrole:${role.name}`, roleId);
    ids.set(`role:${role.name}`, insert('Group', { Type: 'Role', DeveloperName: role.name, RelatedId: roleId }));
    ids.set(
      `roleAndSubordinates:${role.name}`,
      insert('Group', { Type: 'RoleAndSubordinatesInternal', DeveloperName: role.name, RelatedId: roleId }),
    );
  }
  for (const user of world.users) {
    const userId = insert('User', {
      Username: `${user.name}@world.example`,
      LastName: user.name,
      CommunityNickname: user.name,
      UserRoleId: user.role === null ? null : id(`userrole:${user.role}`),
      IsActive: user.active,
      UserType: 'Standard',
    });
    ids.set(`user:${user.name}`, userId);
    permit(insert, userId, world.permissions[user.name]);
  }
  for (const group of world.groups) {
    ids.set(
      `group:${group.name}`,
      insert('Group', {
        Type: 'Regular',
        DeveloperName: group.name,
        Name: group.name,
        DoesIncludeBosses: group.bosses,
      }),
    );
  }
  for (const group of world.groups) {
    for (const member of group.members) {
      insert('GroupMember', { GroupId: id(`group:${group.name}`), UserOrGroupId: id(member) });
    }
  }
  for (const row of world.rows) ids.set(row.name, insert(row.object, rowValues(row, id)));
  for (const share of world.shares) insert('AccountShare', shareValues(share, id));
  org.sharing.setModels(
    new Map(
      Object.entries(world.models).map(([object, model]) => [object, { internal: model, external: outside(model) }]),
    ),
  );
  org.sharing.settle();
  org.sharing.together(() => {
    for (const rule of world.rules) org.sharing.putRule(sharingRule(rule));
  });
  org.sharing.settle();
  return { userId: (name) => id(`user:${name}`), recordId: id };
}

function outside(model: World['models'][ObjectName]): 'Private' | 'ControlledByParent' {
  return model === 'ControlledByParent' ? 'ControlledByParent' : 'Private';
}

type Insert = (object: string, values: Readonly<Record<string, string | boolean | null>>) => string;

function permit(insert: Insert, userId: string, permissions: World['permissions'][string] | undefined): void {
  const setId = insert('PermissionSet', { Name: `Set_${userId}`, Label: userId, Type: 'Regular' });
  insert('PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: setId });
  for (const [object, permission] of Object.entries(permissions ?? {})) {
    insert('ObjectPermissions', {
      ParentId: setId,
      SobjectType: object,
      PermissionsRead: permission.read,
      PermissionsEdit: permission.edit,
      PermissionsDelete: permission.remove,
      PermissionsViewAllRecords: permission.viewAll,
      PermissionsModifyAllRecords: permission.modifyAll,
    });
  }
}

function rowValues(row: Row, id: (key: string) => string): Readonly<Record<string, string | null>> {
  const named = row.object === 'Contact' || row.object === 'Lead' ? { LastName: row.name } : { Name: row.name };
  return {
    ...(row.object === 'Case' ? { Subject: row.name } : named),
    OwnerId: id(`user:${row.owner}`),
    [flagField[row.object]]: row.flagged ? flagValue : null,
    ...(row.object === 'Contact' || row.object === 'Opportunity' || row.object === 'Case'
      ? { AccountId: row.account === null ? null : id(row.account) }
      : {}),
  };
}

function shareValues(share: Share, id: (key: string) => string): Readonly<Record<string, string>> {
  return {
    AccountId: id(share.row),
    UserOrGroupId: id(share.to),
    AccountAccessLevel: share.access,
    ContactAccessLevel: share.children.Contact,
    OpportunityAccessLevel: share.children.Opportunity,
    CaseAccessLevel: share.children.Case,
    RowCause: 'Manual',
  };
}

function sharedTo(member: string): SharedTo {
  const [kind, name = ''] = member.split(':');
  if (kind === 'group' || kind === 'role') return { kind, name };
  return kind === 'roleAndSubordinates' ? { kind: 'roleAndSubordinatesInternal', name } : { kind: 'allInternalUsers' };
}

function sharingRule(rule: Rule): SharingRule {
  return {
    kind: rule.from === null ? 'criteria' : 'owner',
    object: rule.object,
    fullName: rule.name,
    label: rule.name,
    description: null,
    accessLevel: rule.access,
    accountSettings:
      rule.object === 'Account'
        ? {
            contactAccessLevel: rule.children.Contact,
            opportunityAccessLevel: rule.children.Opportunity,
            caseAccessLevel: rule.children.Case,
          }
        : null,
    sharedTo: sharedTo(rule.to),
    sharedFrom: rule.from === null ? null : sharedTo(rule.from),
    booleanFilter: null,
    criteriaItems: rule.from === null ? [{ field: flagField[rule.object], operation: 'equals', value: flagValue }] : [],
    includeRecordsOwnedByAll: true,
    includeHVUOwnedRecords: false,
  };
}
