import type { Condition, ListComparison, SemiJoin } from './ast.ts';
import { compareValues, comparesWithoutCase, compileComparison, isEmpty, type Predicate } from './comparison.ts';
import { familyOf, operandOf } from './operand.ts';
import type { Binder, BoundExpression } from './expression.ts';
import { queryError } from './query-error.ts';
import type { QueryContext } from './query-context.ts';

/** Evaluates the inner query of a semi-join: the values that the outer field may (or may not) have. */
export type SemiJoinValues = (semiJoin: SemiJoin) => ReadonlySet<string>;

export type ConditionScope = {
  readonly context: QueryContext;
  readonly bind: Binder;
  readonly semiJoinValues: SemiJoinValues;
};

/** Turns a filter into a test of rows. Fields that the platform cannot filter by are refused. */
export function compileCondition(scope: ConditionScope, condition: Condition): Predicate {
  switch (condition.kind) {
    case 'and':
      return allOf(condition.conditions.map((one) => compileCondition(scope, one)));
    case 'or':
      return anyOf(condition.conditions.map((one) => compileCondition(scope, one)));
    case 'not': {
      const holds = compileCondition(scope, condition.condition);
      return (row) => !holds(row);
    }
    case 'comparison':
      return compileComparison(scope.context, filterable(scope, condition.left), condition.operator, condition.right);
    case 'list':
      return compileList(scope, condition);
    case 'semiJoin':
      return compileSemiJoin(scope, condition);
  }
}

function allOf(tests: readonly Predicate[]): Predicate {
  const [first, second, ...rest] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (rest.length === 0) return (row) => first(row) && second(row);
  return (row) => tests.every((test) => test(row));
}

function anyOf(tests: readonly Predicate[]): Predicate {
  return (row) => tests.some((test) => test(row));
}

function filterable({ context, bind }: ConditionScope, left: ListComparison['left']): BoundExpression {
  const bound = bind(left);
  const { resolved } = bound;
  if (!resolved || resolved.field.filterable) {
    if (resolved?.field.type !== 'address' && resolved?.field.type !== 'location') return bound;
    throw queryError(
      context.text,
      left.offset,
      'INVALID_FIELD',
      'Address fields can only be filtered using Distance expressions',
    );
  }
  const message = `field '${resolved.field.name}' can not be filtered in a query call`;
  throw queryError(context.text, left.offset, 'INVALID_FIELD', message);
}

function compileList(scope: ConditionScope, condition: ListComparison): Predicate {
  const bound = filterable(scope, condition.left);
  if (condition.operator === 'INCLUDES' || condition.operator === 'EXCLUDES') {
    return compileIncludes(scope.context, bound, condition);
  }
  const isMember = membership(scope.context, bound, condition);
  return condition.operator === 'IN' ? isMember : (row) => !isMember(row);
}

type Ranges = ReadonlyArray<{ readonly from: string; readonly to: string }>;

function membership(context: QueryContext, bound: BoundExpression, { values }: ListComparison): Predicate {
  const operands = values.map((literal) => operandOf(context, bound, literal));
  const fold = comparesWithoutCase(bound);
  const wanted = new Set<string | number | boolean>();
  for (const operand of operands) {
    if (operand.kind !== 'value') continue;
    wanted.add(fold ? String(operand.value).toLowerCase() : operand.value);
  }
  const ranges: Ranges = operands.filter((operand) => operand.kind === 'range');
  const acceptsEmpty = operands.some((operand) => operand.kind === 'null');
  const { read } = bound;
  return (row) => {
    const value = read(row);
    if (value === null || value === '') return acceptsEmpty;
    if (wanted.has(fold ? String(value).toLowerCase() : value)) return true;
    return (
      ranges.length > 0 &&
      ranges.some(({ from, to }) => compareValues(value, from) >= 0 && compareValues(value, to) < 0)
    );
  };
}

/** Each literal names one or several values joined by semicolons; all of them must be selected. */
function compileIncludes(context: QueryContext, bound: BoundExpression, condition: ListComparison): Predicate {
  if (familyOf(bound.type) !== 'multipicklist') {
    const word = `invalid operator on ${bound.type} field`;
    throw queryError(context.text, bound.offset, 'INVALID_QUERY_FILTER_OPERATOR', word);
  }
  const combinations = condition.values.map((literal) => {
    const operand = operandOf(context, bound, literal);
    return operand.kind === 'value' ? String(operand.value).toLowerCase().split(';') : [];
  });
  const { read } = bound;
  const includes: Predicate = (row) => {
    const value = read(row);
    if (typeof value !== 'string' || isEmpty(value)) return combinations.some((parts) => parts.length === 0);
    const selected = new Set(value.toLowerCase().split(';'));
    return combinations.some((parts) => parts.length > 0 && parts.every((part) => selected.has(part)));
  };
  return condition.operator === 'INCLUDES' ? includes : (row) => !includes(row);
}

function compileSemiJoin(scope: ConditionScope, semiJoin: SemiJoin): Predicate {
  const { read } = filterable(scope, semiJoin.left);
  const values = scope.semiJoinValues(semiJoin);
  const isMember: Predicate = (row) => {
    const value = read(row);
    return typeof value === 'string' && values.has(value);
  };
  return semiJoin.negated ? (row) => !isMember(row) : isMember;
}
