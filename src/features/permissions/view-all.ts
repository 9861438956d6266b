import type { Row } from '../../observation/question.js';
import { booleanAt } from '../../observation/row.js';

/** Whether the set of a PermissionSetAssignment shows every record of every object. */
export function viewsAllData(assignment: Row): boolean {
  return (
    booleanAt(assignment, 'PermissionSet.PermissionsViewAllData') ||
    booleanAt(assignment, 'PermissionSet.PermissionsModifyAllData')
  );
}

/** Whether a row of ObjectPermissions shows every record of its object. */
export function viewsAllRecords(objectPermission: Row): boolean {
  return (
    booleanAt(objectPermission, 'PermissionsViewAllRecords') ||
    booleanAt(objectPermission, 'PermissionsModifyAllRecords')
  );
}

const openModels: readonly string[] = ['Read', 'ReadWrite', 'ReadWriteTransfer', 'FullAccess', 'ReadSelect'];

/** An organization-wide default that shows every record to whoever may read the object (Tooling API, EntityDefinition). */
export function isOpenModel(model: string): boolean {
  return openModels.includes(model);
}

/** One that shows what is shared; an object that follows its parent is filtered as far as the parent is. */
export function isFilteredModel(model: string): boolean {
  return model === 'Private' || model.startsWith('ControlledBy');
}
