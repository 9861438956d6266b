import { ComponentError } from '../component-error.ts';
import { isDocument, isList, positionOf, type Document } from '../document.ts';
import type { Grammar, Structure } from './structure.ts';

/**
 * Refuses a component that lacks a required element. Salesforce names the missing element of the component itself, but for a
 * missing element inside another the one around it ("Required field is missing: sharingCriteriaRules").
 */
export function requireElements(
  document: Document,
  structure: Structure,
  grammar: Grammar,
  version: number,
  around?: string,
): void {
  for (const rule of structure.elements.values()) {
    const value = document[rule.name];
    if (value === undefined) {
      if (!rule.required || rule.sinceVersion > version) continue;
      throw new ComponentError(`Required field is missing: ${around ?? rule.name}`, positionOf(document));
    }
    if (rule.type.kind !== 'complex') continue;
    const values = isList(value) ? value : [value];
    for (const inner of values.filter(isDocument)) {
      requireElements(inner, grammar.structure(rule.type.name), grammar, version, around ?? rule.name);
    }
  }
}
