import type { Store, Table, Value } from '../storage/table.ts';
import { createMembership, type Membership } from './membership.ts';

export function readMembership(store: Store): Membership {
  return createMembership({
    users: entries(store, 'User', (read) => ({
      id: text(read('Id')),
      roleId: optionalText(read('UserRoleId')),
      active: read('IsActive') === true,
      internal: (read('UserType') ?? 'Standard') === 'Standard',
      nickname: optionalText(read('CommunityNickname')),
    })),
    roles: entries(store, 'UserRole', (read) => ({
      id: text(read('Id')),
      name: text(read('DeveloperName')),
      parentId: optionalText(read('ParentRoleId')),
      contactAccess: text(read('ContactAccessForAccountOwner')),
      opportunityAccess: text(read('OpportunityAccessForAccountOwner')),
      caseAccess: text(read('CaseAccessForAccountOwner')),
    })),
    groups: entries(store, 'Group', (read) => ({
      id: text(read('Id')),
      name: text(read('DeveloperName')),
      type: text(read('Type')),
      relatedId: optionalText(read('RelatedId')),
      includesBosses: read('DoesIncludeBosses') === true,
    })),
    members: entries(store, 'GroupMember', (read) => [text(read('GroupId')), text(read('UserOrGroupId'))] as const),
  });
}

function entries<T>(store: Store, object: string, entry: (read: (field: string) => Value) => T): readonly T[] {
  if (!store.hasTable(object)) return [];
  const table = store.table(object);
  const readers = new Map<string, (row: number) => Value>();
  const found: T[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    if (table.isLive(row)) found.push(entry((field) => reader(table, readers, field)(row)));
  }
  return found;
}

function reader(table: Table, readers: Map<string, (row: number) => Value>, field: string): (row: number) => Value {
  const known = readers.get(field);
  if (known) return known;
  const created = table.object.fields.has(field.toLowerCase()) ? table.reader(field) : () => null;
  readers.set(field, created);
  return created;
}

function text(value: Value): string {
  return value === null ? '' : String(value);
}

function optionalText(value: Value): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
