import { XMLParser } from 'fast-xml-parser';
import type { XmlElement, XmlValue } from './component.js';

const namespace = 'http://soap.sforce.com/2006/04/metadata';
const declaration = '<?xml version="1.0" encoding="UTF-8"?>';

/** A direct child of the root, and where it stands in the text. */
export type ParsedChild = {
  readonly name: string;
  readonly value: XmlValue;
  readonly start: number;
  readonly end: number;
};

export type ParsedDocument = {
  readonly root: string;
  readonly body: XmlElement;
  readonly children: readonly ParsedChild[];
  /** Positions of the root element in the text. */
  readonly start: number;
  readonly end: number;
};

type OrderedNode = Readonly<Record<string, unknown>>;
type Position = { readonly startIndex: number; readonly endIndex: number };

const textNode = '#text';
/** Entities are decoded here: the parser knows no numeric ones and limits how many it expands. */
const parser = new XMLParser({
  preserveOrder: true,
  captureMetaData: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
});
const positionSymbol = XMLParser.getMetaDataSymbol().valueOf();

/** Reads a metadata document. Throws SyntaxError where the text is not one. */
export function parseXml(text: string): ParsedDocument {
  const root = elementNodes(parseOrdered(text)).find((node) => !tagName(node).startsWith('?'));
  if (root === undefined) throw new SyntaxError('The text holds no XML element');
  const children = elementNodes(contentOf(root)).map((node) => ({
    name: tagName(node),
    value: valueOf(node),
    ...range(node),
  }));
  return { root: tagName(root), body: collect(children), children, ...range(root) };
}

/** How a document is laid out; the default is Salesforce's own. */
export type TextStyle = { readonly indentUnit: string; readonly lineEnd: string };
export const salesforceStyle: TextStyle = { indentUnit: '    ', lineEnd: '\n' };

/** A whole document: declaration, namespace, children in the order given. */
export function renderXml(root: string, body: XmlElement): string {
  const lines = renderChildren(body, salesforceStyle.indentUnit, salesforceStyle);
  return [declaration, `<${root} xmlns="${namespace}">`, ...lines, `</${root}>`, ''].join(salesforceStyle.lineEnd);
}

/** One element, its first line indented too, without a line end after it. Absent (undefined) children are left out. */
export function renderElement(name: string, value: XmlItem, indent: string, style: TextStyle): string {
  return elementLines(name, value, indent, style).join(style.lineEnd);
}

function renderChildren(body: XmlElement, indent: string, style: TextStyle): readonly string[] {
  return Object.entries(body).flatMap(([name, value]) =>
    asList(value).flatMap((item) => elementLines(name, item, indent, style)),
  );
}

function elementLines(name: string, value: XmlItem, indent: string, style: TextStyle): readonly string[] {
  if (typeof value !== 'object') return [`${indent}<${name}>${escapeXml(String(value))}</${name}>`];
  const children = renderChildren(value, indent + style.indentUnit, style);
  return [`${indent}<${name}>`, ...children, `${indent}</${name}>`];
}

/** One occurrence of an element's value. */
export type XmlItem = Exclude<XmlValue, readonly unknown[]>;

export function asList(value: XmlValue | undefined): readonly XmlItem[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}

function isList(value: XmlValue): value is Extract<XmlValue, readonly unknown[]> {
  return Array.isArray(value);
}

/** As Salesforce escapes; characters that XML 1.0 cannot carry are left out. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;')
    .replaceAll('\r', '&#xD;');
}

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  return text.replaceAll(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return namedEntities[name] ?? whole;
      return String.fromCodePoint(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal));
    },
  );
}

function parseOrdered(text: string): readonly OrderedNode[] {
  const parsed: unknown = parser.parse(text);
  const nodes = isNodeList(parsed) ? parsed : [];
  refuseUnclosed(nodes, text);
  return nodes;
}

/** The parser takes unclosed elements for closed ones: every element's text must end with its own end. */
function refuseUnclosed(nodes: readonly OrderedNode[], text: string): void {
  for (const node of elementNodes(nodes)) {
    const { end } = range(node);
    const ending = text.slice(text.lastIndexOf('<', end - 1), end);
    const isClosed = ending.endsWith('/>') || ending.endsWith('?>') || ending.startsWith(`</${tagName(node)}`);
    if (!isClosed) throw new SyntaxError(`The element ${tagName(node)} is not closed`);
    refuseUnclosed(contentOf(node), text);
  }
}

function collect(children: ReadonlyArray<{ readonly name: string; readonly value: XmlValue }>): XmlElement {
  const body: Record<string, XmlValue> = {};
  for (const { name, value } of children) {
    const earlier = body[name];
    body[name] = earlier === undefined ? value : ([...asList(earlier), ...asList(value)] as XmlValue);
  }
  return body;
}

function valueOf(node: OrderedNode): XmlValue {
  const content = contentOf(node);
  const elements = elementNodes(content);
  if (elements.length > 0) return collect(elements.map((child) => ({ name: tagName(child), value: valueOf(child) })));
  return unescapeXml(content.map(textContent).join(''));
}

function textContent(node: OrderedNode): string {
  const text = node[textNode];
  return typeof text === 'string' ? text : '';
}

function elementNodes(nodes: readonly OrderedNode[]): readonly OrderedNode[] {
  return nodes.filter((node) => !(textNode in node));
}

function tagName(node: OrderedNode): string {
  return Object.keys(node)[0] ?? '';
}

function contentOf(node: OrderedNode): readonly OrderedNode[] {
  const content = node[tagName(node)];
  return isNodeList(content) ? content : [];
}

function isNodeList(value: unknown): value is readonly OrderedNode[] {
  return Array.isArray(value);
}

function range(node: OrderedNode): { readonly start: number; readonly end: number } {
  const position = Reflect.get(node, positionSymbol) as Position;
  return { start: position.startIndex, end: position.endIndex };
}
