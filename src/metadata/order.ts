import type { XmlElement } from './component.js';

/** By code unit: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The body's children in the order of the schema; names that the schema does not know keep their order at the end. */
export function inSchemaOrder(body: XmlElement, order: readonly string[]): XmlElement {
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.fromEntries(Object.entries(body).sort(([a], [b]) => rank(a) - rank(b)));
}
