import { SalesforceError } from '../org/errors.ts';
import type { FieldType } from '../schema/definitions.ts';
import { normalizeId } from '../storage/record-id.ts';
import type { Value } from '../storage/table.ts';
import type { ComparisonOperator, Literal } from './ast.ts';
import { dateRange } from './date-range.ts';
import type { BoundExpression } from './expression.ts';
import { queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';
import { likeTest, stringValue } from './string-literal.ts';
import { storedDate, storedDatetime } from './user-time.ts';

export type Predicate = (row: number) => boolean;

/** What a literal stands for once the field's type is known. */
export type Operand =
  | { readonly kind: 'null' }
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  /** From the first up to, but not including, the second. */
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

export type Family = 'id' | 'boolean' | 'number' | 'date' | 'datetime' | 'multipicklist' | 'text';

const families: Partial<Record<FieldType, Family>> = {
  id: 'id',
  reference: 'id',
  boolean: 'boolean',
  int: 'number',
  double: 'number',
  currency: 'number',
  percent: 'number',
  date: 'date',
  datetime: 'datetime',
  multipicklist: 'multipicklist',
};

export function familyOf(type: FieldType): Family {
  return families[type] ?? 'text';
}

function typeWord(type: FieldType): string {
  const family = familyOf(type);
  if (family === 'datetime') return 'dateTime';
  if (family === 'number') return type === 'int' ? 'int' : 'double';
  return family === 'boolean' || family === 'date' ? family : 'string';
}

function fieldName(bound: BoundExpression): string {
  return bound.resolved?.field.name ?? bound.path;
}

function wrongType(context: QueryContext, bound: BoundExpression): SalesforceError {
  const word = typeWord(bound.type);
  const quoting = word === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  const message = `value of filter criterion for field '${fieldName(bound)}' must be of type ${word} and ${quoting}`;
  return queryError(context.text, bound.offset, 'INVALID_FIELD', message);
}

function filterError(context: QueryContext, bound: BoundExpression, message: string): SalesforceError {
  return queryError(context.text, bound.offset, 'INVALID_QUERY_FILTER_OPERATOR', message);
}

/** Checks a literal against the field's type and brings it into the form that the store holds. */
export function operandOf(context: QueryContext, bound: BoundExpression, literal: Literal): Operand {
  if (literal.kind === 'null') return { kind: 'null' };
  switch (familyOf(bound.type)) {
    case 'id':
      return idOperand(context, bound, literal);
    case 'boolean':
      if (literal.kind === 'boolean') return { kind: 'value', value: literal.value };
      break;
    case 'number':
      if (literal.kind === 'number') return { kind: 'value', value: literal.value };
      break;
    case 'date':
      if (literal.kind === 'date') return { kind: 'value', value: validDate(literal.text) };
      if (literal.kind === 'dateRange') return daysOperand(context, literal);
      break;
    case 'datetime':
      if (literal.kind === 'datetime') return { kind: 'value', value: validDatetime(literal.text) };
      if (literal.kind === 'dateRange') return instantsOperand(context, literal);
      break;
    case 'multipicklist':
    case 'text':
      if (literal.kind === 'string') return textOperand(literal.text);
  }
  throw wrongType(context, bound);
}

/** An empty text is stored as no value. */
function textOperand(text: string): Operand {
  const value = stringValue(text);
  return value === '' ? { kind: 'null' } : { kind: 'value', value };
}

function idOperand(context: QueryContext, bound: BoundExpression, literal: Literal): Operand {
  if (literal.kind !== 'string') throw wrongType(context, bound);
  const text = stringValue(literal.text);
  if (text === '') return { kind: 'null' };
  const id = normalizeId(text);
  if (id === undefined) throw filterError(context, bound, `invalid ID field: ${text}`);
  return { kind: 'value', value: id };
}

function validDate(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || storedDate(date.getTime()) !== text) throw invalidDate('date', text);
  return text;
}

function validDatetime(text: string): string {
  const iso = text.toUpperCase().replace(/([+-]\d{2})(\d{2})$/, '$1:$2');
  const zoneHours = Number(/[+-](\d{2}):\d{2}$/.exec(iso)?.[1] ?? 0);
  const instant = Date.parse(iso);
  if (Number.isNaN(instant) || zoneHours > 14) throw invalidDate('datetime', text);
  return storedDatetime(instant);
}

function invalidDate(kind: string, text: string): SalesforceError {
  return new SalesforceError('MALFORMED_QUERY', `Invalid ${kind}: ${text}`);
}

type DateRangeLiteral = Extract<Literal, { kind: 'dateRange' }>;

function daysOperand(context: QueryContext, { name, count }: DateRangeLiteral): Operand {
  const { from, to } = dateRange(name, count, context.time.today);
  return { kind: 'range', from: storedDate(from), to: storedDate(to) };
}

function instantsOperand(context: QueryContext, { name, count }: DateRangeLiteral): Operand {
  const { time } = context;
  const { from, to } = dateRange(name, count, time.today);
  return {
    kind: 'range',
    from: storedDatetime(time.startOfDay(from)),
    to: storedDatetime(time.startOfDay(to)),
  };
}

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
