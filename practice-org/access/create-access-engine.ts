import type { PracticeOrg } from '../org/practice-org.ts';
import { restrictionFor } from '../sharing/restriction.ts';
import type { Table } from '../storage/table.ts';
import type { AccessEngine, ObjectAccess, RecordAccess, RowSet } from './access.ts';
import { accessLevelName, level, lower, type Level } from './levels.ts';
import { createPermissionEngine } from './permission-engine.ts';
import { createRecordLevels } from './record-levels.ts';
import { everyRow, noRows, rowsWhere } from './row-set.ts';

const noAccess: RecordAccess = {
  hasReadAccess: false,
  hasEditAccess: false,
  hasDeleteAccess: false,
  hasTransferAccess: false,
  hasAllAccess: false,
  maxAccessLevel: 'None',
};

/** Row sets of this many users and objects are kept: each may hold a byte for every record. */
const keptRowSets = 48;

export function createAccessEngine(org: Pick<PracticeOrg, 'store' | 'schema' | 'sharing' | 'clock'>): AccessEngine {
  const { store, schema, sharing } = org;
  const permissions = createPermissionEngine(org);
  const levels = createRecordLevels(org, permissions);
  const rowSets = new Map<string, { readonly stamp: string; readonly rows: RowSet }>();

  /** Computed by `compute` unless nothing that decides it has changed since. */
  function kept(key: string, stamp: string, compute: () => RowSet): RowSet {
    const known = rowSets.get(key);
    if (known?.stamp === stamp) return known.rows;
    const computed = { stamp, rows: compute() };
    rowSets.delete(key);
    rowSets.set(key, computed);
    if (rowSets.size > keptRowSets) rowSets.delete(rowSets.keys().next().value ?? key);
    return computed.rows;
  }

  function rowsWithLevel(userId: string, object: string, wanted: Level): RowSet {
    const table = store.table(object);
    const isOpen = levels.floorOf(userId, object) >= wanted;
    const restriction = restrictionOn(userId, table);
    const key = [userId, object, wanted, isOpen, restriction !== undefined].join('|');
    const user = restriction ? `${store.table('User').version}|${restriction.names}` : '';
    return kept(key, `${levels.stamp(table.object.name)}|${user}`, () => {
      if (isOpen) return restriction ? rowsWhere(table, restriction.allows) : everyRow(table);
      const levelOf = levels.levelOf(userId, table.object.name);
      if (!restriction) return rowsWhere(table, (row) => levelOf(row) >= wanted);
      return rowsWhere(table, (row) => levelOf(row) >= wanted && restriction.allows(row));
    });
  }

  function restrictionOn(userId: string, table: Table) {
    const targeting = sharing.restrictionRules.filter(({ targetEntity }) => targetEntity === table.object.name);
    if (targeting.length === 0) return undefined;
    const user = store.find('User', userId) ?? {};
    const active = targeting.flatMap((rule) => restrictionFor(rule, user, table) ?? []);
    if (active.length === 0) return undefined;
    return {
      names: JSON.stringify(targeting),
      allows: (row: number) => active.every((allows) => allows(row)),
    };
  }

  function visibleRows(userId: string, object: string): RowSet {
    const definition = schema.object(object);
    if (!definition || !permissions.objectAccess(userId, object).read) return noRows();
    return rowsWithLevel(userId, definition.name, level.read);
  }

  function editableRows(userId: string, object: string): RowSet {
    const definition = schema.object(object);
    if (!definition || !permissions.objectAccess(userId, object).edit) return noRows();
    return rowsWithLevel(userId, definition.name, level.edit);
  }

  function recordAccess(userId: string, objectName: string, row: number): RecordAccess {
    const object = schema.object(objectName)?.name;
    if (object === undefined) return noAccess;
    const allowed = permissions.objectAccess(userId, object);
    if (!allowed.read) return noAccess;
    const shared = levels.levelOf(userId, object)(row);
    return accessOf(levels.isControlledByParent(object) ? lower(shared, permittedLevel(allowed)) : shared, allowed);
  }

  return {
    ...permissions,
    visibleRows,
    editableRows,
    recordAccess,
  };
}

/**
 * Measured in a real org: an owner, and whoever is above in the hierarchy, has MaxAccessLevel All although the object
 * permission is read-only; the right to edit, delete and transfer then is false all the same.
 */
function accessOf(shared: Level, allowed: ObjectAccess): RecordAccess {
  return {
    hasReadAccess: shared >= level.read,
    hasEditAccess: shared >= level.edit && allowed.edit,
    hasDeleteAccess: shared >= level.all && allowed.delete,
    hasTransferAccess: shared >= level.transfer && allowed.edit,
    hasAllAccess: shared >= level.all,
    maxAccessLevel: accessLevelName(shared),
  };
}

/** Measured as well: a child that is Controlled by Parent shows no more than the object permission allows. */
function permittedLevel({ edit, delete: mayDelete }: ObjectAccess): Level {
  if (!edit) return level.read;
  return mayDelete ? level.all : level.edit;
}
