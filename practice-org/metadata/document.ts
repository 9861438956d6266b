/** A metadata document, or a complex element inside one: element name → text, flag, number, nested element or list of these. */
export interface Document {
  readonly [element: string]: DocumentValue | undefined;
}
export type DocumentValue = string | number | boolean | Document | readonly DocumentValue[];

/** Line and column right behind an element's start tag, where Salesforce's parser stands when it reports it; both from 1. */
export type Position = { readonly line: number; readonly column: number };

const positions = new WeakMap<Document, Position>();

export function markPosition(document: Document, position: Position): void {
  positions.set(document, position);
}

export function positionOf(document: Document): Position | undefined {
  return positions.get(document);
}

export function isList(value: DocumentValue): value is readonly DocumentValue[] {
  return Array.isArray(value);
}

export function isDocument(value: DocumentValue | undefined): value is Document {
  return typeof value === 'object' && !Array.isArray(value);
}

export function text(document: Document, element: string): string | undefined {
  const value = document[element];
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}

export function flag(document: Document, element: string): boolean | undefined {
  const value = document[element];
  return typeof value === 'boolean' ? value : undefined;
}

export function number(document: Document, element: string): number | undefined {
  const value = document[element];
  return typeof value === 'number' ? value : undefined;
}

export function child(document: Document, element: string): Document | undefined {
  const value = document[element];
  return isDocument(value) ? value : undefined;
}

function list(document: Document, element: string): readonly DocumentValue[] {
  const value = document[element];
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

export function children(document: Document, element: string): readonly Document[] {
  return list(document, element).filter(isDocument);
}

export function texts(document: Document, element: string): readonly string[] {
  return list(document, element)
    .filter((value) => typeof value !== 'object')
    .map(String);
}

/** The document without elements that are null, undefined or an empty list. */
export function compact(elements: Readonly<Record<string, DocumentValue | null | undefined>>): Document {
  const kept = Object.entries(elements).filter(
    ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(kept) as Document;
}
