/**
 * A second, deliberately naive evaluation of record access: nested loops over plain lists, written from the documentation
 * (Security Implementation Guide, Sharing Across Objects, UserRecordAccess) without a look at the access engine.
 */
export type Model = 'Private' | 'Read' | 'ReadWrite' | 'ReadWriteTransfer' | 'ControlledByParent';
export type Access = 'None' | 'Read' | 'Edit';
export type ObjectName = 'Account' | 'Contact' | 'Opportunity' | 'Case' | 'Lead';
export type ChildName = 'Contact' | 'Opportunity' | 'Case';

export type Role = { name: string; parent: string | null; children: Record<ChildName, Access> };
export type User = { name: string; role: string | null; active: boolean };
/** Members are written "user:x", "group:x", "role:x", "roleAndSubordinates:x" or "everybody". */
export type Group = { name: string; bosses: boolean; members: string[] };
export type Rule = {
  name: string;
  object: ObjectName;
  access: 'Read' | 'Edit';
  /** As a member; a rule by criteria takes flagged records, one by owner those of the named owners. */
  to: string;
  from: string | null;
  children: Record<ChildName, Access>;
};
export type Row = { name: string; object: ObjectName; owner: string; flagged: boolean; account: string | null };
export type Share = { row: string; to: string; access: 'Read' | 'Edit'; children: Record<ChildName, Access> };
export type Permission = { read: boolean; edit: boolean; remove: boolean; viewAll: boolean; modifyAll: boolean };
export type World = {
  roles: Role[];
  users: User[];
  groups: Group[];
  models: Record<ObjectName, Model>;
  rules: Rule[];
  rows: Row[];
  shares: Share[];
  permissions: Record<string, Record<ObjectName, Permission>>;
};
export type Verdict = { read: boolean; edit: boolean; remove: boolean; transfer: boolean; all: boolean; most: string };

const NONE = 0;
const READ = 1;
const EDIT = 2;
const TRANSFER = 3;
const ALL = 4;
const names = ['None', 'Read', 'Edit', 'Transfer', 'All'];
const steps: Record<string, number> = { None: NONE, Read: READ, Edit: EDIT };
const defaults: Record<Model, number> = {
  Private: NONE,
  Read: READ,
  ReadWrite: EDIT,
  ReadWriteTransfer: TRANSFER,
  ControlledByParent: NONE,
};

function userNamed(world: World, name: string): User {
  const found = world.users.find((user) => user.name === name);
  if (!found) throw new Error(name);
  return found;
}

function isRoleAbove(world: World, upper: string | null, lower: string | null): boolean {
  let step = world.roles.find((role) => role.name === lower)?.parent ?? null;
  while (step !== null) {
    if (step === upper) return true;
    const current = step;
    step = world.roles.find((role) => role.name === current)?.parent ?? null;
  }
  return false;
}

function isAbove(world: World, upper: User, lower: User): boolean {
  return upper.active && upper.role !== null && lower.role !== null && isRoleAbove(world, upper.role, lower.role);
}

function belongs(world: World, member: string, user: User): boolean {
  const [kind, name = ''] = member.split(':');
  if (kind === 'everybody') return true;
  if (kind === 'user') return user.name === name;
  if (kind === 'role') return user.role === name;
  if (kind === 'roleAndSubordinates') return user.role === name || isRoleAbove(world, name, user.role);
  const group = world.groups.find((one) => one.name === name);
  return group?.members.some((inner) => belongs(world, inner, user)) ?? false;
}

/** Members, and everybody above them in the role hierarchy, unless it is a group that does not grant access upwards. */
function gains(world: World, to: string, user: User): boolean {
  if (!user.active) return false;
  if (belongs(world, to, user)) return true;
  const [kind, name] = to.split(':');
  if (kind === 'everybody') return false;
  if (kind === 'role' || kind === 'roleAndSubordinates') return isRoleAbove(world, user.role, name ?? null);
  if (kind === 'group' && !world.groups.some((group) => group.name === name && group.bosses)) return false;
  return world.users.some((other) => belongs(world, to, other) && isAbove(world, user, other));
}

