import type { XmlElement, XmlValue } from './component.js';

/**
 * Typed access to a component as readMetadata or a parsed document gives it. An element that may occur several times
 * arrives as one value or as a list, booleans as text or as booleans, and what is absent counts as null, false or none.
 */
export type MetadataRow = { readonly [element: string]: unknown };

export function textOf(row: MetadataRow, element: string): string | null {
  const value = row[element];
  return isScalar(value) ? String(value) : null;
}

export function booleanOf(row: MetadataRow, element: string): boolean {
  return textOf(row, element)?.toLowerCase() === 'true';
}

export function rowOf(row: MetadataRow, element: string): MetadataRow | null {
  return rowsOf(row, element)[0] ?? null;
}

export function rowsOf(row: MetadataRow, element: string): readonly MetadataRow[] {
  return listOf(row[element]).filter(isRow);
}

export function textsOf(row: MetadataRow, element: string): readonly string[] {
  return listOf(row[element])
    .filter((value) => !isRow(value))
    .map(String);
}

/** The row as a document body; what the library adds to a reply (attributes, nulls) is left out, so is `omit`. */
export function toBody(row: MetadataRow, omit: readonly string[] = []): XmlElement {
  const kept = Object.entries(row).filter(([name]) => isElementName(name) && !omit.includes(name));
  return Object.fromEntries(
    kept.flatMap(([name, value]) => {
      const converted = toXmlValue(value);
      return converted === undefined ? [] : [[name, converted] as const];
    }),
  );
}

function toXmlValue(value: unknown): XmlValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return value.map(toXmlValue).filter((item) => item !== undefined) as XmlValue;
  if (isRow(value)) return toBody(value);
  return isScalar(value) ? value : undefined;
}

function isElementName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

function listOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function isRow(value: unknown): value is MetadataRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
