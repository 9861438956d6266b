import type { Value } from '../storage/table.ts';
import type { Ordering } from './ast.ts';
import { compareValues } from './comparison.ts';
import { familyOf } from './operand.ts';
import type { Binder, BoundExpression } from './expression.ts';
import { queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';

/** Sort keys of a row, and how keys compare. Keys are read once a row: that is what sorting a million rows costs. */
export type RowOrder = {
  readonly keys: (row: number) => readonly Value[];
  readonly compare: (one: readonly Value[], other: readonly Value[]) => number;
};

type Direction = { readonly sign: 1 | -1; readonly emptyFirst: 1 | -1 };
type Keyed = { readonly row: number; readonly keys: readonly Value[] };

/** Above this many rows to keep, sorting everything is cheaper than keeping the best ones sorted all the time. */
const largestSelection = 5_000;

export function compileOrder(context: QueryContext, bind: Binder, orderBy: readonly Ordering[]): RowOrder {
  const readers = orderBy.map(({ expression }) => sortKey(sortable(context, bind(expression), expression.offset)));
  const directions = orderBy.map(directionOf);
  return {
    keys: (row) => readers.map((read) => read(row)),
    compare(one, other) {
      for (const [index, direction] of directions.entries()) {
        const result = compareKeys(one[index] ?? null, other[index] ?? null, direction);
        if (result !== 0) return result;
      }
      return 0;
    },
  };
}

function sortable(context: QueryContext, bound: BoundExpression, offset: number): BoundExpression {
  if (!bound.field || !bound.resolved || bound.field.sortable) return bound;
  const message = `field '${bound.field.name}' can not be sorted in a query call`;
  throw queryError(context.text, offset, 'MALFORMED_QUERY', message);
}

/** Rows without a value come first in either direction unless NULLS LAST says otherwise. */
function directionOf({ descending, nullsLast }: Ordering): Direction {
  return { sign: descending ? -1 : 1, emptyFirst: nullsLast ? 1 : -1 };
}

function compareKeys(one: Value, other: Value, { sign, emptyFirst }: Direction): number {
  if (one === null || other === null) {
    if (one === other) return 0;
    return one === null ? emptyFirst : -emptyFirst;
  }
  return sign * compareValues(one, other);
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

/** The first `count` rows in the given order; rows that are equal in it keep their own order. */
export function firstInOrder(rows: Iterable<number>, order: RowOrder, count: number): number[] {
  const chosen = count > largestSelection ? allInOrder(rows, order).slice(0, count) : bestInOrder(rows, order, count);
  return chosen.map(({ row }) => row);
}

function allInOrder(rows: Iterable<number>, { keys, compare }: RowOrder): Keyed[] {
  const keyed: Keyed[] = [];
  for (const row of rows) keyed.push({ row, keys: keys(row) });
  return keyed.sort((one, other) => compare(one.keys, other.keys));
}

function bestInOrder(rows: Iterable<number>, { keys, compare }: RowOrder, count: number): Keyed[] {
  const best: Keyed[] = [];
  if (count === 0) return best;
  for (const row of rows) {
    const candidate = { row, keys: keys(row) };
    const last = best.at(-1);
    if (best.length === count && last && compare(candidate.keys, last.keys) >= 0) continue;
    best.splice(insertionPoint(best, candidate, compare), 0, candidate);
    if (best.length > count) best.pop();
  }
  return best;
}

function insertionPoint(sorted: readonly Keyed[], { keys }: Keyed, compare: RowOrder['compare']): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compare(sorted[middle]?.keys ?? [], keys) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
