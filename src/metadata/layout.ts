import type { MetadataComponent, XmlElement } from './component.js';
import { rowsOf, textOf, toBody, type MetadataRow } from './reading.js';

export function isOnLayout(layout: MetadataRow, field: string): boolean {
  return layoutFields(layout).some((shown) => shown.toLowerCase() === field.toLowerCase());
}

/**
 * The layout as it is, with the field at the end of the first column of its first section that shows fields. Null where no
 * section has a column.
 */
export function addFieldToLayout(fullName: string, layout: MetadataRow, field: string): MetadataComponent | null {
  const sections = rowsOf(layout, 'layoutSections');
  const target = sections.findIndex((section) => rowsOf(section, 'layoutColumns').length > 0 && holdsFields(section));
  if (target === -1) return null;
  const changed = sections.map((section, index) => (index === target ? withField(section, field) : toBody(section)));
  return { type: 'Layout', fullName, body: { ...toBody(layout, ['fullName']), layoutSections: changed } };
}

function withField(section: MetadataRow, field: string): XmlElement {
  const columns = rowsOf(section, 'layoutColumns');
  const [first, ...others] = columns.map((column) => toBody(column));
  const items = rowsOf(columns[0] ?? {}, 'layoutItems').map((item) => toBody(item));
  const extended: XmlElement = { ...first, layoutItems: [...items, { behavior: 'Edit', field }] };
  return { ...toBody(section), layoutColumns: [extended, ...others] };
}

/** Custom links and blank sections have no place for a field. */
function holdsFields(section: MetadataRow): boolean {
  return textOf(section, 'style') !== 'CustomLinks';
}

export function layoutFields(layout: MetadataRow): readonly string[] {
  return rowsOf(layout, 'layoutSections')
    .flatMap((section) => rowsOf(section, 'layoutColumns'))
    .flatMap((column) => rowsOf(column, 'layoutItems'))
    .flatMap((item) => textOf(item, 'field') ?? []);
}
