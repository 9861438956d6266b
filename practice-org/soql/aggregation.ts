import { SalesforceError } from '../org/errors.ts';
import type { Value } from '../storage/table.ts';
import { accumulatorFor, type Accumulator } from './accumulator.ts';
import type { Expression, FunctionCall, Query, SelectItem } from './ast.ts';
import { compileCondition } from './condition-compiler.ts';
import { isAggregate, type Binder, type BoundExpression } from './expression.ts';
import type { JsonRecord } from './json-value.ts';
import { compileOrder, firstInOrder } from './ordering.ts';
import { malformedQuery, queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';
import { windowOf, type Selection } from './row-selection.ts';

export type AggregateColumn = { readonly key: string; readonly bound: BoundExpression; readonly isFunction: boolean };
type Aggregation = { readonly columns: readonly AggregateColumn[]; readonly records: readonly JsonRecord[] };

const largestResult = 2_000;

export function isAggregateQuery({ select, groupBy }: Query): boolean {
  return groupBy.length > 0 || select.some((item) => item.kind === 'expression' && isAggregate(item.expression));
}

/** SELECT COUNT() and nothing else. */
export function isCount({ select, groupBy }: Query): boolean {
  const [item] = select;
  return (
    select.length === 1 &&
    groupBy.length === 0 &&
    item?.kind === 'expression' &&
    item.alias === null &&
    item.expression.kind === 'call' &&
    item.expression.name === 'COUNT' &&
    item.expression.argument === null
  );
}

/** Groups of rows, numbered in the order of their first row, and the aggregates over them. */
class Grouping {
  public size = 0;
  private readonly context: QueryContext;
  private readonly bindRow: Binder;
  private readonly groups: readonly BoundExpression[];
  private readonly values: Value[][] = [];
  private readonly accumulators = new Map<string, Accumulator>();

  public constructor(context: QueryContext, bindRow: Binder, groupBy: readonly Expression[]) {
    this.context = context;
    this.bindRow = bindRow;
    this.groups = groupBy.map((expression) => this.groupable(expression));
  }

  /** Binds what can be read off a group: what it is grouped by, and aggregates. */
  public readonly bind: Binder = (expression) =>
    isAggregate(expression) ? this.bindAggregate(expression) : this.bindGrouped(expression);

  public collect(rows: Iterable<number>): void {
    const accumulators = [...this.accumulators.values()];
    const groupOf = this.groups.length === 0 ? this.onlyGroup() : this.groupFinder();
    for (const row of rows) {
      const group = groupOf(row);
      for (const accumulator of accumulators) accumulator.add(group, row);
    }
  }

  /** Without GROUP BY there is one group, even of no rows. */
  private onlyGroup(): () => number {
    this.size = 1;
    return () => 0;
  }

  private groupFinder(): (row: number) => number {
    const numbers = new Map<Value, number>();
    return (row) => {
      const values = this.groups.map(({ read }) => read(row));
      const key = values.length === 1 ? (values[0] ?? null) : JSON.stringify(values);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, this.size);
      this.values.push(values);
      return this.size++;
    };
  }

  private groupable(expression: Expression): BoundExpression {
    const bound = this.bindRow(expression);
    if (expression.kind === 'call' || bound.field?.groupable !== false) return bound;
    const message = `field '${bound.field.name}' can not be grouped in a query call`;
    throw queryError(this.context.text, expression.offset, 'MALFORMED_QUERY', message);
  }

  private bindAggregate(call: FunctionCall): BoundExpression {
    const argument = call.argument ? this.bindRow(call.argument) : null;
    const path = `${call.name}(${argument?.path ?? ''})`;
    const accumulator = this.accumulators.get(path) ?? accumulatorFor(call, argument);
    this.accumulators.set(path, accumulator);
    const { type } = accumulator;
    return { read: (group) => accumulator.value(group), type, field: null, path, resolved: null, offset: call.offset };
  }

  private bindGrouped(expression: Expression): BoundExpression {
    const bound = this.bindRow(expression);
    const index = this.groups.findIndex(({ path }) => path === bound.path);
    if (index < 0) throw malformedQuery(`Field must be grouped or aggregated: ${bound.field?.name ?? bound.path}`);
    return { ...bound, read: (group) => this.values[group]?.[index] ?? null };
  }
}

export function aggregate(context: QueryContext, query: Query, selection: Selection): Aggregation {
  if (query.groupBy.length === 0 && query.limit !== null) {
    throw malformedQuery('Non-grouped query that uses overall aggregate functions cannot also use LIMIT');
  }
  const grouping = new Grouping(context, selection.bind, query.groupBy);
  const columns = aggregateColumns(query.select, grouping.bind);
  const having = query.having ? compileCondition({ ...selection.scope, bind: grouping.bind }, query.having) : null;
  const order = compileOrder(context, grouping.bind, query.orderBy);
  const { offset, limit } = windowOf(query);
  grouping.collect(selection.rows());
  const groups = Array.from({ length: grouping.size }, (_, group) => group).filter((group) => having?.(group) ?? true);
  const shown = firstInOrder(groups, order, offset + limit).slice(offset);
  if (shown.length > largestResult) throw tooManyGroups();
  return { columns, records: shown.map((group) => groupRecord(columns, group)) };
}

function aggregateColumns(select: readonly SelectItem[], bind: Binder): readonly AggregateColumn[] {
  const keys = new Set<string>();
  let unnamed = 0;
  return select.map((item) => {
    if (item.kind !== 'expression') throw malformedQuery('only root queries support aggregate expressions');
    const { expression, alias } = item;
    const isFunction = expression.kind === 'call';
    const bound = bind(expression);
    const key = alias ?? (isFunction ? `expr${unnamed++}` : (bound.field?.name ?? bound.path));
    if (keys.has(key.toLowerCase())) throw malformedQuery(`duplicate alias: ${key}`);
    keys.add(key.toLowerCase());
    return { key, bound, isFunction };
  });
}

function groupRecord(columns: readonly AggregateColumn[], group: number): JsonRecord {
  const values = columns.map(({ key, bound }) => [key, bound.read(group)] as const);
  return { attributes: { type: 'AggregateResult' }, ...Object.fromEntries(values) };
}

function tooManyGroups(): SalesforceError {
  return new SalesforceError(
    'EXCEEDED_ID_LIMIT',
    'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
  );
}
