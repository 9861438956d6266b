import type { PermissionSource } from '../permissions/held-permissions.js';
import { texts } from './texts.js';

/** Who gives a permission, for people: a profile by its name, everything else by label and API name. */
export function sourceText({ kind, name, label, sessionBased }: PermissionSource): string {
  const shown = kind === 'profile' || label === name ? name : `${label} (${name})`;
  const text = texts.text(`source.${kind}`, [shown]);
  return sessionBased ? texts.text('source.sessionBased', [text]) : text;
}
