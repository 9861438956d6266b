import type { Condition, Expression, Literal, Query, SelectItem } from '../../../practice-org/soql/ast.ts';

/** Writes a parsed query as SOQL again: the other half of the parser's round trip. */
export function printSoql(query: Query): string {
  const parts = [
    `SELECT ${query.select.map(printItem).join(', ')}`,
    `FROM ${query.from.names.join('.')}${query.alias === null ? '' : ` ${query.alias}`}`,
    query.scope !== null && `USING SCOPE ${query.scope}`,
    query.where && `WHERE ${printCondition(query.where)}`,
    query.groupBy.length > 0 && `GROUP BY ${query.groupBy.map(printExpression).join(', ')}`,
    query.having && `HAVING ${printCondition(query.having)}`,
    query.orderBy.length > 0 &&
      `ORDER BY ${query.orderBy
        .map(
          ({ expression, descending, nullsLast }) =>
            `${printExpression(expression)}${descending ? ' DESC' : ''}${nullsLast ? ' NULLS LAST' : ''}`,
        )
        .join(', ')}`,
    query.limit !== null && `LIMIT ${query.limit}`,
    query.offset !== null && `OFFSET ${query.offset}`,
  ];
  return parts.filter((part) => typeof part === 'string').join(' ');
}

function printItem(item: SelectItem): string {
  switch (item.kind) {
    case 'expression':
      return `${printExpression(item.expression)}${item.alias === null ? '' : ` ${item.alias}`}`;
    case 'subquery':
      return `(${printSoql(item.query)})`;
    case 'fieldSet':
      return `FIELDS(${item.fieldSet})`;
    case 'typeof': {
      const branches = item.branches.map(
        ({ object, fields }) => `WHEN ${object} THEN ${fields.map(printExpression).join(', ')}`,
      );
      const otherwise = item.otherwise.length > 0 ? ` ELSE ${item.otherwise.map(printExpression).join(', ')}` : '';
      return `TYPEOF ${printExpression(item.relationship)} ${branches.join(' ')}${otherwise} END`;
    }
  }
}

function printExpression(expression: Expression): string {
  if (expression.kind === 'field') return expression.names.join('.');
  return `${expression.name}(${expression.argument ? printExpression(expression.argument) : ''})`;
}

export function printCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.map((one) => `(${printCondition(one)})`).join(` ${condition.kind.toUpperCase()} `);
    case 'not':
      return `NOT (${printCondition(condition.condition)})`;
    case 'comparison':
      return `${printExpression(condition.left)} ${condition.operator} ${printLiteral(condition.right)}`;
    case 'list':
      return `${printExpression(condition.left)} ${condition.operator} (${condition.values.map(printLiteral).join(', ')})`;
    case 'semiJoin':
      return `${printExpression(condition.left)} ${condition.negated ? 'NOT IN' : 'IN'} (${printSoql(condition.query)})`;
  }
}

function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case 'string':
      return `'${literal.text}'`;
    case 'number':
      return literal.text;
    case 'boolean':
      return String(literal.value);
    case 'null':
      return 'null';
    case 'date':
    case 'datetime':
      return literal.text;
    case 'dateRange':
      return literal.count === null ? literal.name : `${literal.name}:${literal.count}`;
  }
}
