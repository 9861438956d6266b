import type { HeldObject, HeldPermissions, PermissionSource } from '../features/permissions/held-permissions.js';
import { bypassPermissions } from '../features/permissions/system-permissions.js';
import { sourceText } from '../features/verification/sources.js';
import { inventoryTexts as texts } from './texts.js';

const byObject = {
  viewAllRecords: 'void.viewAllRecords',
  modifyAllRecords: 'void.modifyAllRecords',
  viewAllFields: 'void.viewAllFields',
} as const satisfies Partial<Record<keyof HeldObject, string>>;

/** Grants that show more than flags and hidden fields are meant to leave: one line for each thing that gives them. */
export function voidsOf({ sources, objects }: HeldPermissions): readonly string[] {
  return sources.flatMap((source) => [...systemVoids(source), ...objectVoids(source, objects)]);
}

function systemVoids(source: PermissionSource): readonly string[] {
  return Object.keys(bypassPermissions)
    .filter((permission) => source.systemPermissions.has(permission))
    .map((permission) => texts.getMessage(`void.${permission}`, [sourceText(source)]));
}

function objectVoids(source: PermissionSource, objects: readonly HeldObject[]): readonly string[] {
  const given = objects.filter((row) => row.source === source);
  return Object.entries(byObject).flatMap(([permission, key]) => {
    const names = given.filter((row) => row[permission as keyof typeof byObject]).map(({ object }) => object);
    return names.length === 0 ? [] : [texts.getMessage(key, [names.sort().join(', '), sourceText(source)])];
  });
}
