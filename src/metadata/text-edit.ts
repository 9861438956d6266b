import { parseXml, renderElement, type ParsedChild, type ParsedDocument, type TextStyle, type XmlItem } from './xml.js';

/** A piece of text put in the place of another; an insertion replaces nothing. */
export type Edit = { readonly start: number; readonly end: number; readonly text: string };

/** A metadata document as people and tools wrote it, with its parsed children and its own indentation and line ends. */
export type EditableDocument = ParsedDocument & { readonly text: string; readonly style: TextStyle };

export type Neighbour = Pick<ParsedChild, 'start' | 'end'>;

export function editable(text: string): EditableDocument {
  const parsed = parseXml(text);
  const [first] = parsed.children;
  const indent = first === undefined ? '' : lineIndent(text, first.start);
  const style = { lineEnd: text.includes('\r\n') ? '\r\n' : '\n', indentUnit: indent === '' ? '    ' : indent };
  return { ...parsed, text, style };
}

/** Everything outside the edits stays byte for byte; insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let edited = '';
  let position = 0;
  for (const { start, end, text: replacement } of [...edits].sort((a, b) => a.start - b.start)) {
    edited += text.slice(position, start) + replacement;
    position = end;
  }
  return edited + text.slice(position);
}

export function replaceChild({ text, style }: EditableDocument, child: ParsedChild, item: XmlItem): Edit {
  const indent = lineIndent(text, child.start);
  const element = renderElement(child.name, item, indent, style).slice(indent.length);
  return { start: child.start, end: child.end, text: element };
}

export function insertAfter(document: EditableDocument, neighbour: Neighbour, name: string, item: XmlItem): Edit {
  const { text, style } = document;
  const element = renderElement(name, item, lineIndent(text, neighbour.start), style);
  return { start: neighbour.end, end: neighbour.end, text: style.lineEnd + element };
}

export function insertBefore(document: EditableDocument, neighbour: Neighbour, name: string, item: XmlItem): Edit {
  const { text, style } = document;
  const indent = lineIndent(text, neighbour.start);
  const element = renderElement(name, item, indent, style);
  const lineStart = neighbour.start - indent.length;
  return { start: lineStart, end: lineStart, text: element + style.lineEnd };
}

/** Children for a document that has none: `<Root/>` and `<Root></Root>` are opened up. */
export function fillEmpty(
  { text, start, end, root, style }: EditableDocument,
  items: ReadonlyArray<readonly [string, XmlItem]>,
): Edit {
  const openingTag = /^<(?:[^>"']|"[^"]*"|'[^']*')*>/.exec(text.slice(start, end))?.[0] ?? '';
  const opening = openingTag.replace(/\s*\/>$/, '>');
  const elements = items.map(([name, item]) => renderElement(name, item, style.indentUnit, style));
  return { start, end, text: [opening, ...elements, `</${root}>`].join(style.lineEnd) };
}

/** The blanks before a position, where nothing else stands before it on its line. */
function lineIndent(text: string, position: number): string {
  const before = text.slice(text.lastIndexOf('\n', position - 1) + 1, position);
  return /^[ \t]*$/.test(before) ? before : '';
}
