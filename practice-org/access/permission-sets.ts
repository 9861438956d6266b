import type { Store, Value } from '../storage/table.ts';
import { matchingRows } from '../storage/store.ts';

/** What one permission set, or one muting set, contributes. */
export type PermissionSource = {
  readonly setIds: readonly string[];
  /** Sets of a permission set group that take away from what the group's other sets grant. */
  readonly mutingSetIds: readonly string[];
};
type UserPermissionSources = {
  readonly sources: readonly PermissionSource[];
  /** When the next assignment expires; Infinity when none does. */
  readonly validUntil: number;
};

/**
 * Access is the union of the profile's own set, all directly assigned sets and the groups (FLS and object permissions
 * alike). An assignment that has expired, and a set that needs a session activation, count as assigned but grant nothing.
 */
export function permissionSourcesOf(store: Store, userId: string, now: number): UserPermissionSources {
  const profileId = store.find('User', userId)?.['ProfileId'] ?? null;
  const own = profileId === null ? [] : store.select('PermissionSet', { ProfileId: profileId, IsOwnedByProfile: true });
  const sources: PermissionSource[] = own.map((set) => ({ setIds: [String(set['Id'])], mutingSetIds: [] }));
  let validUntil = Infinity;
  for (const assignment of store.select('PermissionSetAssignment', { AssigneeId: userId })) {
    const expiry = expiryOf(assignment['ExpirationDate'] ?? null);
    if (expiry <= now || assignment['IsRevoked'] === true) continue;
    validUntil = Math.min(validUntil, expiry);
    const source = sourceOf(store, assignment['PermissionSetGroupId'] ?? null, assignment['PermissionSetId'] ?? null);
    if (source) sources.push(source);
  }
  return { sources, validUntil };
}

function expiryOf(value: Value): number {
  return typeof value === 'string' ? Date.parse(value.replace(/\+0000$/, 'Z')) : Infinity;
}

function sourceOf(store: Store, groupId: Value, setId: Value): PermissionSource | undefined {
  if (typeof groupId === 'string') return groupSource(store, groupId);
  const set = typeof setId === 'string' ? store.find('PermissionSet', setId) : undefined;
  if (!set) return undefined;
  const aggregateOf = set['PermissionSetGroupId'];
  if (typeof aggregateOf === 'string') return groupSource(store, aggregateOf);
  return isEffective(store, set['Id'] ?? null) ? { setIds: [String(set['Id'])], mutingSetIds: [] } : undefined;
}

/** The aggregate of a group is only right while its status is Updated (Object Reference, PermissionSetGroup). */
function groupSource(store: Store, groupId: string): PermissionSource | undefined {
  const group = store.find('PermissionSetGroup', groupId);
  if (group?.['Status'] !== 'Updated' || group['HasActivationRequired'] === true) return undefined;
  const components = store
    .select('PermissionSetGroupComponent', { PermissionSetGroupId: groupId })
    .map((component) => String(component['PermissionSetId']));
  const isMuting = (id: string): boolean => columnOf(store, id, 'Type') === 'Muting';
  return {
    setIds: components.filter((id) => !isMuting(id) && isEffective(store, id)),
    mutingSetIds: components.filter(isMuting),
  };
}

function isEffective(store: Store, setId: Value): boolean {
  return typeof setId === 'string' && columnOf(store, setId, 'HasActivationRequired') !== true;
}

function columnOf(store: Store, setId: string, column: string): Value {
  const sets = store.table('PermissionSet');
  const row = sets.rowOf(setId);
  return row === undefined ? null : sets.reader(column)(row);
}

/** Rows of a child table (ObjectPermissions, FieldPermissions) of one permission set. */
export function childRows(store: Store, child: string, setId: string): Iterable<number> {
  return matchingRows(store.table(child), { ParentId: setId });
}
