import type { RecordReference, RecordValue } from '../planning/change.js';
import { soql } from '../org/soql.js';
import type { Session } from './session.js';

/** How a record that a change refers to is found where neither the plan nor this run knows its Id. */
const lookups: Readonly<Record<string, (name: string) => string>> = {
  User: (name) => soql`SELECT Id FROM User WHERE Username = ${name}`,
  // A package may hold one of the same name.
  PermissionSet: (name) =>
    soql`SELECT Id FROM PermissionSet WHERE Name = ${name} AND IsOwnedByProfile = false ORDER BY NamespacePrefix NULLS FIRST LIMIT 1`,
  PermissionSetGroup: (name) => soql`SELECT Id FROM PermissionSetGroup WHERE DeveloperName = ${name}`,
  Group: (name) => soql`SELECT Id FROM Group WHERE DeveloperName = ${name} AND Type = 'Regular'`,
};

export function isReference(value: RecordValue | undefined): value is RecordReference {
  return typeof value === 'object' && value !== null;
}

/** Looks up, in one request, what is referred to and not known yet. */
export async function lookUpReferences(references: readonly RecordReference[], session: Session): Promise<void> {
  const missing = [...new Set(references.map((reference) => reference.idOf))].filter((key) => !session.ids.has(key));
  const asked = missing.flatMap((key) => {
    const query = lookupOf(key);
    return query === undefined ? [] : [{ key, soql: query, api: 'rest' as const }];
  });
  if (asked.length === 0) return;
  const answers = await session.port.queryAll(asked);
  asked.forEach(({ key }, index) => {
    const answer = answers[index];
    const id = answer?.ok === true ? answer.value[0]?.['Id'] : undefined;
    if (typeof id === 'string') session.ids.set(key, id);
  });
}

function lookupOf(key: string): string | undefined {
  const separator = key.indexOf(':');
  return lookups[key.slice(0, separator)]?.(key.slice(separator + 1));
}
