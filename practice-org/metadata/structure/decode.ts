import { ComponentError } from '../component-error.ts';
import { markPosition, type Document, type DocumentValue } from '../document.ts';
import type { XmlElement } from '../xml/parse.ts';
import { metadataNamespace } from '../xml/render.ts';
import type { ElementRule, Grammar, Structure } from './structure.ts';

type DecodeOptions = {
  readonly grammar: Grammar;
  /** API version of the document: an element of a later version is unknown to it. */
  readonly version: number;
};

function parseError(problem: string, element: XmlElement): ComponentError {
  return new ComponentError(`Error parsing file: ${problem}`, element.position);
}

function decodeBoolean(source: string, element: XmlElement): boolean {
  const word = source.trim();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  throw parseError(`'${word}' is not a valid value for the type xsd:boolean`, element);
}

function decodeNumber(source: string, type: 'int' | 'double', element: XmlElement): number {
  const word = source.trim();
  const pattern = type === 'int' ? /^[+-]?\d+$/ : /^[+-]?\d+(\.\d*)?$/;
  if (!pattern.test(word)) throw parseError(`'${word}' is not a valid value for the type xsd:${type}`, element);
  return Number(word);
}

function decodeValue(element: XmlElement, rule: ElementRule, options: DecodeOptions): DocumentValue {
  const { type } = rule;
  if (type.kind === 'complex') return decodeStructure(element, options.grammar.structure(type.name), options);
  const [unexpected] = element.children;
  if (unexpected !== undefined) throw unknownElement(unexpected, rule.name);
  switch (type.kind) {
    case 'boolean':
      return decodeBoolean(element.text, element);
    case 'int':
    case 'double':
      return decodeNumber(element.text, type.kind, element);
    case 'enumeration': {
      const word = element.text.trim();
      if (type.values.includes(word)) return word;
      throw parseError(`'${word}' is not a valid value for the enum '${type.name}'`, element);
    }
    default:
      return element.text;
  }
}

function unknownElement(element: XmlElement, structure: string): ComponentError {
  return parseError(
    `Element {${metadataNamespace}}${element.name} invalid at this location in type ${structure}`,
    element,
  );
}

function ruleFor(element: XmlElement, structure: Structure, options: DecodeOptions): ElementRule {
  const rule = structure.elements.get(element.name);
  if (rule === undefined || rule.sinceVersion > options.version) throw unknownElement(element, structure.name);
  if (rule.type.kind !== 'unsupported') return rule;
  throw new ComponentError(
    `Element ${element.name} of type ${structure.name} is not implemented by the practice org`,
    element.position,
  );
}

/**
 * Salesforce reads elements in any order, but all of one name together: a second group of the same element, or a second
 * single element, is "duplicated at this location".
 */
function refuseDuplicates(element: XmlElement, structure: Structure): void {
  const closed = new Set<string>();
  let previous: string | undefined;
  for (const { name, position } of element.children) {
    const again = closed.has(name) || (previous === name && structure.elements.get(name)?.repeated !== true);
    if (again) {
      throw new ComponentError(
        `Error parsing file: Element ${name} is duplicated at this location in type ${structure.name}`,
        position,
      );
    }
    if (previous !== undefined && previous !== name) closed.add(previous);
    previous = name;
  }
}

/** Clients write absent elements as nil. */
function isNil(element: XmlElement): boolean {
  return element.attributes['xsi:nil'] === 'true';
}

/**
 * Turns a parsed element into a document in the order in which it was written, refusing what its type does not know. Missing
 * elements are the component's matter.
 */
export function decodeStructure(element: XmlElement, structure: Structure, options: DecodeOptions): Document {
  const elements: Record<string, DocumentValue> = {};
  const lists = new Map<string, DocumentValue[]>();
  const rules = element.children.map((child) => ({ child, rule: ruleFor(child, structure, options) }));
  refuseDuplicates(element, structure);
  for (const { child, rule } of rules) {
    if (isNil(child)) continue;
    const value = decodeValue(child, rule, options);
    if (!rule.repeated) elements[rule.name] = value;
    else elements[rule.name] = added(lists, rule.name, value);
  }
  markPosition(elements, element.position);
  return elements;
}

function added(lists: Map<string, DocumentValue[]>, name: string, value: DocumentValue): readonly DocumentValue[] {
  const list = lists.get(name) ?? [];
  list.push(value);
  lists.set(name, list);
  return list;
}
