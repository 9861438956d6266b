import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import type { RowPermission } from './update.ts';

const everyRow: RowPermission = { visible: () => true, editable: () => true };

/** Asks the access engine about each row. */
export function rowPermission(org: PracticeOrg, caller: Caller, object: ObjectDefinition): RowPermission {
  if (caller.system || !object.permissionable) return everyRow;
  const accessTo = (row: number) => org.access.recordAccess(caller.userId, object.name, row);
  return { visible: (row) => accessTo(row).hasReadAccess, editable: (row) => accessTo(row).hasEditAccess };
}

/** Reads the caller's rows once: a batch of updates does not see changes of access that it causes itself. */
export function batchPermission(org: PracticeOrg, caller: Caller, object: ObjectDefinition): RowPermission {
  if (caller.system || !object.permissionable) return everyRow;
  const visible = org.access.visibleRows(caller.userId, object.name);
  const editable = org.access.editableRows(caller.userId, object.name);
  return {
    visible: visible.all ? () => true : (row) => visible.has(row),
    editable: editable.all ? () => true : (row) => editable.has(row),
  };
}
