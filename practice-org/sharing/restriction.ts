import type { Table, Value, Values } from '../storage/table.ts';
import type { RowPredicate } from './criteria.ts';

export type RestrictionRule = {
  readonly fullName: string;
  readonly active: boolean;
  readonly description: string;
  readonly enforcementType: 'Restrict' | 'Scoping' | 'FieldRestrict';
  readonly masterLabel: string;
  readonly recordFilter: string;
  readonly targetEntity: string;
  readonly userCriteria: string;
  readonly version: number;
};

/** Restrict "supports only custom objects, external objects, Contract, Event, Quote, Task, TimeSheet, TimeSheetEntry". */
const restrictableObjects = new Set(['Contract', 'Event', 'Quote', 'Task', 'TimeSheet', 'TimeSheetEntry']);

export function isRestrictable(object: string): boolean {
  return restrictableObjects.has(object) || object.endsWith('__c');
}

type Operand = (row: number) => Value;
type Comparison = { readonly left: string; readonly equal: boolean; readonly right: string };

/** Conditions are comparisons joined by AND, such as "OwnerId = $User.Id". */
export function parseComparisons(filter: string): readonly Comparison[] {
  return filter.split(/\s+(?:AND|&&)\s+/i).map((text) => {
    const parts = /^\s*([\w.$]+)\s*(=|!=|<>)\s*(.+?)\s*$/.exec(text);
    if (!parts) throw new Error(`Not a comparison: ${text}`);
    const [, left = '', operator = '', right = ''] = parts;
    return { left, equal: operator === '=', right };
  });
}

/**
 * The rows that an active rule leaves a user, or undefined where the rule does not concern that user. Scoping rules choose
 * default views and hide nothing.
 */
export function restrictionFor(rule: RestrictionRule, user: Values, table: Table): RowPredicate | undefined {
  if (!rule.active || rule.enforcementType !== 'Restrict' || !isRestrictable(rule.targetEntity)) return undefined;
  if (!parseComparisons(rule.userCriteria).every((one) => holds(one, user, undefined)(0))) return undefined;
  const conditions = parseComparisons(rule.recordFilter).map((one) => holds(one, user, table));
  return (row) => conditions.every((condition) => condition(row));
}

function holds({ left, equal, right }: Comparison, user: Values, table: Table | undefined): RowPredicate {
  const readLeft = operand(left, user, table);
  const readRight = operand(right, user, table);
  return (row) => sameText(readLeft(row), readRight(row)) === equal;
}

function operand(text: string, user: Values, table: Table | undefined): Operand {
  const userField = /^\$User\.(\w+)$/i.exec(text)?.[1];
  if (userField !== undefined) {
    const name = Object.keys(user).find((field) => field.toLowerCase() === userField.toLowerCase());
    const value = name === undefined ? null : (user[name] ?? null);
    return () => value;
  }
  const quoted = /^'(.*)'$/.exec(text)?.[1];
  if (quoted !== undefined) return () => quoted;
  if (/^(true|false)$/i.test(text)) return () => text.toLowerCase() === 'true';
  if (/^-?\d+(\.\d+)?$/.test(text)) return () => Number(text);
  const field = table?.object.fields.get(text.toLowerCase());
  return field && table ? table.reader(field.name) : () => null;
}

/** Ids match in 15 and 18 characters, text without regard to case, as in SOQL. */
function sameText(one: Value, other: Value): boolean {
  if (typeof one !== 'string' || typeof other !== 'string') return one === other;
  if (one.length !== other.length && one.length >= 15 && other.length >= 15)
    return one.slice(0, 15) === other.slice(0, 15);
  return one.toLowerCase() === other.toLowerCase();
}
