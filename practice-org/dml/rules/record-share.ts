import { SalesforceError } from '../../org/errors.ts';
import type { Caller, PracticeOrg } from '../../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../../schema/definitions.ts';
import type { SharingModelValue } from '../../sharing/sharing.ts';
import type { Value, Values } from '../../storage/table.ts';
import { insufficientAccess } from '../object-access.ts';
import { textOf, type ObjectRule, type StoredRecord } from '../object-rule.ts';
import { changeRow, recordsWhere } from '../table-rows.ts';

/** AccountShare, ContactShare, Custom__Share …: one access row of a user or group on one record. */
export function isShareObject(object: ObjectDefinition): boolean {
  return object.fields.has('userorgroupid') && object.fields.has('rowcause');
}

/** Manual sharing: only manual rows are written by callers, and only by who has full access to the record. */
export const recordShareRule: ObjectRule = {
  /** "The request updates any modified fields and returns the existing record" (Object Reference, AccountShare). */
  existingRecord({ org, caller, object }, values) {
    const shared = sharedRecordField(object);
    const same = { [shared.name]: values[shared.name] ?? null, UserOrGroupId: values['UserOrGroupId'] ?? null };
    const [existing] = recordsWhere(org, object.name, { ...same, RowCause: 'Manual' });
    if (!existing) return undefined;
    assertMayShare(org, caller, object, values[shared.name] ?? null);
    assertAboveDefault(org, object, values);
    changeRow(org, object.name, existing.id, values);
    return existing.id;
  },
  completeInsert({ org, caller, object }, values) {
    const cause = values['RowCause'] ?? 'Manual';
    if (!caller.system && !isWrittenByCallers(cause)) throw insufficientAccess();
    assertMayShare(org, caller, object, values[sharedRecordField(object).name] ?? null);
    assertAboveDefault(org, object, values);
    return { ...values, RowCause: cause };
  },
  completeUpdate({ org, caller, object }, share, changes) {
    assertManual(caller, share);
    assertMayShare(org, caller, object, share.get(sharedRecordField(object).name));
    assertAboveDefault(org, object, changes);
    return changes;
  },
  beforeDelete({ org, caller, object }, share) {
    assertManual(caller, share);
    assertMayShare(org, caller, object, share.get(sharedRecordField(object).name));
  },
};

/** Apex sharing reasons of custom objects end in __c. */
function isWrittenByCallers(cause: Value): boolean {
  return cause === 'Manual' || (typeof cause === 'string' && cause.endsWith('__c'));
}

function assertManual(caller: Caller, share: StoredRecord): void {
  if (!caller.system && !isWrittenByCallers(textOf(share, 'RowCause'))) throw insufficientAccess();
}

/** "ParentId" on shares of custom objects, "AccountId" on AccountShare. */
function sharedRecordField(object: ObjectDefinition): FieldDefinition {
  const named = object.name.replace(/_?_?Share$/, '');
  const field = object.fields.get(`${named.toLowerCase()}id`) ?? object.fields.get('parentid');
  if (!field) throw new Error(`${object.name} does not name the record that it shares`);
  return field;
}

function assertMayShare(org: PracticeOrg, caller: Caller, object: ObjectDefinition, recordId: Value): void {
  const [shared] = sharedRecordField(object).referenceTo;
  if (caller.system || shared === undefined || typeof recordId !== 'string') return;
  const row = org.store.table(shared).rowOf(recordId);
  if (row === undefined) return;
  if (!org.access.recordAccess(caller.userId, shared, row).hasAllAccess) throw insufficientAccess();
}

const openness: Readonly<Record<string, number>> = { None: 0, Read: 1, Edit: 2, All: 3 };

/** A share that gives no more than the organization-wide default is refused. */
function assertAboveDefault(org: PracticeOrg, object: ObjectDefinition, values: Values): void {
  const [shared] = sharedRecordField(object).referenceTo;
  const level = levelField(object);
  const given = level && values[level.name];
  if (shared === undefined || !level || typeof given !== 'string') return;
  const byDefault = levelOfModel(org.sharing.declared.models.get(shared)?.internal);
  if ((openness[given] ?? 0) > (openness[byDefault] ?? 0)) return;
  throw new SalesforceError(
    'FIELD_INTEGRITY_EXCEPTION',
    `${level.name} (trivial share level ${given}, for organization with default level ${byDefault})`,
    { fields: [level.name] },
  );
}

function levelField(object: ObjectDefinition): FieldDefinition | undefined {
  const named = object.name.replace(/_?_?Share$/, '').toLowerCase();
  return object.fields.get(`${named}accesslevel`) ?? object.fields.get('accesslevel');
}

function levelOfModel(model: SharingModelValue | undefined): string {
  if (model === undefined || model === 'Private' || model.startsWith('ControlledBy')) return 'None';
  return model === 'Read' || model === 'ReadSelect' ? 'Read' : 'Edit';
}
