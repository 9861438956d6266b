import { isList, type Document, type DocumentValue } from '../document.ts';
import { escapeXml, metadataNamespace } from '../xml/render.ts';
import type { ElementRule, Grammar, Structure } from './structure.ts';

export type EncodeOptions = {
  readonly grammar: Grammar;
  readonly version: number;
  /** One level of indentation; documents are indented by four blanks, SOAP replies not at all. */
  readonly indent: string;
};

function encodeElement(
  name: string,
  value: DocumentValue,
  rule: ElementRule,
  level: number,
  options: EncodeOptions,
): string {
  const margin = options.indent.repeat(level);
  const end = options.indent === '' ? '' : '\n';
  if (typeof value !== 'object') return `${margin}<${name}>${escapeXml(String(value))}</${name}>${end}`;
  if (isList(value) || rule.type.kind !== 'complex') throw new Error(`${name} is not a complex element`);
  const structure = options.grammar.structure(rule.type.name);
  return `${margin}<${name}>${end}${encodeElements(value, structure, level + 1, options)}${margin}</${name}>${end}`;
}

/** The elements of a document in the order of its type, whatever order the document holds them in. */
export function encodeElements(
  document: Document,
  structure: Structure,
  level: number,
  options: EncodeOptions,
): string {
  const parts: string[] = [];
  for (const rule of structure.elements.values()) {
    const value = document[rule.name];
    if (value === undefined || rule.sinceVersion > options.version) continue;
    const values = isList(value) ? value : [value];
    for (const one of values) parts.push(encodeElement(rule.name, one, rule, level, options));
  }
  return parts.join('');
}

/** A whole file as Salesforce writes it on retrieve: declaration, one root element, four blanks of indentation. */
export function encodeFile(document: Document, structure: Structure, grammar: Grammar, version: number): string {
  const body = encodeElements(document, structure, 1, { grammar, version, indent: '    ' });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${structure.name} xmlns="${metadataNamespace}">\n${body}</${structure.name}>\n`;
}
