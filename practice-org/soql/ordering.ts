import type { Value } from '../storage/table.ts';
import type { Ordering } from './ast.ts';
import { compareValues, familyOf } from './comparison.ts';
import type { Binder, BoundExpression } from './expression.ts';
import { queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';

export type RowOrder = (one: number, other: number) => number;

/** Above this many rows to keep, sorting everything is cheaper than keeping the best ones sorted all the time. */
const largestSelection = 5_000;

export function compileOrder(context: QueryContext, bind: Binder, orderBy: readonly Ordering[]): RowOrder {
  const orders = orderBy.map((ordering) => compileOne(context, bind, ordering));
  return (one, other) => {
    for (const order of orders) {
      const result = order(one, other);
      if (result !== 0) return result;
    }
    return one - other;
  };
}

function compileOne(context: QueryContext, bind: Binder, ordering: Ordering): RowOrder {
  const bound = bind(ordering.expression);
  if (bound.field && bound.resolved && !bound.field.sortable) {
    const message = `field '${bound.field.name}' can not be sorted in a query call`;
    throw queryError(context.text, ordering.expression.offset, 'MALFORMED_QUERY', message);
  }
  const key = sortKey(bound);
  const direction = ordering.descending ? -1 : 1;
  // Rows without a value come first in either direction unless NULLS LAST says otherwise.
  const emptyFirst = ordering.nullsLast ? 1 : -1;
  return (one, other) => {
    const a = key(one);
    const b = key(other);
    if (a === null || b === null) return a === b ? 0 : a === null ? emptyFirst : -emptyFirst;
    return direction * compareValues(a, b);
  };
}

/** Text sorts without regard to case; a picklist in the order of its values in Setup. */
function sortKey({ read, type, field }: BoundExpression): (row: number) => Value {
  if (type === 'picklist' && field && field.picklistValues.length > 0) {
    const positions = new Map(field.picklistValues.map(({ value }, position) => [value, position]));
    return (row) => {
      const value = read(row);
      return value === null || value === '' ? null : (positions.get(String(value)) ?? positions.size);
    };
  }
  if (familyOf(type) !== 'text') return read;
  return (row) => {
    const value = read(row);
    return typeof value === 'string' && value !== '' ? value.toLowerCase() : null;
  };
}

/** The first `count` rows in the given order. */
export function firstInOrder(rows: Iterable<number>, order: RowOrder, count: number): number[] {
  if (count > largestSelection) return [...rows].sort(order).slice(0, count);
  const best: number[] = [];
  for (const row of rows) {
    const last = best.at(-1);
    if (best.length === count && (last === undefined || order(row, last) >= 0)) continue;
    best.splice(insertionPoint(best, row, order), 0, row);
    if (best.length > count) best.pop();
  }
  return best;
}

function insertionPoint(sorted: readonly number[], row: number, order: RowOrder): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(sorted[middle]!, row) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
