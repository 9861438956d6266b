import type { RowSource, Value } from '../storage/table.ts';
import type { FilterHints } from '../org/practice-org.ts';
import type { Condition, Literal } from './ast.ts';
import { operandOf } from './operand.ts';
import type { ConditionScope } from './condition-compiler.ts';
import { canonicalPath, type ResolvedField } from './field-resolution.ts';

/** The values that one conjunct of a filter allows for a field. */
type Restriction = { readonly field: ResolvedField; readonly values: readonly Value[] };

function conjuncts(condition: Condition): readonly Condition[] {
  return condition.kind === 'and' ? condition.conditions.flatMap(conjuncts) : [condition];
}

function restrictionOf(scope: ConditionScope, condition: Condition): Restriction | undefined {
  const literals = literalsOf(condition);
  if (!literals || !('left' in condition) || condition.left.kind !== 'field') return undefined;
  const bound = scope.bind(condition.left);
  if (!bound.resolved) return undefined;
  const operands = literals.map((literal) => operandOf(scope.context, bound, literal));
  const values = operands.flatMap((operand) => (operand.kind === 'value' ? [operand.value] : []));
  return values.length === operands.length ? { field: bound.resolved, values } : undefined;
}

function literalsOf(condition: Condition): readonly Literal[] | undefined {
  if (condition.kind === 'comparison' && condition.operator === '=') return [condition.right];
  if (condition.kind === 'list' && condition.operator === 'IN') return condition.values;
  return undefined;
}

function restrictions(scope: ConditionScope, where: Condition): readonly Restriction[] {
  return conjuncts(where).flatMap((condition) => restrictionOf(scope, condition) ?? []);
}

/** Equality and IN filters by canonical path, for objects whose rows are computed for the question. */
export function filterHints(scope: ConditionScope, where: Condition | null): FilterHints {
  if (!where) return new Map();
  return new Map(restrictions(scope, where).map(({ field, values }) => [canonicalPath(field), values]));
}

/** Rows that can match, in row order, when Ids or an index narrow them down; undefined when every row must be looked at. */
export function candidateRows(
  scope: ConditionScope,
  source: RowSource,
  where: Condition | null,
): readonly number[] | undefined {
  if (!where) return undefined;
  let best: readonly number[] | undefined;
  for (const condition of conjuncts(where)) {
    const rows = rowsOf(scope, source, condition);
    if (rows && (!best || rows.length < best.length)) best = rows;
    if (best && best.length <= 1) break;
  }
  return best && [...best].sort((one, other) => one - other);
}

function rowsOf(scope: ConditionScope, source: RowSource, condition: Condition): readonly number[] | undefined {
  if (condition.kind === 'semiJoin') return semiJoinRows(scope, source, condition);
  const restriction = restrictionOf(scope, condition);
  if (!restriction || restriction.field.hops.length > 0) return undefined;
  return lookUp(source, restriction.field.field.name, restriction.values);
}

function semiJoinRows(
  scope: ConditionScope,
  source: RowSource,
  condition: Extract<Condition, { kind: 'semiJoin' }>,
): readonly number[] | undefined {
  if (condition.negated || condition.left.kind !== 'field') return undefined;
  const { resolved } = scope.bind(condition.left);
  if (!resolved || resolved.hops.length > 0) return undefined;
  const values = scope.semiJoinValues(condition);
  return values.size < source.rowCount ? lookUp(source, resolved.field.name, values) : undefined;
}

function lookUp(source: RowSource, field: string, values: Iterable<Value>): readonly number[] | undefined {
  const rows = new Set<number>();
  for (const value of values) {
    const found = field === 'Id' && typeof value === 'string' ? rowWithId(source, value) : source.lookup(field, value);
    if (!found) return undefined;
    for (const row of found) rows.add(row);
  }
  return [...rows];
}

function rowWithId(source: RowSource, id: string): readonly number[] {
  const row = source.rowOf(id);
  return row === undefined ? [] : [row];
}
