import type { PermissionSource } from '../permissions/held-permissions.js';
import { texts } from './texts.js';

/** "profile X", "permission set Y", "permission set group Z". */
export function sourceText({ kind, label, name }: PermissionSource): string {
  return texts.text(`source.${kind}`, [kind === 'profile' ? name : label]);
}
