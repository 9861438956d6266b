import type { Row } from './question.js';

/** Typed reading of rows as the org sent them. Paths follow relationships: "Profile.UserLicense.Name". */
function valueAt(row: Row, path: string): unknown {
  let value: unknown = row;
  for (const step of path.split('.')) {
    if (!isRow(value)) return undefined;
    value = value[step];
  }
  return value;
}

export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Null for what is absent, null or not text. */
export function textAt(row: Row, path: string): string | null {
  const value = valueAt(row, path);
  return typeof value === 'string' ? value : null;
}

/** SOAP answers carry booleans as text where the client library does not know the field. */
export function booleanAt(row: Row, path: string): boolean {
  const value = valueAt(row, path);
  return value === true || value === 'true';
}

export function numberAt(row: Row, path: string): number | null {
  const value = valueAt(row, path);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Repeated elements: absent is empty, a single one is a list of one; a subquery's result is its records. */
export function rowsAt(row: Row, path: string): readonly Row[] {
  const value = valueAt(row, path);
  if (Array.isArray(value)) return value.filter(isRow);
  if (isRow(value)) return Array.isArray(value['records']) ? value['records'].filter(isRow) : [value];
  return [];
}

export function textsAt(row: Row, path: string): readonly string[] {
  const value = valueAt(row, path);
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.filter((item): item is string => typeof item === 'string');
}
