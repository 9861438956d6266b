import { isList, type Document, type DocumentValue } from '../document.ts';
import { escapeXml, metadataNamespace } from '../xml/render.ts';
import type { ElementRule, Grammar, Structure } from './structure.ts';

export type EncodeOptions = {
  readonly grammar: Grammar;
  readonly version: number;
  /** One level of indentation; documents are indented by four blanks, SOAP replies not at all. */
  readonly indent: string;
  /** Salesforce writes the elements in the order of their type; an org that returns word for word, as they came. */
  readonly order: 'type' | 'document';
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

export function encodeElements(
  document: Document,
  structure: Structure,
  level: number,
  options: EncodeOptions,
): string {
  const parts: string[] = [];
  for (const rule of rulesInOrder(document, structure, options)) {
    const value = document[rule.name];
    if (value === undefined || rule.sinceVersion > options.version) continue;
    const values = isList(value) ? value : [value];
    for (const one of values) parts.push(encodeElement(rule.name, one, rule, level, options));
  }
  return parts.join('');
}

function rulesInOrder(document: Document, structure: Structure, options: EncodeOptions): Iterable<ElementRule> {
  if (options.order === 'type') return structure.elements.values();
  return Object.keys(document).flatMap((name) => structure.elements.get(name) ?? []);
}

export type FileOptions = Omit<EncodeOptions, 'indent'>;

/** A whole file as Salesforce writes it on retrieve: declaration, one root element, four blanks of indentation. */
export function encodeFile(document: Document, structure: Structure, options: FileOptions): string {
  const body = encodeElements(document, structure, 1, { ...options, indent: '    ' });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${structure.name} xmlns="${metadataNamespace}">\n${body}</${structure.name}>\n`;
}
