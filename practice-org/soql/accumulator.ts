import { SalesforceError } from '../org/errors.ts';
import type { FieldType } from '../schema/definitions.ts';
import type { Value } from '../storage/table.ts';
import type { FunctionCall } from './ast.ts';
import { compareValues } from './comparison.ts';
import { familyOf } from './operand.ts';
import type { BoundExpression } from './expression.ts';
import { malformedQuery } from './query-error.ts';

/** One aggregate over every group of rows. Groups are numbered from 0. */
export interface Accumulator {
  readonly type: FieldType;
  add(group: number, row: number): void;
  value(group: number): Value;
}

export function accumulatorFor(call: FunctionCall, argument: BoundExpression | null): Accumulator {
  if (!argument) return countRows();
  assertAggregatable(call.name, argument);
  switch (call.name) {
    case 'COUNT':
      return argument.type === 'id' ? countRows() : countValues(argument);
    case 'COUNT_DISTINCT':
      return countDistinct(argument);
    case 'SUM':
      return sum(argument);
    case 'AVG':
      return average(argument);
    case 'MIN':
      return extreme(argument, -1);
    case 'MAX':
      return extreme(argument, 1);
    default:
      throw new SalesforceError('MALFORMED_QUERY', `Unknown function: ${call.name}`);
  }
}

function assertAggregatable(name: string, { type, field, path }: BoundExpression): void {
  const isLongText = type === 'textarea' && field?.filterable === false;
  const isNumeric = familyOf(type) === 'number';
  const needsNumber = name === 'SUM' || name === 'AVG';
  if (type === 'boolean' || type === 'address' || isLongText || (needsNumber && !isNumeric)) {
    throw malformedQuery(`field ${field?.name ?? path} does not support aggregate operator ${name}`);
  }
}

function countRows(): Accumulator {
  const counts: number[] = [];
  return {
    type: 'int',
    add(group) {
      counts[group] = (counts[group] ?? 0) + 1;
    },
    value: (group) => counts[group] ?? 0,
  };
}

function countValues({ read }: BoundExpression): Accumulator {
  const rows = countRows();
  return {
    ...rows,
    add(group, row) {
      if (!isMissing(read(row))) rows.add(group, row);
    },
  };
}

function isMissing(value: Value): value is null | '' {
  return value === null || value === '';
}

function countDistinct({ read }: BoundExpression): Accumulator {
  const seen: Array<Set<Value>> = [];
  return {
    type: 'int',
    add(group, row) {
      const value = read(row);
      if (!isMissing(value)) (seen[group] ??= new Set()).add(value);
    },
    value: (group) => seen[group]?.size ?? 0,
  };
}

function sum({ read, type }: BoundExpression): Accumulator {
  const totals: number[] = [];
  return {
    type: type === 'int' ? 'int' : 'double',
    add(group, row) {
      const value = read(row);
      if (typeof value === 'number') totals[group] = (totals[group] ?? 0) + value;
    },
    value: (group) => totals[group] ?? null,
  };
}

function average(argument: BoundExpression): Accumulator {
  const total = sum(argument);
  const count = countValues(argument);
  return {
    type: 'double',
    add(group, row) {
      total.add(group, row);
      count.add(group, row);
    },
    value(group) {
      const amount = total.value(group);
      return typeof amount === 'number' ? amount / Number(count.value(group)) : null;
    },
  };
}

/** The smallest (-1) or largest (1) value; text without regard to case. */
function extreme({ read, type }: BoundExpression, direction: -1 | 1): Accumulator {
  const best: Array<{ readonly value: Value; readonly key: string | number | boolean }> = [];
  const isText = familyOf(type) === 'text';
  return {
    type,
    add(group, row) {
      const value = read(row);
      if (isMissing(value)) return;
      const key = isText ? String(value).toLowerCase() : value;
      const current = best[group];
      if (!current || direction * compareValues(key, current.key) > 0) best[group] = { value, key };
    },
    value: (group) => best[group]?.value ?? null,
  };
}