function ownsOrStandsAbove(world: World, user: User, owner: string): boolean {
  return user.name === owner || isAbove(world, user, userNamed(world, owner));
}

function ruleTakes(world: World, rule: Rule, row: Row): boolean {
  if (rule.object !== row.object) return false;
  if (row.object === 'Contact' && row.account === null) return false;
  return rule.from === null ? row.flagged : belongs(world, rule.from, userNamed(world, row.owner));
}

/** Ownership, hierarchy, rules and shares. */
function direct(world: World, user: User, row: Row): number {
  if (ownsOrStandsAbove(world, user, row.owner)) return ALL;
  const found = [NONE];
  for (const rule of world.rules) {
    if (ruleTakes(world, rule, row) && gains(world, rule.to, user)) found.push(steps[rule.access] ?? NONE);
  }
  for (const share of world.shares) {
    const isMine = share.to === `user:${user.name}`;
    if (share.row === row.name && (isMine || gains(world, share.to, user))) found.push(steps[share.access] ?? NONE);
  }
  return Math.max(...found);
}

function rowNamed(world: World, name: string): Row {
  const found = world.rows.find((row) => row.name === name);
  if (!found) throw new Error(name);
  return found;
}

function implicitChild(world: World, user: User, row: Row): number {
  if (row.account === null || row.object === 'Account' || row.object === 'Lead') return NONE;
  const account = rowNamed(world, row.account);
  const kind = row.object;
  const found = [NONE];
  if (ownsOrStandsAbove(world, user, account.owner)) {
    const role = world.roles.find((one) => one.name === userNamed(world, account.owner).role);
    found.push(steps[role?.children[kind] ?? 'None'] ?? NONE);
  }
  for (const rule of world.rules) {
    if (ruleTakes(world, rule, account) && gains(world, rule.to, user)) found.push(steps[rule.children[kind]] ?? NONE);
  }
  for (const share of world.shares) {
    const isMine = share.to === `user:${user.name}`;
    if (share.row === account.name && (isMine || gains(world, share.to, user))) {
      found.push(steps[share.children[kind]] ?? NONE);
    }
  }
  return Math.max(...found);
}

function implicitParent(world: World, user: User, account: Row): number {
  const children = world.rows.filter(
    (row) => row.account === account.name && world.models[row.object] !== 'ControlledByParent',
  );
  return children.some((child) => direct(world, user, child) > NONE) ? READ : NONE;
}

/** With "View All" and "Modify All", without the other object permissions. */
function shared(world: World, user: User, row: Row): number {
  const permission = world.permissions[user.name]?.[row.object];
  const model = world.models[row.object];
  const found = [defaults[model], permission?.viewAll ? READ : NONE, permission?.modifyAll ? ALL : NONE];
  if (model === 'ControlledByParent' && row.account !== null) {
    found.push(shared(world, user, rowNamed(world, row.account)));
    return Math.max(...found);
  }
  found.push(direct(world, user, row));
  if (row.object === 'Account') found.push(implicitParent(world, user, row));
  if (model !== 'ControlledByParent') found.push(implicitChild(world, user, row));
  return Math.max(...found);
}

export function evaluate(world: World, userName: string, row: Row): Verdict {
  const user = userNamed(world, userName);
  const permission = world.permissions[userName]?.[row.object];
  if (!permission?.read) return { read: false, edit: false, remove: false, transfer: false, all: false, most: 'None' };
  let level = shared(world, user, row);
  if (world.models[row.object] === 'ControlledByParent') {
    if (!permission.edit) level = Math.min(level, READ);
    else if (!permission.remove) level = Math.min(level, EDIT);
  }
  return {
    read: level >= READ,
    edit: level >= EDIT && permission.edit,
    remove: level >= ALL && permission.remove,
    transfer: level >= TRANSFER && permission.edit,
    all: level >= ALL,
    most: names[level] ?? '',
  };
}
