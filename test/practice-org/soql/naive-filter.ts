import type { Condition, Literal } from '../../../practice-org/soql/ast.ts';

export type NaiveRow = {
  readonly Name: string | null;
  readonly Moons__c: number | null;
  readonly Ringed__c: boolean;
  readonly Discovered__c: string | null;
};

type Plain = string | number | boolean | null;

/** What a filter means, written straight from the SOQL reference: slow, and nothing shared with the engine. */
export function naiveMatch(condition: Condition, row: NaiveRow): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.conditions.every((one) => naiveMatch(one, row));
    case 'or':
      return condition.conditions.some((one) => naiveMatch(one, row));
    case 'not':
      return !naiveMatch(condition.condition, row);
    case 'comparison':
      return compares(valueOf(row, condition), condition.operator, plain(condition.right));
    case 'list': {
      const value = valueOf(row, condition);
      const isMember = condition.values.some((literal) => compares(value, '=', plain(literal)));
      return condition.operator === 'IN' ? isMember : !isMember;
    }
    case 'semiJoin':
      throw new Error('not made by this test');
  }
}

function valueOf(row: NaiveRow, { left }: Extract<Condition, { left: unknown }>): Plain {
  const name = left.kind === 'field' ? left.names[0] : undefined;
  const entry = Object.entries(row).find(([field]) => field === name);
  if (!entry) throw new Error(`no field ${name ?? ''}`);
  return folded(entry[1]);
}

function folded(value: Plain): Plain {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function plain(literal: Literal): Plain {
  switch (literal.kind) {
    case 'string':
      return literal.text === '' ? null : literal.text.toLowerCase();
    case 'number':
    case 'boolean':
      return literal.value;
    case 'date':
      return literal.text;
    default:
      return null;
  }
}

function compares(value: Plain, operator: string, wanted: Plain): boolean {
  if (operator === '=') return value === wanted;
  if (operator === '!=') return value !== wanted;
  if (value === null || wanted === null) return false;
  if (operator === 'LIKE') return likeness(String(value), String(wanted));
  if (operator === '<') return value < wanted;
  if (operator === '<=') return value <= wanted;
  return operator === '>' ? value > wanted : value >= wanted;
}

/** Character by character: % is any number of them, _ is one. */
function likeness(text: string, pattern: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '%') {
    return likeness(text, pattern.slice(1)) || (text !== '' && likeness(text.slice(1), pattern));
  }
  return text !== '' && (pattern[0] === '_' || pattern[0] === text[0]) && likeness(text.slice(1), pattern.slice(1));
}
