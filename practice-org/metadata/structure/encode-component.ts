import type { Document } from '../document.ts';
import { fileStructure, typeDescription } from '../registry.ts';
import { encodeElements } from './encode.ts';
import { grammar } from './grammar.ts';

/** A component's elements as text: what two states of it are compared by. */
export function encodeComponent(type: string, fullName: string, document: Document, version: number): string {
  const description = typeDescription(type);
  const structure = description === undefined ? type : fileStructure(description, fullName);
  return encodeElements(document, grammar.structure(structure), 0, { grammar, version, indent: '' });
}
