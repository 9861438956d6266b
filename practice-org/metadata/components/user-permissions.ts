import { systemPermissionNames } from '../../dml/licence-entitlements.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import { children, flag, text, type Document } from '../document.ts';

/** System permissions of a document by column of PermissionSet; those that it does not name are left out. */
export function userPermissionColumns(org: PracticeOrg, document: Document): Readonly<Record<string, boolean>> {
  const known = new Set(systemPermissionNames(org));
  const columns: Record<string, boolean> = {};
  for (const element of children(document, 'userPermissions')) {
    const name = text(element, 'name') ?? '';
    if (!known.has(name)) throw new ComponentError(`Unknown user permission: ${name}`);
    columns[`Permissions${name}`] = flag(element, 'enabled') ?? false;
  }
  return columns;
}

export function readUserPermissions(org: PracticeOrg, permissionSet: StoredRecord): readonly Document[] {
  return systemPermissionNames(org)
    .filter((name) => permissionSet.get(`Permissions${name}`) === true)
    .sort()
    .map((name) => ({ enabled: true, name }));
}
