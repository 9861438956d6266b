import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { ComponentError } from '../component-error.ts';
import type { Position } from '../document.ts';

export type XmlElement = {
  /** Local name: prefixes are dropped, as every element of a metadata document is in the one namespace. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Character data of the element itself. */
  readonly text: string;
  readonly position: Position;
};

const textName = '#text';
const attributesName = ':@';
/** The typings give the wrapper object; its value is the symbol that nodes carry. */
const metaData: symbol = XMLParser.getMetaDataSymbol().valueOf();

const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
  // Numeric character references are decoded only together with the HTML ones, which `refuseEntities` has turned away.
  htmlEntities: true,
});

type ParsedNode = Readonly<Record<string, unknown>>;
type NodeMetaData = { readonly startIndex?: number } | undefined;

/** Line starts of a text, to turn an index into a line and a column by bisection. */
class Lines {
  readonly #starts: readonly number[];

  public constructor(text: string) {
    const starts = [0];
    for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
    this.#starts = starts;
  }

  public at(index: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: index - (this.#starts[low] ?? 0) + 1 };
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function refuseEntities(xml: string, lines: Lines): void {
  const plain = xml.replace(/<!--[^]*?-->|<!\[CDATA\[[^]*?\]\]>/g, (skipped) => ' '.repeat(skipped.length));
  const doctype = plain.indexOf('<!DOCTYPE');
  if (doctype >= 0) throw new ComponentError('Error parsing file: DOCTYPE is not supported', lines.at(doctype));
  const entity = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9a-fA-F]+);)(\w*)/.exec(plain);
  if (entity === null) return;
  throw new ComponentError(
    `Error parsing file: The entity "${entity[1] ?? ''}" was referenced, but not declared.`,
    lines.at(entity.index),
  );
}

function toElement(node: ParsedNode, xml: string, lines: Lines): XmlElement | undefined {
  const tag = Object.keys(node).find((key) => key !== attributesName);
  if (tag === undefined || tag === textName) return undefined;
  const content = node[tag] as readonly ParsedNode[];
  const start = (Reflect.get(node, metaData) as NodeMetaData)?.startIndex ?? 0;
  return {
    name: localName(tag),
    attributes: (node[attributesName] ?? {}) as Readonly<Record<string, string>>,
    children: content
      .map((inner) => toElement(inner, xml, lines))
      .filter((element): element is XmlElement => element !== undefined),
    text: content.map((inner) => (typeof inner[textName] === 'string' ? inner[textName] : '')).join(''),
    position: lines.at(xml.indexOf('>', start) + 1),
  };
}

/** The root element of an XML document. Anything that is not well-formed is a ComponentError that says where. */
export function parseXml(source: string): XmlElement {
  const xml = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const lines = new Lines(xml);
  const validity = XMLValidator.validate(xml);
  if (validity !== true) {
    const { msg, line, col } = validity.err;
    throw new ComponentError(`Error parsing file: ${msg}`, { line: line ?? 1, column: col ?? 1 });
  }
  refuseEntities(xml, lines);
  const [root] = (parser.parse(xml) as readonly ParsedNode[])
    .map((node) => toElement(node, xml, lines))
    .filter((element): element is XmlElement => element !== undefined);
  if (root === undefined)
    throw new ComponentError('Error parsing file: Premature end of file.', { line: 1, column: 1 });
  return root;
}
