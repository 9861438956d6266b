import type { PracticeOrg } from '../../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../../schema/definitions.ts';
import type { Value, Values } from '../../storage/table.ts';
import { badPicklistValue } from '../field-values.ts';
import { textOf, type ObjectRule, type RuleContext, type StoredRecord } from '../object-rule.ts';
import { assertAllowedForAssignees } from '../permission-assignability.ts';
import { assertMastersReadable, assertObjectDependencies, grantsNothing } from '../permission-dependencies.ts';
import { assertParentTakesRows, auditPermissionRow, isMuting } from '../permission-parent.ts';
import { refreshGroupsWith } from '../permission-set-group-aggregate.ts';
import { recordsWhere, removeRow } from '../table-rows.ts';
import { duplicateOfUnknown } from '../unique-fields.ts';

export const objectPermissionsRule: ObjectRule = {
  completeInsert(context, values) {
    const { org, caller } = context;
    assertParentTakesRows(org, caller, values['ParentId'] ?? null, 'object');
    const target = securedObject(context, values['SobjectType'] ?? null);
    if (!target) return values;
    assertNoRow(org, values['ParentId'] ?? null, target.name);
    return { ...droppedSilently(target.name, values), SobjectType: target.name };
  },
  afterInsert(context, row) {
    settle(context, row);
  },
  completeUpdate({ org, caller }, row, changes) {
    assertParentTakesRows(org, caller, row.get('ParentId'), 'object');
    return droppedSilently(textOf(row, 'SobjectType'), changes);
  },
  afterUpdate(context, row) {
    settle(context, row);
  },
  beforeDelete({ org, caller }, row) {
    assertParentTakesRows(org, caller, row.get('ParentId'), 'object');
  },
  afterDelete({ org, caller }, row) {
    if (!caller.system) assertMastersReadable(org, textOf(row, 'ParentId'));
    refreshGroupsWith(org, textOf(row, 'ParentId'));
    auditPermissionRow(org, caller, row, { kind: 'object', subject: textOf(row, 'SobjectType') });
  },
};

/** A row that grants nothing does not stay; a deployment checks dependencies over its whole package itself. */
function settle({ org, caller }: RuleContext, row: StoredRecord): void {
  const permissionSetId = textOf(row, 'ParentId');
  if (grantsNothing(row)) removeRow(org, 'ObjectPermissions', row.id);
  if (!caller.system && !isMuting(org, permissionSetId)) {
    assertObjectDependencies(row);
    assertMastersReadable(org, permissionSetId);
  }
  assertAllowedForAssignees(org, permissionSetId);
  if (row.get('PermissionsViewAllFields') === true) addPlaceholders(org, row);
  refreshGroupsWith(org, permissionSetId);
  auditPermissionRow(org, caller, row, { kind: 'object', subject: textOf(row, 'SobjectType') });
}

/** Left out of the picklist of SobjectType, although a deployment may name them. */
const onlyInMetadata: ReadonlySet<string> = new Set(['Task', 'Event']);

function securedObject({ org, caller, object: rowObject }: RuleContext, name: Value): ObjectDefinition | undefined {
  if (typeof name !== 'string') return undefined;
  const target = org.schema.object(name);
  const isLegal = target?.permissionable === true && (caller.system === true || isListed(target));
  if (isLegal) return target;
  throw badPicklistValue(picklistField(rowObject, 'SobjectType'), name);
}

function isListed({ name, permissionsFollow }: ObjectDefinition): boolean {
  return permissionsFollow === undefined && !onlyInMetadata.has(name);
}

export function picklistField(object: ObjectDefinition, name: string): FieldDefinition {
  const field = object.fields.get(name.toLowerCase());
  if (!field) throw new Error(`${object.name} has no field ${name}`);
  return field;
}

function assertNoRow(org: PracticeOrg, parentId: Value, target: string): void {
  if (recordsWhere(org, 'ObjectPermissions', { ParentId: parentId, SobjectType: target }).length === 0) return;
  throw duplicateOfUnknown();
}

/** The platform says success and leaves View All and Modify All off on these objects. */
const withoutAllRecords: ReadonlySet<string> = new Set([
  'Idea',
  'PendingOrdSumProcEvent',
  'Pricebook2',
  'Product2',
  'PushTopic',
]);

function droppedSilently(target: string, values: Values): Values {
  if (!withoutAllRecords.has(target)) return values;
  const dropped = Object.keys(values).filter((name) => name.endsWith('AllRecords'));
  return { ...values, ...Object.fromEntries(dropped.map((name) => [name, false])) };
}

/** View All Fields (API 63) shows as a FieldPermissions row for every field that has none. */
function addPlaceholders(org: PracticeOrg, row: StoredRecord): void {
  const target = org.schema.object(textOf(row, 'SobjectType'));
  const ParentId = textOf(row, 'ParentId');
  const present = new Set(
    recordsWhere(org, 'FieldPermissions', { ParentId }).map((one) => textOf(one, 'Field').toLowerCase()),
  );
  for (const field of target?.fields.values() ?? []) {
    const Field = `${target?.name ?? ''}.${field.name}`;
    if (!field.permissionable || present.has(Field.toLowerCase())) continue;
    org.store
      .table('FieldPermissions')
      .insert({ ParentId, SobjectType: target?.name ?? '', Field, PermissionsRead: true });
  }
}
