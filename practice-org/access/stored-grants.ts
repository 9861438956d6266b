import type { Membership } from '../sharing/membership.ts';
import type { Store, Table, Value } from '../storage/table.ts';
import { higher, levelNamed, type Level } from './levels.ts';
import { shareColumns, teamTables } from './share-columns.ts';

/** A row of a share table or of a team: somebody was given access to one record by hand, by a team or by Apex. */
type StoredGrant = {
  readonly recordId: Value;
  readonly principalId: string;
  readonly accessLevel: Value;
  readonly rowCause: string;
  /** Reads another column of the row, null where the table has none of that name. */
  readonly column: (name: string) => Value;
};

/** Tables that hold grants on records of the object, and exist. */
export function grantTables(store: Store, object: string): readonly string[] {
  const names = [shareColumns(object).shareObject, teamTables[object], ...territoryTables];
  return names.filter((name): name is string => name !== undefined && store.hasTable(name));
}

const territoryTables = ['ObjectTerritory2Association', 'UserTerritory2Association', 'Territory2'];

export function* storedGrants(store: Store, object: string): Generator<StoredGrant> {
  const { shareObject, record, accessLevel } = shareColumns(object);
  yield* grantsOf(store, shareObject, { record, principal: 'UserOrGroupId', accessLevel, rowCause: 'Manual' });
  const team = teamTables[object];
  if (team !== undefined) yield* grantsOf(store, team, { record, principal: 'UserId', accessLevel, rowCause: 'Team' });
  yield* territoryGrants(store, object);
}

type GrantColumns = {
  readonly record: string;
  readonly principal: string;
  readonly accessLevel: string;
  readonly rowCause: string;
};

function* grantsOf(store: Store, name: string, columns: GrantColumns): Generator<StoredGrant> {
  if (!store.hasTable(name)) return;
  const table = store.table(name);
  for (let row = 0; row < table.rowCount; row++) {
    if (!table.isLive(row)) continue;
    const column = (field: string): Value => valueAt(table, field, row);
    yield {
      recordId: column(columns.record),
      principalId: String(column(columns.principal)),
      accessLevel: column(columns.accessLevel),
      rowCause: String(column('RowCause') ?? columns.rowCause),
      column,
    };
  }
}

/** Members of a territory have the territory's access to the records assigned to it. */
function* territoryGrants(store: Store, object: string): Generator<StoredGrant> {
  if (!territoryTables.every((name) => store.hasTable(name))) return;
  const prefix = store.table(object).object.keyPrefix ?? '';
  for (const association of store.select('ObjectTerritory2Association', {})) {
    const recordId = association['ObjectId'] ?? null;
    const territoryId = association['Territory2Id'] ?? null;
    const territory = typeof territoryId === 'string' ? store.find('Territory2', territoryId) : undefined;
    if (!territory || typeof recordId !== 'string' || !recordId.startsWith(prefix)) continue;
    const column = (field: string): Value => territory[field] ?? null;
    for (const member of store.select('UserTerritory2Association', { Territory2Id: territoryId })) {
      const accessLevel = column(`${object}AccessLevel`);
      yield { recordId, principalId: String(member['UserId']), accessLevel, rowCause: 'Territory', column };
    }
  }
}

function valueAt(table: Table, field: string, row: number): Value {
  return table.object.fields.has(field.toLowerCase()) ? table.reader(field)(row) : null;
}

/** Levels by row that stored grants give one user, read from the named column. */
export function grantedLevels(
  store: Store,
  object: string,
  membership: Membership,
  userId: string,
  column?: string,
): ReadonlyMap<number, Level> {
  const table = store.table(object);
  const levels = new Map<number, Level>();
  for (const grant of storedGrants(store, object)) {
    if (!gains(membership, grant.principalId, userId) || typeof grant.recordId !== 'string') continue;
    const row = table.rowOf(grant.recordId);
    const granted = levelNamed(column === undefined ? grant.accessLevel : grant.column(column));
    if (row !== undefined) levels.set(row, higher(levels.get(row) ?? 0, granted));
  }
  return levels;
}

/** A share with a user is a change of one record and counts at once, also for users that no recalculation has seen yet. */
function gains(membership: Membership, principalId: string, userId: string): boolean {
  return principalId === userId || membership.grantees(principalId).has(userId);
}
