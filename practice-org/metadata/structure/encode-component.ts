import type { Document } from '../document.ts';
import { structureOf } from '../registry.ts';
import { encodeElements } from './encode.ts';
import { grammar } from './grammar.ts';

/** A component's elements as text: what two states of it are compared by. */
export function encodeComponent(type: string, fullName: string, document: Document, version: number): string {
  const structure = grammar.structure(structureOf(type, fullName));
  return encodeElements(document, structure, 0, { grammar, version, indent: '', order: 'type' });
}
