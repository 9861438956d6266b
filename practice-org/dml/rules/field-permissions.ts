import type { SalesforceError } from '../../org/errors.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../../schema/definitions.ts';
import type { Value, Values } from '../../storage/table.ts';
import { badPicklistValue } from '../field-values.ts';
import { textOf, type ObjectRule, type RuleContext, type StoredRecord } from '../object-rule.ts';
import { dependencyMissing } from '../permission-dependencies.ts';
import { assertParentTakesRows, auditPermissionRow, isMuting } from '../permission-parent.ts';
import { refreshGroupsWith } from '../permission-set-group-aggregate.ts';
import { changeRow, recordsWhere, removeRow } from '../table-rows.ts';
import { duplicateOfUnknown } from '../unique-fields.ts';
import { picklistField } from './object-permissions.ts';

export const fieldPermissionsRule: ObjectRule = {
  completeInsert(context, values) {
    const { org, caller } = context;
    const name = values['Field'] ?? null;
    if (typeof name !== 'string') return values;
    assertParentTakesRows(org, caller, values['ParentId'] ?? null, 'field');
    const secured = securedField(context, values['SobjectType'] ?? null, name);
    assertNoRow(org, values['ParentId'] ?? null, secured.path);
    return { ...writableRights(secured.field, values), SobjectType: secured.object, Field: secured.path };
  },
  afterInsert(context, row) {
    settle(context, row);
  },
  completeUpdate({ org, caller }, row, changes) {
    assertParentTakesRows(org, caller, row.get('ParentId'), 'field');
    const field = fieldOf(org, row);
    return field ? writableRights(field, changes) : changes;
  },
  afterUpdate(context, row) {
    settle(context, row);
  },
  beforeDelete({ org, caller }, row) {
    assertParentTakesRows(org, caller, row.get('ParentId'), 'field');
  },
  afterDelete({ org, caller }, row) {
    auditPermissionRow(org, caller, row, { kind: 'field', subject: textOf(row, 'Field') });
    mirrorActivity(org, row, noRights);
    refreshGroupsWith(org, textOf(row, 'ParentId'));
  },
};

type Rights = { readonly PermissionsRead: boolean; readonly PermissionsEdit: boolean };

const noRights: Rights = { PermissionsRead: false, PermissionsEdit: false };

/** Edit needs Read; a row without Read does not stay. Neither holds for what a muting set takes away. */
function settle({ org, caller }: RuleContext, row: StoredRecord): void {
  const rights = rightsOf(row);
  const muting = isMuting(org, row.get('ParentId'));
  if (!muting && rights.PermissionsEdit && !rights.PermissionsRead) {
    const path = textOf(row, 'Field');
    throw dependencyMissing(`Edit ${path}`, [`Read ${path}`]);
  }
  mirrorActivity(org, row, rights);
  const stays = rights.PermissionsRead || (muting && rights.PermissionsEdit);
  if (!stays) removeRow(org, 'FieldPermissions', row.id);
  auditPermissionRow(org, caller, row, { kind: 'field', subject: textOf(row, 'Field') });
  refreshGroupsWith(org, textOf(row, 'ParentId'));
}

function rightsOf(row: StoredRecord): Rights {
  return {
    PermissionsRead: row.get('PermissionsRead') === true,
    PermissionsEdit: row.get('PermissionsEdit') === true,
  };
}

type SecuredField = { readonly object: string; readonly path: string; readonly field: FieldDefinition };

/** Only what describe lists as a value of `Field` can have a row; "Contact.Account" means "Contact.AccountId" (API 50). */
function securedField({ org, object: rowObject }: RuleContext, sobjectType: Value, path: string): SecuredField {
  const [objectName = '', fieldName = ''] = path.split('.', 2);
  const object = org.schema.object(objectName);
  const field = object && (fieldNamed(object, fieldName) ?? fieldNamed(object, `${fieldName}Id`));
  const belongs = typeof sobjectType !== 'string' || sobjectType.toLowerCase() === objectName.toLowerCase();
  if (!object || !field || !isSecured(object, field) || !belongs) throw illegalField(rowObject, path);
  return { object: object.name, path: `${object.name}.${field.name}`, field };
}

/** Of objects without object permissions, such as User, only custom fields are under field-level security. */
function isSecured(object: ObjectDefinition, field: FieldDefinition): boolean {
  return field.permissionable && (object.permissionable || field.custom);
}

function fieldNamed(object: ObjectDefinition, name: string): FieldDefinition | undefined {
  return object.fields.get(name.toLowerCase());
}

function illegalField(rowObject: ObjectDefinition, path: string): SalesforceError {
  return badPicklistValue(picklistField(rowObject, 'Field'), path);
}

function fieldOf(org: PracticeOrg, row: StoredRecord): FieldDefinition | undefined {
  const [object = '', field = ''] = textOf(row, 'Field').split('.', 2);
  return org.schema.field(object, field);
}

/** Formula and auto-number fields are read-only: the platform does not keep Edit for them. */
function writableRights(field: FieldDefinition, values: Values): Values {
  return field.calculated || field.autoNumber ? { ...values, PermissionsEdit: false } : values;
}

function assertNoRow(org: PracticeOrg, parentId: Value, path: string): void {
  const same = rowsFor(org, parentId, path);
  if (same.length === 0) return;
  throw duplicateOfUnknown();
}

function rowsFor(org: PracticeOrg, parentId: Value, path: string): readonly StoredRecord[] {
  return recordsWhere(org, 'FieldPermissions', { ParentId: parentId, Field: path });
}

/** Task and Event share the fields of Activity: setting one sets the other (Object Reference, FieldPermissions). */
function mirrorActivity(org: PracticeOrg, row: StoredRecord, rights: Rights): void {
  const [object = '', fieldName = ''] = textOf(row, 'Field').split('.', 2);
  const twin = object === 'Task' ? 'Event' : object === 'Event' ? 'Task' : undefined;
  if (twin === undefined || !org.schema.field(twin, fieldName)?.permissionable) return;
  const Field = `${twin}.${fieldName}`;
  const [existing] = rowsFor(org, row.get('ParentId'), Field);
  if (existing && !rights.PermissionsRead) removeRow(org, 'FieldPermissions', existing.id);
  else if (existing) changeRow(org, 'FieldPermissions', existing.id, rights);
  else if (rights.PermissionsRead) {
    org.store.table('FieldPermissions').insert({ ParentId: row.get('ParentId'), SobjectType: twin, Field, ...rights });
  }
}
