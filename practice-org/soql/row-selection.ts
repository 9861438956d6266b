import { SalesforceError } from '../org/errors.ts';
import type { RowSet } from '../access/access.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import type { RowSource } from '../storage/table.ts';
import type { Query, SemiJoin } from './ast.ts';
import { candidateRows, filterHints } from './candidate-rows.ts';
import type { Predicate } from './comparison.ts';
import { compileCondition, type ConditionScope, type SemiJoinValues } from './condition-compiler.ts';
import { rowBinder, type Binder } from './expression.ts';
import { resolveField, type Origin } from './field-resolution.ts';
import { compileOrder, firstInOrder } from './ordering.ts';
import { malformedQuery, queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';
import { checkSemiJoinFields, checkSemiJoins } from './semi-join-rules.ts';

/** The rows of FROM that the caller sees and the filter accepts. */
export type Selection = {
  readonly origin: Origin;
  readonly source: RowSource;
  readonly bind: Binder;
  readonly scope: ConditionScope;
  readonly matches: Predicate | null;
  readonly visible: RowSet;
  /** In row order, or from the last row to the first. */
  rows(backwards?: boolean): Iterable<number>;
};

const maximumOffset = 2_000;

export function selectRows(context: QueryContext, query: Query, origin: Origin): Selection {
  if (query.where) checkSemiJoins(query.where, context.org.settings.quirks);
  const semiJoinValues = rememberedSemiJoins(context, origin);
  // Paths and types of the filter are checked before any row is computed, because computed objects need its values.
  const dryScope = { context, bind: rowBinder(context, origin, emptySource(origin.object)), semiJoinValues };
  const source = context.source(origin.object, filterHints(dryScope, query.where));
  const bind = rowBinder(context, origin, source);
  const scope: ConditionScope = { context, bind, semiJoinValues };
  const inScope = query.scope === null ? null : scopeFilter(context, query.scope, source, query);
  const where = query.where ? compileCondition(scope, query.where) : null;
  const matches = inScope && where ? (row: number) => inScope(row) && where(row) : (where ?? inScope);
  const visible = context.visible(origin.object);
  const candidates = context.allRows ? undefined : candidateRows(scope, source, query.where);
  const accepts = rowTest(context, source, visible, matches);
  return {
    origin,
    source,
    bind,
    scope,
    matches,
    visible,
    rows: (backwards = false) => filtered(rowNumbers(candidates, source.rowCount, backwards), accepts),
  };
}

function emptySource(object: ObjectDefinition): RowSource {
  return {
    object,
    rowCount: 0,
    isLive: () => false,
    reader: () => () => null,
    rowOf: () => undefined,
    lookup: () => undefined,
  };
}

function rowTest(context: QueryContext, source: RowSource, visible: RowSet, matches: Predicate | null): Predicate {
  const isCandidate: Predicate = context.allRows ? () => true : (row) => source.isLive(row);
  const isVisible: Predicate | null = visible.all ? null : (row) => visible.has(row);
  return (row) => isCandidate(row) && (isVisible === null || isVisible(row)) && (matches === null || matches(row));
}

function* filtered(rows: Iterable<number>, accepts: Predicate): Generator<number> {
  for (const row of rows) if (accepts(row)) yield row;
}

function* rowNumbers(
  candidates: readonly number[] | undefined,
  rowCount: number,
  backwards: boolean,
): Generator<number> {
  const count = candidates?.length ?? rowCount;
  for (let position = 0; position < count; position++) {
    const index = backwards ? count - 1 - position : position;
    yield candidates?.[index] ?? index;
  }
}

/** USING SCOPE: "everything" is what one gets without it. */
function scopeFilter(context: QueryContext, name: string, source: RowSource, query: Query): Predicate | null {
  if (name === 'everything') return null;
  const owner = source.object.fields.get('ownerid');
  if (name !== 'mine' || !owner) {
    throw queryError(context.text, query.from.offset, 'INVALID_QUERY_SCOPE', `Unknown scope: ${name}`);
  }
  const read = source.reader(owner.name);
  return (row) => read(row) === context.caller.userId;
}

function rememberedSemiJoins(context: QueryContext, origin: Origin): SemiJoinValues {
  const known = new Map<SemiJoin, ReadonlySet<string>>();
  return (semiJoin) => {
    const values = known.get(semiJoin) ?? innerValues(context, origin, semiJoin);
    known.set(semiJoin, values);
    return values;
  };
}

function innerValues(context: QueryContext, origin: Origin, { left, query }: SemiJoin): ReadonlySet<string> {
  const [item, ...others] = query.select;
  if (left.kind !== 'field' || item?.kind !== 'expression' || item.expression.kind !== 'field' || others.length > 0) {
    throw malformedQuery('Semi join sub-selects must select exactly one id field');
  }
  const innerOrigin = {
    object: context.queriedObject(query.from.names.join('.'), query.from.offset),
    alias: query.alias,
  };
  const inner = resolveField(context, innerOrigin, item.expression);
  checkSemiJoinFields(context.text, resolveField(context, origin, left), inner, query);
  const selection = selectRows(context, query, innerOrigin);
  const { read } = selection.bind(item.expression);
  const values = new Set<string>();
  for (const row of orderedRows(context, query, selection)) {
    const value = read(row);
    if (typeof value === 'string') values.add(value);
  }
  return values;
}

type Window = { readonly offset: number; readonly limit: number };

export function windowOf(query: Pick<Query, 'offset' | 'limit'>): Window {
  const offset = query.offset ?? 0;
  if (offset > maximumOffset) {
    throw new SalesforceError('NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${maximumOffset}`);
  }
  return { offset, limit: query.limit ?? Number.POSITIVE_INFINITY };
}

/** The selected rows after ORDER BY, OFFSET and LIMIT. In row order the search ends as soon as there are enough. */
export function orderedRows(context: QueryContext, query: Query, selection: Selection): readonly number[] {
  const { offset, limit } = windowOf(query);
  const end = offset + limit;
  const [first, ...others] = query.orderBy;
  if (!first) return firstRows(selection.rows(), offset, end);
  const order = compileOrder(context, selection.bind, query.orderBy);
  if (selection.source.idsAscend === true && others.length === 0 && selection.bind(first.expression).path === 'Id') {
    return firstRows(selection.rows(first.descending), offset, end);
  }
  return firstInOrder(selection.rows(), order, end).slice(offset);
}

function firstRows(candidates: Iterable<number>, offset: number, end: number): readonly number[] {
  const rows: number[] = [];
  let position = 0;
  if (offset >= end) return rows;
  for (const row of candidates) {
    if (position >= offset) rows.push(row);
    position++;
    if (position >= end) break;
  }
  return rows;
}
