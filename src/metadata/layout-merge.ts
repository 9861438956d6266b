import type { XmlElement } from './component.js';
import { layoutFields } from './layout.js';
import { applyEdits, editable, insertAfter, type EditableDocument, type Neighbour } from './text-edit.js';
import { parseXml } from './xml.js';

/** The layout's text with the fields that only `body` shows, at the end of the first column that shows fields. */
export function mergeLayout(existing: string, body: XmlElement): string {
  const document = editable(existing);
  const present = new Set(layoutFields(document.body).map((field) => field.toLowerCase()));
  const missing = layoutFields(body).filter((field) => !present.has(field.toLowerCase()));
  const last = lastItemOfFirstColumn(document);
  if (last === null) return existing;
  const items = missing.map((field) => ({ behavior: 'Edit', field }));
  return applyEdits(
    existing,
    items.map((item) => insertAfter(document, last, 'layoutItems', item)),
  );
}

function lastItemOfFirstColumn({ text }: EditableDocument): Neighbour | null {
  const columns = childrenAt(text, { start: 0, end: text.length }, 'layoutSections').flatMap((section) =>
    childrenAt(text, section, 'layoutColumns').slice(0, 1),
  );
  return columns.flatMap((column) => childrenAt(text, column, 'layoutItems').slice(-1))[0] ?? null;
}

/** Positions are those in the whole text: each level is parsed on its own, with its offset added. */
function childrenAt(text: string, range: Neighbour, name: string): readonly Neighbour[] {
  return parseXml(text.slice(range.start, range.end))
    .children.filter((child) => child.name === name)
    .map(({ start, end }) => ({ start: start + range.start, end: end + range.start }));
}
