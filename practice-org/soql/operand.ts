import { SalesforceError } from '../org/errors.ts';
import type { FieldType } from '../schema/definitions.ts';
import { normalizeId } from '../storage/record-id.ts';
import type { Literal } from './ast.ts';
import { dateRange } from './date-range.ts';
import type { BoundExpression } from './expression.ts';
import { queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';
import { stringValue } from './string-literal.ts';
import { storedDate, storedDatetime } from './user-time.ts';

/** What a literal stands for once the field's type is known. */
type Operand =
  | { readonly kind: 'null' }
  | { readonly kind: 'value'; readonly value: string | number | boolean }
  /** From the first up to, but not including, the second. */
  | { readonly kind: 'range'; readonly from: string; readonly to: string };

type Family = 'id' | 'boolean' | 'number' | 'date' | 'datetime' | 'multipicklist' | 'text';

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

export function wrongType(context: QueryContext, bound: BoundExpression): SalesforceError {
  const word = typeWord(bound.type);
  const quoting = word === 'string' ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
  const message = `value of filter criterion for field '${fieldName(bound)}' must be of type ${word} and ${quoting}`;
  return queryError(context.text, bound.offset, 'INVALID_FIELD', message);
}

export function filterError(context: QueryContext, bound: BoundExpression, message: string): SalesforceError {
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
