import type { MetadataComponent } from './component.js';
import { compareText } from './order.js';
import { parseFieldPermission, type FieldPermission } from './permission-set.js';
import { rowsOf, type MetadataRow } from './reading.js';

/**
 * Only the fields to change: a profile's deployment leaves alone what it does not name, and an explicit false takes access
 * away (which leaving the field out does not).
 */
export function profileFieldPermissions(profile: string, permissions: readonly FieldPermission[]): MetadataComponent {
  const elements = [...permissions]
    .sort((a, b) => compareText(a.field, b.field))
    .map(({ field, readable, editable }) => ({ editable, field, readable }));
  return { type: 'Profile', fullName: profile, body: { fieldPermissions: elements } };
}

export function parseProfileFieldPermissions(row: MetadataRow): readonly FieldPermission[] {
  return rowsOf(row, 'fieldPermissions').map(parseFieldPermission);
}

/** Parts of the same profile as one document: a package holds each profile once. */
export function mergeProfiles(components: readonly MetadataComponent[]): readonly MetadataComponent[] {
  const byProfile = new Map<string, FieldPermission[]>();
  for (const { fullName, body } of components) {
    const permissions = byProfile.get(fullName) ?? [];
    permissions.push(...parseProfileFieldPermissions(body));
    byProfile.set(fullName, permissions);
  }
  return [...byProfile].map(([fullName, permissions]) => profileFieldPermissions(fullName, permissions));
}
