import { withRequirements } from '../access/system-permissions.ts';
import { SalesforceError } from '../org/errors.ts';
import type { PracticeOrg } from '../org/practice-org.ts';
import { systemPermissionNames } from './licence-entitlements.ts';
import { textOf, type StoredRecord } from './object-rule.ts';
import { recordsWhere } from './table-rows.ts';

export function dependencyMissing(permission: string, required: readonly string[]): SalesforceError {
  return new SalesforceError(
    'FIELD_INTEGRITY_EXCEPTION',
    `Permission ${permission} depends on permission(s): ${required.join(', ')}`,
  );
}

/** A system permission needs those that Setup names beside it ("Requires these permissions"). */
export function assertSystemDependencies(org: PracticeOrg, granted: readonly string[]): void {
  const known = new Set(systemPermissionNames(org));
  const has = new Set(granted);
  for (const permission of granted) {
    const missing = [...withRequirements(permission)].filter((name) => known.has(name) && !has.has(name));
    if (missing.length > 0) throw dependencyMissing(permission, missing);
  }
}

type Right = 'Read' | 'Create' | 'Edit' | 'Delete' | 'ViewAllRecords' | 'ModifyAllRecords' | 'ViewAllFields';

/** Object Reference, ObjectPermissions: what each right requires on the same object. */
const requiredRights = {
  Read: [],
  Create: ['Read'],
  Edit: ['Read'],
  Delete: ['Read', 'Edit'],
  ViewAllRecords: ['Read'],
  ModifyAllRecords: ['Read', 'Edit', 'Delete', 'ViewAllRecords'],
  ViewAllFields: ['Read'],
} as const satisfies Record<Right, readonly Right[]>;

const rightNames = {
  Read: 'Read',
  Create: 'Create',
  Edit: 'Edit',
  Delete: 'Delete',
  ViewAllRecords: 'View All',
  ModifyAllRecords: 'Modify All',
  ViewAllFields: 'View All Fields',
} as const satisfies Record<Right, string>;

const rights = Object.keys(requiredRights) as readonly Right[];

function has(row: StoredRecord, right: Right): boolean {
  return row.get(`Permissions${right}`) === true;
}

export function grantsNothing(row: StoredRecord): boolean {
  return rights.every((right) => !has(row, right));
}

export function assertObjectDependencies(row: StoredRecord): void {
  const object = textOf(row, 'SobjectType');
  for (const right of rights.filter((one) => has(row, one))) {
    const missing = requiredRights[right].filter((required) => !has(row, required));
    if (missing.length === 0) continue;
    throw dependencyMissing(
      `${rightNames[right]} ${object}`,
      missing.map((required) => `${rightNames[required]} ${object}`),
    );
  }
}

/** Reading a detail needs reading its master, in the same permission set. */
export function assertMastersReadable(org: PracticeOrg, permissionSetId: string): void {
  const rows = recordsWhere(org, 'ObjectPermissions', { ParentId: permissionSetId }).filter((row) => has(row, 'Read'));
  const readable = new Set(rows.map((row) => textOf(row, 'SobjectType').toLowerCase()));
  for (const row of rows) {
    const detail = textOf(row, 'SobjectType');
    const missing = mastersOf(org, detail).filter((master) => !readable.has(master.toLowerCase()));
    if (missing.length > 0)
      throw dependencyMissing(
        `Read ${detail}`,
        missing.map((master) => `Read ${master}`),
      );
  }
}

function mastersOf(org: PracticeOrg, detail: string): readonly string[] {
  const fields = org.schema.object(detail)?.fields.values() ?? [];
  return [...fields].filter((field) => field.masterDetail).flatMap((field) => field.referenceTo);
}
