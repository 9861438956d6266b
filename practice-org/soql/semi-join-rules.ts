import type { SalesforceError } from '../org/errors.ts';
import type { Quirks } from '../org/settings.ts';
import type { Condition, Query, SemiJoin } from './ast.ts';
import { malformedQuery, queryError } from './query-error.ts';
import type { ResolvedField } from './field-resolution.ts';

const maximumSemiJoins = 2;

function semiJoinsIn(condition: Condition): readonly SemiJoin[] {
  switch (condition.kind) {
    case 'semiJoin':
      return [condition];
    case 'and':
    case 'or':
      return condition.conditions.flatMap(semiJoinsIn);
    case 'not':
      return semiJoinsIn(condition.condition);
    default:
      return [];
  }
}

function hasSemiJoinUnderOr(condition: Condition): boolean {
  if (condition.kind === 'or') return semiJoinsIn(condition).length > 0;
  if (condition.kind === 'and') return condition.conditions.some(hasSemiJoinUnderOr);
  return condition.kind === 'not' && hasSemiJoinUnderOr(condition.condition);
}

/**
 * The limits on sub-selects in WHERE (SOQL reference, "Semi-Joins with IN and Anti-Joins with NOT IN"). The text about nested ones
 * is quoted where OR stands in the parentheses as well (apsona.com, "Resolving semijoin subselect errors"); whether parentheses
 * alone are refused is not known.
 */
export function checkSemiJoins(where: Condition, quirks: Pick<Quirks, 'nested-semi-join'>): void {
  const semiJoins = semiJoinsIn(where);
  if (quirks['nested-semi-join'] === 'refuse' && semiJoins.some((semiJoin) => semiJoin.nested)) {
    throw malformedQuery(
      'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions',
    );
  }
  if (semiJoins.some(({ query }) => query.where !== null && semiJoinsIn(query.where).length > 0)) {
    throw malformedQuery('Nesting of semi join sub-selects is not supported');
  }
  if (hasSemiJoinUnderOr(where)) throw malformedQuery("Semi join sub-selects are not allowed with the 'OR' operator");
  if (semiJoins.length > maximumSemiJoins) {
    throw malformedQuery(`Maximum ${maximumSemiJoins} semi join sub-selects are allowed`);
  }
}

/** What an Id names: the rows of its own object, or of those that the lookup may point to. */
function pointsTo({ field, object }: ResolvedField): readonly string[] {
  return field.type === 'id' ? [object.name] : field.referenceTo;
}

function isId({ field }: ResolvedField): boolean {
  return field.type === 'id' || field.referenceTo.length > 0;
}

export function checkSemiJoinFields(text: string, outer: ResolvedField, inner: ResolvedField, query: Query): void {
  if (!isId(outer)) {
    throw queryError(
      text,
      outer.offset,
      'MALFORMED_QUERY',
      `The left operand field in the where expression for outer query should be an id field, cannot use: '${outer.field.name}'`,
    );
  }
  if (!isId(inner)) throw innerFieldError(text, inner, query);
  const targets = new Set(pointsTo(outer));
  if (pointsTo(inner).some((target) => targets.has(target))) return;
  throw queryError(
    text,
    outer.offset,
    'MALFORMED_QUERY',
    `The selected field '${inner.field.name}' in the subquery and the left operand field in the where expression in the outer query '${outer.field.name}' should point to the same object type`,
  );
}

function innerFieldError(text: string, inner: ResolvedField, query: Query): SalesforceError {
  return queryError(
    text,
    query.from.offset,
    'MALFORMED_QUERY',
    `The inner select field '${inner.field.name}' cannot have type ${inner.field.type}, it must be an id field`,
  );
}
