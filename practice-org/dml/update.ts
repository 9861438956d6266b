import type { Caller, PracticeOrg, RowUpdate } from '../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { Table, Value, Values } from '../storage/table.ts';
import { deleteManualShares } from './cascade.ts';
import { referenceCheck } from './cross-references.ts';
import { valueConverter, type ConvertValue } from './field-values.ts';
import { modificationStamp } from './new-record.ts';
import { assertAllowed, insufficientAccess, knownObject } from './object-access.ts';
import { storedRecord, type ObjectRule } from './object-rule.ts';
import { existingRow } from './record-lookup.ts';
import { assertCanOwn, assertMayTransfer } from './record-ownership.ts';
import { isRequired, requiredFieldsMissing } from './required-fields.ts';
import { ruleOf } from './rules/registry.ts';
import { uniquenessCheck, type UniquenessCheck } from './unique-fields.ts';
import { writableFields } from './writable-fields.ts';

/** Whether the caller sees a row and may change it: asked row by row, or read once for a whole batch. */
export type RowPermission = { readonly visible: (row: number) => boolean; readonly editable: (row: number) => boolean };

type ColumnPlan = {
  readonly field: FieldDefinition;
  readonly convert: ConvertValue;
  readonly read: (row: number) => Value;
  readonly checkReference: ((id: string) => void) | undefined;
  readonly checkUniqueness: UniquenessCheck | undefined;
};

type UpdatePlan = {
  readonly org: PracticeOrg;
  readonly caller: Caller;
  readonly object: ObjectDefinition;
  readonly table: Table;
  readonly columns: readonly ColumnPlan[];
  readonly rule: ObjectRule | undefined;
  readonly permission: RowPermission;
  readonly stamp: Values;
};

/** Everything that does not depend on the row is decided here, once. */
export function planUpdate(
  org: PracticeOrg,
  caller: Caller,
  objectName: string,
  columnNames: readonly string[],
  permissionOf: (object: ObjectDefinition) => RowPermission,
): RowUpdate {
  const object = knownObject(org, caller, objectName);
  assertAllowed(org, caller, object, 'edit');
  const table = org.store.table(object.name);
  const fields = writableFields(org, caller, object, columnNames, 'update');
  const plan: UpdatePlan = {
    org,
    caller,
    object,
    table,
    columns: fields.map((field) => columnPlan(org, caller, table, field)),
    rule: ruleForUpdates(object),
    permission: permissionOf(object),
    stamp: modificationStamp(org, caller, object),
  };
  return (id, values) => updateRow(plan, id, values);
}

function ruleForUpdates(object: ObjectDefinition): ObjectRule | undefined {
  const rule = ruleOf(object);
  return rule.completeUpdate || rule.afterUpdate ? rule : undefined;
}

function columnPlan(org: PracticeOrg, caller: Caller, table: Table, field: FieldDefinition): ColumnPlan {
  return {
    field,
    convert: valueConverter(field),
    read: table.reader(field.name),
    checkReference: field.type === 'reference' ? referenceCheck(org, caller, field) : undefined,
    checkUniqueness: uniquenessCheck(table, field),
  };
}

function updateRow(plan: UpdatePlan, id: string, values: readonly Value[]): boolean {
  const row = existingRow(plan.table, plan.object, id, plan.permission.visible);
  if (!plan.permission.editable(row)) throw insufficientAccess();
  const changes = changesOf(plan, row, values);
  if (!plan.rule) return write(plan, row, changes);
  const { org, rule } = plan;
  return org.store.transaction(() => writeWithRule(plan, rule, row, changes));
}

function changesOf(plan: UpdatePlan, row: number, values: readonly Value[]): Values {
  const changes: Record<string, Value> = {};
  for (let at = 0; at < plan.columns.length; at++) {
    const column = plan.columns[at];
    if (!column) continue;
    const value = column.convert(values[at] ?? null);
    if (value === column.read(row)) continue;
    checkChange(plan, column, row, value);
    changes[column.field.name] = value;
  }
  return changes;
}

function checkChange(plan: UpdatePlan, column: ColumnPlan, row: number, value: Value): void {
  if (value === null) {
    if (isRequired(column.field)) throw requiredFieldsMissing([column.field.name]);
    return;
  }
  if (typeof value === 'string') column.checkReference?.(value);
  column.checkUniqueness?.(value, row);
  if (column.field.name !== 'OwnerId') return;
  assertMayTransfer(plan.org, plan.caller, plan.object, row);
  assertCanOwn(plan.org, plan.caller, plan.object, value);
}

/** A save without a difference still counts as a modification on the platform, so the stamp is written either way. */
function write(plan: UpdatePlan, row: number, changes: Values): boolean {
  plan.table.update(row, { ...changes, ...plan.stamp });
  if ('OwnerId' in changes) deleteManualShares(plan.org, plan.object, plan.table.idOf(row));
  return Object.keys(changes).length > 0;
}

function writeWithRule(plan: UpdatePlan, rule: ObjectRule, row: number, changes: Values): boolean {
  const context = { org: plan.org, caller: plan.caller, object: plan.object };
  const record = storedRecord(plan.table, row);
  const completed = rule.completeUpdate?.(context, record, changes) ?? changes;
  const previous = Object.fromEntries(Object.keys(completed).map((name) => [name, record.get(name)]));
  const changed = write(plan, row, completed);
  if (changed) rule.afterUpdate?.(context, record, previous);
  return changed;
}
