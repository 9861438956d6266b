import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import { wrongIdType } from './field-values.ts';

type ReferenceCheck = (id: string) => void;

/** Refuses Ids of other objects, of records that do not exist and of records that the caller may not see. */
export function referenceCheck(org: PracticeOrg, caller: Caller, field: FieldDefinition): ReferenceCheck {
  const targets = field.referenceTo.flatMap((name) => org.schema.object(name) ?? []);
  return (id) => {
    const target = targets.find(({ keyPrefix }) => keyPrefix === id.slice(0, 3));
    if (target) assertReachable(org, caller, target, field, id);
    else if (targets.length > 0) throw wrongIdType(field, id);
  };
}

function assertReachable(
  org: PracticeOrg,
  caller: Caller,
  target: ObjectDefinition,
  field: FieldDefinition,
  id: string,
): void {
  if (!org.store.hasTable(target.name)) return;
  const table = org.store.table(target.name);
  const row = table.rowOf(id);
  if (row === undefined) throw table.isDeletedId(id) ? entityIsDeleted() : invalidCrossReference();
  if (caller.system || !target.permissionable) return;
  const access = org.access.recordAccess(caller.userId, target.name, row);
  const suffices = needsEditOnMaster(field) ? access.hasEditAccess : access.hasReadAccess;
  if (!suffices) throw insufficientReferenceAccess(id);
}

/** Details are written by who may edit the master, unless the relationship asks for Read only. */
function needsEditOnMaster(field: FieldDefinition): boolean {
  return field.masterDetail && field.metadata?.['writeRequiresMasterRead'] !== true;
}

export function invalidCrossReference(httpStatus = 400): SalesforceError {
  return new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { httpStatus });
}

export function entityIsDeleted(httpStatus = 400): SalesforceError {
  return new SalesforceError('ENTITY_IS_DELETED', 'entity is deleted', { httpStatus });
}

function insufficientReferenceAccess(id: string): SalesforceError {
  return new SalesforceError(
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    `insufficient access rights on cross-reference id: ${id.slice(0, 15)}`,
  );
}
