import type { GrantPart, ObjectOperation } from '../definition/definition.js';
import { checkFieldName } from './hidden-fields.js';
import { parseObjectAccess } from './shared-objects.js';
import { flagTexts as texts } from './texts.js';

export type GrantFlags = {
  readonly sobjects: readonly string[];
  readonly readFields: readonly string[];
  readonly editFields: readonly string[];
  readonly systemPermissions: readonly string[];
  readonly permissionSets: readonly string[];
  readonly recipe: string | null;
  readonly allowUnfiltered: boolean;
};

const operations = ['read', 'create', 'edit', 'delete'] as const satisfies readonly ObjectOperation[];

/** "Account:edit" may be repeated with other accesses: they add up, and each brings what it depends on. */
export function toGrantPart(flags: GrantFlags): GrantPart {
  for (const field of [...flags.readFields, ...flags.editFields]) checkFieldName(field);
  const wrong = flags.systemPermissions.find((permission) => !/^[A-Za-z]\w*$/.test(permission));
  if (wrong !== undefined) throw texts.createError('error.SystemPermissionExpected', [wrong]);
  const chosen = [flags.sobjects, flags.readFields, flags.editFields, flags.systemPermissions, flags.permissionSets];
  if (flags.recipe === null && chosen.every((list) => list.length === 0))
    throw texts.createError('error.NothingToGrant');
  return {
    recipe: flags.recipe,
    objects: objectOperations(flags.sobjects),
    readFields: flags.readFields,
    editFields: flags.editFields,
    systemPermissions: flags.systemPermissions,
    permissionSets: flags.permissionSets,
    allowUnfiltered: flags.allowUnfiltered,
  };
}

function objectOperations(sobjects: readonly string[]): GrantPart['objects'] {
  const objects: Record<string, readonly ObjectOperation[]> = {};
  for (const text of sobjects) {
    const [object, operation] = parseObjectAccess(text, operations, 'read');
    const name = Object.keys(objects).find((known) => known.toLowerCase() === object.toLowerCase()) ?? object;
    objects[name] = [...new Set([...(objects[name] ?? []), operation])];
  }
  return objects;
}
