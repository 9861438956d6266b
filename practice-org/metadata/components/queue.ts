import { recordById, recordsWhere, removeRow, removeRowsWhere } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import { child, children, compact, flag, text, texts, type Document } from '../document.ts';
import type { ComponentType, Deployment } from './component-type.ts';
import { publicGroup } from './group.ts';
import { outcomeOf, systemCaller } from './outcome.ts';
import { roleNamed } from './role.ts';

function queueNamed(org: PracticeOrg, developerName: string): StoredRecord | undefined {
  return recordsWhere(org, 'Group', { Type: 'Queue', DeveloperName: developerName })[0];
}

/** Kinds of queue members: the elements that hold them, and the type of the group that stands for a role. */
const roleMembers = [
  { list: 'roles', item: 'role', groupType: 'Role' },
  { list: 'roleAndSubordinates', item: 'roleAndSubordinate', groupType: 'RoleAndSubordinates' },
  { list: 'roleAndSubordinatesInternal', item: 'roleAndSubordinateInternal', groupType: 'RoleAndSubordinatesInternal' },
] as const;

export function queueType(org: PracticeOrg): ComponentType {
  const type: ComponentType = {
    name: 'Queue',
    names: () => recordsWhere(org, 'Group', { Type: 'Queue' }).map((queue) => String(queue.get('DeveloperName'))),
    rowId: (fullName) => queueNamed(org, fullName)?.id,
    read(fullName) {
      const queue = queueNamed(org, fullName);
      return queue === undefined ? undefined : readQueue(org, queue);
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => deployQueue(org, fullName, document, deployment)),
    remove(fullName, deployment) {
      const queue = queueNamed(org, fullName);
      if (queue === undefined) return;
      removeRowsWhere(org, 'QueueSobject', { QueueId: queue.id });
      org.dml.delete(systemCaller(deployment), 'Group', queue.id);
    },
  };
  return type;
}

function readQueue(org: PracticeOrg, queue: StoredRecord): Document {
  const objects = recordsWhere(org, 'QueueSobject', { QueueId: queue.id });
  return compact({
    description: queue.get('Description'),
    doesSendEmailToMembers: queue.get('DoesSendEmailToMembers') === true,
    email: queue.get('Email'),
    name: queue.get('Name'),
    queueMembers: readMembers(org, queue),
    queueSobject: objects.map((row) => ({ sobjectType: String(row.get('SobjectType')) })),
  });
}

function readMembers(org: PracticeOrg, queue: StoredRecord): Document | undefined {
  const ids = recordsWhere(org, 'GroupMember', { GroupId: queue.id }).map((member) => member.get('UserOrGroupId'));
  const groups = ids.flatMap((id) => recordById(org, 'Group', id) ?? []);
  const users = ids.flatMap((id) => recordById(org, 'User', id)?.get('Username') ?? []);
  const elements: Record<string, Document> = {};
  const names = groups
    .filter((group) => group.get('Type') === 'Regular')
    .map((group) => String(group.get('DeveloperName')));
  if (names.length > 0) elements['publicGroups'] = { publicGroup: names };
  for (const { list, item, groupType } of roleMembers) {
    const roles = groups
      .filter((group) => group.get('Type') === groupType)
      .flatMap((group) => recordById(org, 'UserRole', group.get('RelatedId'))?.get('DeveloperName') ?? []);
    if (roles.length > 0) elements[list] = { [item]: roles.map(String) };
  }
  if (users.length > 0) elements['users'] = { user: users.map(String) };
  return Object.keys(elements).length === 0 ? undefined : elements;
}

function deployQueue(org: PracticeOrg, fullName: string, document: Document, deployment: Deployment): void {
  const caller = systemCaller(deployment);
  const values = {
    Name: text(document, 'name') ?? null,
    Description: text(document, 'description') ?? null,
    DoesSendEmailToMembers: flag(document, 'doesSendEmailToMembers') ?? false,
    Email: text(document, 'email') ?? null,
  };
  const existing = queueNamed(org, fullName);
  if (existing !== undefined) org.dml.update(caller, 'Group', existing.id, values);
  const queueId =
    existing?.id ?? org.dml.insert(caller, 'Group', { ...values, DeveloperName: fullName, Type: 'Queue' });
  replaceRows(
    org,
    deployment,
    { object: 'QueueSobject', parent: { QueueId: queueId }, column: 'SobjectType' },
    queueObjects(org, document),
  );
  replaceRows(
    org,
    deployment,
    { object: 'GroupMember', parent: { GroupId: queueId }, column: 'UserOrGroupId' },
    memberIds(org, document),
  );
}

function queueObjects(org: PracticeOrg, document: Document): readonly string[] {
  return children(document, 'queueSobject').map((item) => {
    const name = text(item, 'sobjectType') ?? '';
    const object = org.schema.object(name);
    if (object === undefined) throw new ComponentError(`In field: queueSobject - no CustomObject named ${name} found`);
    return object.name;
  });
}

function memberIds(org: PracticeOrg, document: Document): readonly string[] {
  const members = child(document, 'queueMembers') ?? {};
  const inList = (list: string, item: string) => texts(child(members, list) ?? {}, item);
  const missing = (field: string, type: string, name: string) =>
    new ComponentError(`In field: ${field} - no ${type} named ${name} found`);
  const groups = inList('publicGroups', 'publicGroup').map((name) => {
    const group = publicGroup(org, name);
    if (group === undefined) throw missing('publicGroup', 'Group', name);
    return group.id;
  });
  const roles = roleMembers.flatMap(({ list, item, groupType }) =>
    inList(list, item).map((name) => {
      const roleId = roleNamed(org, name)?.id;
      const group = recordsWhere(org, 'Group', { Type: groupType, RelatedId: roleId ?? null })[0];
      if (roleId === undefined || group === undefined) throw missing(item, 'Role', name);
      return group.id;
    }),
  );
  const users = inList('users', 'user').map((name) => {
    const user = recordsWhere(org, 'User', { Username: name })[0];
    if (user === undefined) throw missing('user', 'User', name);
    return user.id;
  });
  return [...groups, ...roles, ...users];
}

type ChildRows = {
  readonly object: string;
  readonly parent: Readonly<Record<string, string>>;
  readonly column: string;
};

/** Makes the rows below a queue exactly those of the document. */
function replaceRows(org: PracticeOrg, deployment: Deployment, rows: ChildRows, wanted: readonly string[]): void {
  const existing = recordsWhere(org, rows.object, rows.parent);
  for (const row of existing) {
    if (wanted.includes(String(row.get(rows.column)))) continue;
    if (rows.object === 'GroupMember') org.dml.delete(systemCaller(deployment), rows.object, row.id);
    else removeRow(org, rows.object, row.id);
  }
  const present = new Set(existing.map((row) => String(row.get(rows.column))));
  for (const value of new Set(wanted)) {
    if (!present.has(value))
      org.dml.insert(systemCaller(deployment), rows.object, { ...rows.parent, [rows.column]: value });
  }
}
