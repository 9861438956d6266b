import fc from 'fast-check';
import type { Condition, Expression, FieldPath, Literal, Query } from '../../../practice-org/soql/ast.ts';

const offset = 0;
const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/).filter((text) => !reserved.has(text.toUpperCase()));
const reserved = new Set(
  'SELECT FROM WHERE USING WITH GROUP HAVING ORDER LIMIT OFFSET FOR UPDATE ALL AND OR NOT IN LIKE INCLUDES EXCLUDES NULL TRUE FALSE ASC DESC NULLS AS TYPEOF FIELDS BY'.split(
    ' ',
  ),
);

const path: fc.Arbitrary<FieldPath> = fc
  .array(name, { minLength: 1, maxLength: 3 })
  .map((names) => ({ kind: 'field', names, offset }));
const expression: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 3, arbitrary: path },
  fc.tuple(fc.constantFrom('toLabel', 'CALENDAR_YEAR'), path).map(([call, argument]) => ({
    kind: 'call' as const,
    name: call.toUpperCase(),
    argument,
    offset,
  })),
);

const stringLiteral = fc
  .string({ unit: 'grapheme' })
  .map((value) => ({ kind: 'string' as const, text: value.replace(/[\\']/g, '\\$&'), offset }));
const literal: fc.Arbitrary<Literal> = fc.oneof(
  stringLiteral,
  fc.integer({ min: -1e6, max: 1e6 }).map((value) => ({ kind: 'number' as const, value, text: String(value), offset })),
  fc.boolean().map((value) => ({ kind: 'boolean' as const, value, offset })),
  fc.constant({ kind: 'null' as const, offset }),
  fc.constant({ kind: 'date' as const, text: '2026-02-28', offset }),
  fc.constant({ kind: 'datetime' as const, text: '2026-02-28T23:59:59.000Z', offset }),
  fc
    .constantFrom('TODAY', 'THIS_FISCAL_YEAR')
    .map((range) => ({ kind: 'dateRange' as const, name: range, count: null, offset })),
  fc.nat(90).map((count) => ({ kind: 'dateRange' as const, name: 'LAST_N_DAYS', count, offset })),
);

const { condition, query } = fc.letrec<{ condition: Condition; query: Query }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.record({
      kind: fc.constant('comparison' as const),
      left: expression,
      operator: fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const),
      right: literal,
    }),
    fc.record({
      kind: fc.constant('comparison' as const),
      left: expression,
      operator: fc.constant('LIKE' as const),
      right: stringLiteral,
    }),
    fc.record({
      kind: fc.constant('list' as const),
      left: expression,
      operator: fc.constantFrom('IN' as const, 'NOT IN' as const, 'INCLUDES' as const, 'EXCLUDES' as const),
      values: fc.array(literal, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('semiJoin' as const),
      left: path,
      negated: fc.boolean(),
      nested: fc.constant(false),
      query: tie('query'),
    }),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      conditions: fc.array(tie('condition').map(inParentheses), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), condition: tie('condition').map(inParentheses) }),
  ),
  query: fc.record({
    select: fc.array(
      fc.record({ kind: fc.constant('expression' as const), expression: path, alias: fc.constant(null) }),
      { minLength: 1, maxLength: 3 },
    ),
    from: path,
    alias: fc.option(name),
    scope: fc.constant(null),
    where: fc.option(tie('condition')),
    groupBy: fc.array(expression, { maxLength: 2 }),
    having: fc.constant(null),
    orderBy: fc.array(fc.record({ expression, descending: fc.boolean(), nullsLast: fc.boolean() }), { maxLength: 2 }),
    limit: fc.option(fc.nat()),
    offset: fc.option(fc.nat()),
  }),
}));

export const arbitraryCondition = condition;
export const arbitraryQuery = query;

/** As printed: operands stand in parentheses. */
function inParentheses(condition: Condition): Condition {
  return condition.kind === 'semiJoin' ? { ...condition, nested: true } : condition;
}
