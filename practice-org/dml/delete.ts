import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { deleteDependents } from './cascade.ts';
import { assertAllowed, insufficientAccess, knownObject } from './object-access.ts';
import { rememberedRecord } from './object-rule.ts';
import { existingRow } from './record-lookup.ts';
import { rowPermission } from './row-permission.ts';
import { ruleOf } from './rules/registry.ts';

export function deleteRecord(org: PracticeOrg, caller: Caller, objectName: string, id: string): void {
  const object = knownObject(org, caller, objectName);
  assertAllowed(org, caller, object, 'delete');
  const table = org.store.table(object.name);
  const row = existingRow(table, object, id, rowPermission(org, caller, object).visible);
  if (!mayDelete(org, caller, object, row)) throw insufficientAccess();
  org.store.transaction(() => {
    const context = { org, caller, object };
    const rule = ruleOf(object);
    const record = rememberedRecord(table, row);
    rule.beforeDelete?.(context, record);
    deleteDependents(org, caller, object, record.id);
    table.delete(row);
    rule.afterDelete?.(context, record);
  });
}

function mayDelete(org: PracticeOrg, caller: Caller, object: ObjectDefinition, row: number): boolean {
  if (caller.system || !object.permissionable) return true;
  return org.access.recordAccess(caller.userId, object.name, row).hasDeleteAccess;
}
