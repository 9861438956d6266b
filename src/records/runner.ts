import { booleanAt, textAt } from '../observation/row.js';
import type { OrgPort } from '../org/port.js';
import { soql } from '../org/soql.js';

/**
 * Whether whoever runs the command sees a part of the records only: what isn't seen is neither counted nor written. False where that
 * is not known.
 */
export async function seesOnlyPart(port: OrgPort, sobject: string): Promise<boolean> {
  const { username } = port;
  const [data, records, entity] = await port.queryAll(
    [
      soql`SELECT PermissionSet.PermissionsViewAllData, PermissionSet.PermissionsModifyAllData FROM PermissionSetAssignment WHERE Assignee.Username = ${username}`,
      soql`SELECT PermissionsViewAllRecords, PermissionsModifyAllRecords FROM ObjectPermissions WHERE SobjectType = ${sobject} AND ParentId IN (SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = ${username})`,
      soql`SELECT QualifiedApiName, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName = ${sobject}`,
    ].map((query) => ({ soql: query, api: 'rest' as const })),
  );
  if (data?.ok !== true || records?.ok !== true || entity?.ok !== true) return false;
  const seesAllData = data.value.some(
    (row) =>
      booleanAt(row, 'PermissionSet.PermissionsViewAllData') ||
      booleanAt(row, 'PermissionSet.PermissionsModifyAllData'),
  );
  const seesAllRecords = records.value.some(
    (row) => booleanAt(row, 'PermissionsViewAllRecords') || booleanAt(row, 'PermissionsModifyAllRecords'),
  );
  const model = textAt(entity.value[0] ?? {}, 'InternalSharingModel') ?? '';
  const isRestricted = model === 'Private' || model.startsWith('ControlledBy');
  return isRestricted && !seesAllData && !seesAllRecords;
}
