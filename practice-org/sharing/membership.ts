import type { SharedTo } from './sharing.ts';

type UserEntry = {
  readonly id: string;
  readonly roleId: string | null;
  readonly active: boolean;
  readonly internal: boolean;
  readonly nickname: string | null;
};
export type RoleEntry = {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | null;
  readonly contactAccess: string;
  readonly opportunityAccess: string;
  readonly caseAccess: string;
};
type GroupEntry = {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly relatedId: string | null;
  readonly includesBosses: boolean;
};
type MembershipRows = {
  readonly users: readonly UserEntry[];
  readonly roles: readonly RoleEntry[];
  readonly groups: readonly GroupEntry[];
  readonly members: ReadonlyArray<readonly [groupId: string, memberId: string]>;
};

export type Membership = ReturnType<typeof createMembership>;
type UserIds = ReadonlySet<string>;

const nobody: UserIds = new Set();

/**
 * Who belonged to which role and group at one moment. A frozen picture: changes of members, roles and active users count
 * only after the recalculation that they start (Considerations for Making Sharing Updates).
 */
export function createMembership(rows: MembershipRows) {
  const users = new Map(rows.users.map((user) => [user.id, user]));
  const roles = new Map(rows.roles.map((role) => [role.id, role]));
  const groups = new Map(rows.groups.map((group) => [group.id, group]));
  const membersOfGroup = Map.groupBy(rows.members, ([groupId]) => groupId);
  const usersOfRole = Map.groupBy(rows.users, (user) => user.roleId);
  const rolesBelow = Map.groupBy(rows.roles, (role) => role.parentId);
  const granteesByPrincipal = new Map<string, UserIds>();

  function usersInRole(roleId: string): UserIds {
    return new Set(usersOfRole.get(roleId)?.map((user) => user.id));
  }

  /** The role itself and every role below it. */
  function subtree(roleId: string, found = new Set<string>()): ReadonlySet<string> {
    if (found.has(roleId)) return found;
    found.add(roleId);
    for (const child of rolesBelow.get(roleId) ?? []) subtree(child.id, found);
    return found;
  }

  function rolesAbove(roleId: string): readonly string[] {
    const above: string[] = [];
    let parentId = roles.get(roleId)?.parentId ?? null;
    while (parentId !== null && !above.includes(parentId)) {
      above.push(parentId);
      parentId = roles.get(parentId)?.parentId ?? null;
    }
    return above;
  }

  function usersAboveRole(roleId: string): UserIds {
    return union(rolesAbove(roleId).map(usersInRole));
  }

  function bossesOf(userIds: UserIds): UserIds {
    const roleIds = new Set([...userIds].map((id) => users.get(id)?.roleId ?? null));
    return union([...roleIds].map((roleId) => (roleId === null ? nobody : usersAboveRole(roleId))));
  }

  function usersInSubtree(roleId: string): UserIds {
    return union([...subtree(roleId)].map(usersInRole));
  }

  function internalUsers(): UserIds {
    return new Set(rows.users.filter((user) => user.internal).map((user) => user.id));
  }

  /** Somebody inactive gains nothing until the recalculation that the activation starts has ended. */
  function activeOnly(userIds: UserIds): UserIds {
    return new Set([...userIds].filter((id) => users.get(id)?.active));
  }

  /** Users of a user, role or group, nested groups included, without anybody's bosses. */
  function membersOf(principalId: string, seen = new Set<string>()): UserIds {
    if (seen.has(principalId)) return nobody;
    seen.add(principalId);
    if (roles.has(principalId)) return usersInRole(principalId);
    const group = groups.get(principalId);
    if (!group) return new Set([principalId]);
    switch (group.type) {
      case 'Organization':
        return internalUsers();
      case 'Role':
        return group.relatedId === null ? nobody : usersInRole(group.relatedId);
      case 'RoleAndSubordinates':
      case 'RoleAndSubordinatesInternal':
        return group.relatedId === null ? nobody : usersInSubtree(group.relatedId);
      default:
        return union((membersOfGroup.get(group.id) ?? []).map(([, memberId]) => membersOf(memberId, seen)));
    }
  }

  /**
   * Who gains from a share to this principal. Users above a user or a role in the hierarchy always do; those above the
   * members of a public group or queue only with "Grant Access Using Hierarchies" (Object Reference, Group).
   */
  function computeGrantees(principalId: string): UserIds {
    const members = membersOf(principalId);
    const group = groups.get(principalId);
    if (!group) {
      const above = roles.has(principalId) ? usersAboveRole(principalId) : bossesOf(new Set([principalId]));
      return union([members, above]);
    }
    if (group.relatedId !== null && group.type.startsWith('Role')) {
      return union([members, usersAboveRole(group.relatedId)]);
    }
    return group.includesBosses ? union([members, bossesOf(members)]) : members;
  }

  function grantees(principalId: string): UserIds {
    const known = granteesByPrincipal.get(principalId);
    if (known) return known;
    const computed = activeOnly(computeGrantees(principalId));
    granteesByPrincipal.set(principalId, computed);
    return computed;
  }

  function groupNamed(name: string, types: readonly string[]): GroupEntry | undefined {
    return rows.groups.find((group) => types.includes(group.type) && sameName(group.name, name));
  }

  function roleNamed(name: string): RoleEntry | undefined {
    return rows.roles.find((role) => sameName(role.name, name));
  }

  function groupOfRole(type: string, roleId: string | undefined): GroupEntry | undefined {
    if (roleId === undefined) return undefined;
    return rows.groups.find((group) => group.type === type && group.relatedId === roleId);
  }

  /** The Group (or User) that the share rows of a rule carry; undefined where the org has none by that name. */
  function principalId(to: SharedTo): string | undefined {
    switch (to.kind) {
      case 'group':
        return groupNamed(to.name, ['Regular'])?.id;
      case 'queue':
        return groupNamed(to.name, ['Queue'])?.id;
      case 'role':
        return groupOfRole('Role', roleNamed(to.name)?.id)?.id ?? roleNamed(to.name)?.id;
      case 'roleAndSubordinates':
      case 'roleAndSubordinatesInternal':
        return (
          groupOfRole('RoleAndSubordinatesInternal', roleNamed(to.name)?.id)?.id ??
          groupOfRole('RoleAndSubordinates', roleNamed(to.name)?.id)?.id ??
          roleNamed(to.name)?.id
        );
      case 'allInternalUsers':
        return rows.groups.find((group) => group.type === 'Organization')?.id;
      case 'guestUser':
        return rows.users.find((user) => sameName(user.nickname, to.name))?.id;
      default:
        return undefined;
    }
  }

  function usersSharedTo(to: SharedTo): UserIds {
    if (to.kind === 'allInternalUsers') return activeOnly(internalUsers());
    if (to.kind === 'roleAndSubordinates' || to.kind === 'roleAndSubordinatesInternal') {
      const role = roleNamed(to.name);
      return role ? activeOnly(union([usersInSubtree(role.id), usersAboveRole(role.id)])) : nobody;
    }
    const id = principalId(to);
    return id === undefined ? nobody : grantees(id);
  }

  /**
   * Owners that an owner-based rule takes records from: the members themselves, active or not (Sharing Rule
   * Considerations: "apply to both active and inactive users"), and a queue as owner.
   */
  function ownersSharedFrom(from: SharedTo): ReadonlySet<string> {
    if (from.kind === 'allInternalUsers') return internalUsers();
    if (from.kind === 'roleAndSubordinates' || from.kind === 'roleAndSubordinatesInternal') {
      const role = roleNamed(from.name);
      return role ? usersInSubtree(role.id) : nobody;
    }
    const id = principalId(from);
    if (id === undefined) return nobody;
    return from.kind === 'queue' ? new Set([id]) : membersOf(id);
  }

  return {
    /** Equal for two pictures that show the same. */
    signature: JSON.stringify(rows),
    isExternal: (userId: string): boolean => users.get(userId)?.internal === false,
    roleOf: (userId: string): RoleEntry | undefined => roles.get(users.get(userId)?.roleId ?? ''),
    /** Strictly above: users of the same role do not see each other's records. */
    isAbove(userId: string, ownerId: string): boolean {
      const own = users.get(userId);
      const ownersRole = users.get(ownerId)?.roleId ?? null;
      return (
        own?.active === true &&
        own.roleId !== null &&
        ownersRole !== null &&
        rolesAbove(ownersRole).includes(own.roleId)
      );
    },
    isGroup: (id: string): boolean => groups.has(id),
    /** Owners who can have no role: high-volume and system users. */
    canHaveRole: (ownerId: string): boolean => users.get(ownerId)?.internal !== false,
    grantees,
    principalId,
    usersSharedTo,
    ownersSharedFrom,
  };
}

function union(sets: readonly UserIds[]): UserIds {
  return new Set(sets.flatMap((set) => [...set]));
}

function sameName(one: string | null, other: string): boolean {
  return one !== null && one.toLowerCase() === other.toLowerCase();
}
