import { SalesforceError } from '../org/errors.ts';
import type { ComparisonOperator, Condition, Expression, ListOperator, Literal, Query } from './ast.ts';
import { isCountedRange, isDateRange } from './date-range.ts';
import { syntaxError, unexpectedToken } from './query-error.ts';
import type { TokenStream } from './token-stream.ts';

/** Deeper than any real filter; keeps a hostile query from exhausting the stack. */
const maximumDepth = 100;
const comparisonSymbols: Readonly<Record<string, ComparisonOperator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

type SubqueryParser = (tokens: TokenStream, depth: number) => Query;

export function tooComplicated(): SalesforceError {
  return new SalesforceError(
    'QUERY_TOO_COMPLICATED',
    'Query is either selecting too many fields or the filter conditions are too complicated.',
  );
}

/**
 * condition := NOT operand | operand (AND operand)* | operand (OR operand)*: Salesforce's own grammar refuses AND beside OR,
 * and NOT as an operand, unless parentheses say what is meant.
 */
export function parseCondition(tokens: TokenStream, parseSubquery: SubqueryParser, depth = 0): Condition {
  if (depth > maximumDepth) throw tooComplicated();
  if (tokens.acceptKeyword('NOT')) return { kind: 'not', condition: parseOperand(tokens, parseSubquery, depth) };
  const first = parseOperand(tokens, parseSubquery, depth);
  for (const [keyword, kind] of [['AND', 'and'] as const, ['OR', 'or'] as const]) {
    if (!tokens.isKeyword(keyword)) continue;
    const conditions = [first];
    while (tokens.acceptKeyword(keyword)) conditions.push(parseOperand(tokens, parseSubquery, depth));
    if (tokens.isKeyword('AND') || tokens.isKeyword('OR')) throw tokens.unexpected();
    return { kind, conditions };
  }
  return first;
}

function parseOperand(tokens: TokenStream, parseSubquery: SubqueryParser, depth: number): Condition {
  if (tokens.isKeyword('NOT')) throw tokens.unexpected();
  if (!tokens.acceptSymbol('(')) return parseComparison(tokens, parseSubquery, depth);
  const condition = parseCondition(tokens, parseSubquery, depth + 1);
  tokens.expectSymbol(')');
  return nested(condition);
}

function nested(condition: Condition): Condition {
  switch (condition.kind) {
    case 'semiJoin':
      return { ...condition, nested: true };
    case 'and':
    case 'or':
      return { ...condition, conditions: condition.conditions.map(nested) };
    case 'not':
      return { ...condition, condition: nested(condition.condition) };
    default:
      return condition;
  }
}

/** field | FUNCTION(field) | FUNCTION(FUNCTION(field)) */
export function parseExpression(tokens: TokenStream, depth = 0): Expression {
  if (!tokens.isSymbol('(', 1)) return tokens.path();
  // Summer '24: more than two nested functions are refused at the inner parenthesis.
  if (depth === 2) throw tokens.unexpected(tokens.peek(1));
  const name = tokens.expectName();
  tokens.expectSymbol('(');
  const argument = tokens.isSymbol(')') ? null : parseExpression(tokens, depth + 1);
  tokens.expectSymbol(')');
  return { kind: 'call', name: name.text.toUpperCase(), argument, offset: name.offset };
}

function parseComparison(tokens: TokenStream, parseSubquery: SubqueryParser, depth: number): Condition {
  const left = parseExpression(tokens);
  const operator = tokens.peek();
  if (operator.kind === 'symbol') {
    const comparison = comparisonSymbols[operator.text];
    if (!comparison) throw tokens.unexpected();
    tokens.next();
    return { kind: 'comparison', left, operator: comparison, right: parseLiteral(tokens) };
  }
  if (tokens.acceptKeyword('LIKE')) {
    if (tokens.peek().kind !== 'string') throw tokens.unexpected();
    return { kind: 'comparison', left, operator: 'LIKE', right: parseLiteral(tokens) };
  }
  return parseListComparison(tokens, left, parseSubquery, depth);
}

function parseListOperator(tokens: TokenStream): ListOperator {
  if (tokens.acceptKeyword('NOT')) {
    tokens.expectKeyword('IN');
    return 'NOT IN';
  }
  for (const operator of ['IN', 'INCLUDES', 'EXCLUDES'] as const) {
    if (tokens.acceptKeyword(operator)) return operator;
  }
  throw tokens.unexpected();
}

function parseListComparison(
  tokens: TokenStream,
  left: Expression,
  parseSubquery: SubqueryParser,
  depth: number,
): Condition {
  const operator = parseListOperator(tokens);
  tokens.expectSymbol('(');
  if (tokens.isKeyword('SELECT') && (operator === 'IN' || operator === 'NOT IN')) {
    const query = parseSubquery(tokens, depth + 1);
    tokens.expectSymbol(')');
    return { kind: 'semiJoin', left, negated: operator === 'NOT IN', nested: false, query };
  }
  if (tokens.isSymbol(')')) throw emptyList(tokens, left);
  const values = [parseLiteral(tokens)];
  while (tokens.acceptSymbol(',')) values.push(parseLiteral(tokens));
  tokens.expectSymbol(')');
  return { kind: 'list', left, operator, values };
}

function emptyList(tokens: TokenStream, left: Expression): SalesforceError {
  const end = tokens.peek().offset + 1;
  return unexpectedToken(tokens.query, left.offset, tokens.query.slice(left.offset, end));
}

function parseLiteral(tokens: TokenStream): Literal {
  const token = tokens.peek();
  const { text, offset } = token;
  switch (token.kind) {
    case 'string':
    case 'date':
    case 'datetime':
      tokens.next();
      return { kind: token.kind, text, offset };
    case 'number':
      tokens.next();
      return { kind: 'number', value: Number(text), text, offset };
    case 'name':
      return parseNamedLiteral(tokens);
    case 'symbol':
      if (text === ':') throw bindVariable(tokens, offset);
      throw tokens.unexpected();
    case 'end':
      throw tokens.unexpected();
  }
}

function parseNamedLiteral(tokens: TokenStream): Literal {
  const { text, offset } = tokens.next();
  const name = text.toUpperCase();
  if (name === 'NULL') return { kind: 'null', offset };
  if (name === 'TRUE' || name === 'FALSE') return { kind: 'boolean', value: name === 'TRUE', offset };
  if (isDateRange(name)) return { kind: 'dateRange', name, count: null, offset };
  if (isCountedRange(name) && tokens.acceptSymbol(':')) {
    const count = tokens.peek();
    if (count.kind !== 'number' || !/^-?\d+$/.test(count.text)) throw tokens.unexpected();
    tokens.next();
    return { kind: 'dateRange', name, count: Number(count.text), offset };
  }
  throw bindVariable(tokens, offset);
}

/** Outside Apex a name where a value belongs can only be meant as a variable. */
function bindVariable(tokens: TokenStream, offset: number): SalesforceError {
  return syntaxError(tokens.query, offset, 'Bind variables only allowed in Apex code');
}
