import type { Value } from '../storage/table.ts';
import type { ComparisonOperator, Literal } from './ast.ts';
import type { BoundExpression } from './expression.ts';
import { familyOf, filterError, operandOf, wrongType } from './operand.ts';
import type { QueryContext } from './query-context.ts';
import { likeTest } from './string-literal.ts';

export type Predicate = (row: number) => boolean;

export function compileComparison(
  context: QueryContext,
  bound: BoundExpression,
  operator: ComparisonOperator,
  literal: Literal,
): Predicate {
  if (operator === 'LIKE') return compileLike(context, bound, literal);
  const operand = operandOf(context, bound, literal);
  if (operand.kind === 'null') return compareWithNull(bound, operator);
  assertOrdered(context, bound, operator);
  if (operand.kind === 'range') return compareOrder(bound, operator, orderOfRange(operand.from, operand.to));
  if (operator === '=' || operator === '!=') return compareEquality(bound, operator === '!=', operand.value);
  return compareOrder(bound, operator, orderOf(bound, operand.value));
}

/** Checkboxes and multi-select picklists have no order. */
function assertOrdered(context: QueryContext, bound: BoundExpression, operator: ComparisonOperator): void {
  if (operator === '=' || operator === '!=') return;
  const family = familyOf(bound.type);
  if (family === 'boolean' || family === 'multipicklist') {
    throw filterError(context, bound, `invalid operator on ${bound.type} field`);
  }
}

function compileLike(context: QueryContext, bound: BoundExpression, literal: Literal): Predicate {
  if (familyOf(bound.type) !== 'text')
    throw filterError(context, bound, `invalid operator on ${likeWord(bound)} field`);
  if (literal.kind !== 'string') throw wrongType(context, bound);
  const test = likeTest(literal.text);
  const { read } = bound;
  return (row) => {
    const value = read(row);
    return typeof value === 'string' && test(value);
  };
}

function likeWord({ type }: BoundExpression): string {
  return familyOf(type) === 'id' ? 'id' : type;
}

function compareWithNull({ read, type }: BoundExpression, operator: ComparisonOperator): Predicate {
  // A checkbox is never empty, whatever the store says.
  const isNull: Predicate = type === 'boolean' ? () => false : (row) => isEmpty(read(row));
  if (operator === '=') return isNull;
  return operator === '!=' ? (row) => !isNull(row) : () => false;
}

export function isEmpty(value: Value): boolean {
  return value === null || value === '';
}

/** An empty field differs from every value, so "!=" finds it too. */
function compareEquality(bound: BoundExpression, negated: boolean, wanted: string | number | boolean): Predicate {
  const equals = equality(bound, wanted);
  return negated ? (row) => !equals(row) : equals;
}

function equality(bound: BoundExpression, wanted: string | number | boolean): Predicate {
  const { read } = bound;
  if (typeof wanted === 'string' && comparesWithoutCase(bound)) return textEquality(bound, wanted);
  return (row) => read(row) === wanted;
}

export function comparesWithoutCase({ type, field }: BoundExpression): boolean {
  const family = familyOf(type);
  return (family === 'text' || family === 'multipicklist') && field?.caseSensitive !== true;
}

function textEquality({ read }: BoundExpression, wanted: string): Predicate {
  const folded = wanted.toLowerCase();
  // Lower case has the same length except for a few letters outside ASCII, so most rows are settled by their length.
  const sameLength = /^[ -~]*$/.test(wanted);
  return (row) => {
    const value = read(row);
    if (value === wanted) return true;
    if (typeof value !== 'string' || (sameLength && value.length !== folded.length)) return false;
    return value.toLowerCase() === folded;
  };
}

type Order = (value: string | number | boolean) => number;

function orderOf(bound: BoundExpression, wanted: string | number | boolean): Order {
  if (typeof wanted === 'string' && comparesWithoutCase(bound)) {
    const folded = wanted.toLowerCase();
    return (value) => compareValues(String(value).toLowerCase(), folded);
  }
  return (value) => compareValues(value, wanted);
}

function orderOfRange(from: string, to: string): Order {
  return (value) => (compareValues(value, from) < 0 ? -1 : compareValues(value, to) >= 0 ? 1 : 0);
}

export function compareValues(one: string | number | boolean, other: string | number | boolean): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const accepts: Record<Exclude<ComparisonOperator, 'LIKE'>, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compareOrder(
  { read }: BoundExpression,
  operator: Exclude<ComparisonOperator, 'LIKE'>,
  order: Order,
): Predicate {
  const accept = accepts[operator];
  const forEmpty = operator === '!=';
  return (row) => {
    const value = read(row);
    return value === null ? forEmpty : accept(order(value));
  };
}
