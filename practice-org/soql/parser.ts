import type { Condition, Expression, FieldPath, FieldSet, Ordering, Query, SelectItem, TypeBranch } from './ast.ts';
import { parseCondition as parseConditionOf, parseExpression, tooComplicated } from './condition-parser.ts';
import { malformedQuery, notInPracticeOrg, syntaxError, unexpectedToken } from './query-error.ts';
import { TokenStream } from './token-stream.ts';

const maximumSubqueryDepth = 5;
const clauseKeywords = new Set([
  'USING',
  'WHERE',
  'WITH',
  'GROUP',
  'HAVING',
  'ORDER',
  'LIMIT',
  'OFFSET',
  'FOR',
  'UPDATE',
  'ALL',
]);
const fieldSets: readonly FieldSet[] = ['ALL', 'STANDARD', 'CUSTOM'];

/** Throws a SalesforceError in Salesforce's words for what is no SOQL. */
export function parseSoql(text: string): Query {
  const tokens = new TokenStream(text);
  const query = parseQuery(tokens, 0);
  if (tokens.peek().kind !== 'end') throw tokens.unexpected();
  return query;
}

/** A filter by itself, as after WHERE. */
export function parseCondition(text: string): Condition {
  const tokens = new TokenStream(text);
  const condition = parseConditionOf(tokens, parseQuery);
  if (tokens.peek().kind !== 'end') throw tokens.unexpected();
  return condition;
}

function parseQuery(tokens: TokenStream, depth: number): Query {
  if (depth > maximumSubqueryDepth) throw tooComplicated();
  const start = tokens.expectKeyword('SELECT');
  if (tokens.isKeyword('FROM') && tokens.peek(1).kind !== 'symbol') {
    throw unexpectedToken(tokens.query, start.offset, `${start.text} ${tokens.peek().text}`);
  }
  const select = parseSelectList(tokens, depth);
  tokens.expectKeyword('FROM');
  const from = tokens.path();
  return {
    select,
    from,
    alias: parseAlias(tokens),
    scope: tokens.acceptKeyword('USING') ? parseScope(tokens) : null,
    where: tokens.acceptKeyword('WHERE') ? parseConditionOf(tokens, parseQuery, depth) : null,
    ...parseWith(tokens),
    groupBy: tokens.acceptKeyword('GROUP') ? parseGroupBy(tokens) : [],
    having: tokens.acceptKeyword('HAVING') ? parseConditionOf(tokens, parseQuery, depth) : null,
    orderBy: tokens.acceptKeyword('ORDER') ? parseOrderBy(tokens) : [],
    limit: tokens.acceptKeyword('LIMIT') ? parseCount(tokens) : null,
    offset: tokens.acceptKeyword('OFFSET') ? parseCount(tokens) : null,
    ...parseTail(tokens),
  };
}

function parseSelectList(tokens: TokenStream, depth: number): readonly SelectItem[] {
  const items = [parseSelectItem(tokens, depth)];
  while (tokens.acceptSymbol(',')) {
    if (tokens.isKeyword('FROM')) throw tokens.unexpected();
    items.push(parseSelectItem(tokens, depth));
  }
  return items;
}

function parseSelectItem(tokens: TokenStream, depth: number): SelectItem {
  if (tokens.acceptSymbol('(')) {
    const query = parseQuery(tokens, depth + 1);
    tokens.expectSymbol(')');
    return { kind: 'subquery', query };
  }
  if (tokens.isKeyword('TYPEOF') && tokens.peek(1).kind === 'name' && !tokens.isKeyword('FROM', 1)) {
    return parseTypeof(tokens);
  }
  if (tokens.isKeyword('FIELDS') && tokens.isSymbol('(', 1)) return parseFieldSet(tokens);
  const expression = parseExpression(tokens);
  tokens.acceptKeyword('AS');
  const alias = tokens.peek().kind === 'name' && !tokens.isKeyword('FROM') ? tokens.next().text : null;
  if (alias !== null && expression.kind === 'field' && tokens.peek().kind === 'name' && !tokens.isKeyword('FROM')) {
    throw tokens.unexpected();
  }
  return { kind: 'expression', expression, alias };
}

function parseFieldSet(tokens: TokenStream): SelectItem {
  const { offset } = tokens.next();
  tokens.expectSymbol('(');
  const name = tokens.expectName();
  const fieldSet = fieldSets.find((known) => known === name.text.toUpperCase());
  if (!fieldSet) throw tokens.unexpected(name);
  tokens.expectSymbol(')');
  return { kind: 'fieldSet', fieldSet, offset };
}

function parseTypeof(tokens: TokenStream): SelectItem {
  tokens.expectKeyword('TYPEOF');
  const relationship = tokens.path();
  const branches: TypeBranch[] = [];
  while (tokens.acceptKeyword('WHEN')) {
    const object = tokens.expectName();
    tokens.expectKeyword('THEN');
    branches.push({ object: object.text, fields: parsePaths(tokens), offset: object.offset });
  }
  if (branches.length === 0) throw tokens.unexpected();
  const otherwise = tokens.acceptKeyword('ELSE') ? parsePaths(tokens) : [];
  tokens.expectKeyword('END');
  return { kind: 'typeof', relationship, branches, otherwise };
}

function parsePaths(tokens: TokenStream): readonly FieldPath[] {
  const paths = [tokens.path()];
  while (tokens.acceptSymbol(',')) paths.push(tokens.path());
  return paths;
}

function parseAlias(tokens: TokenStream): string | null {
  if (tokens.acceptKeyword('AS')) return tokens.expectName().text;
  const { kind, text } = tokens.peek();
  return kind === 'name' && !clauseKeywords.has(text.toUpperCase()) ? tokens.next().text : null;
}

function parseScope(tokens: TokenStream): string {
  tokens.expectKeyword('SCOPE');
  return tokens.expectName().text.toLowerCase();
}

/** Summer '24 release notes: these clauses belong to Apex, and the API refuses them with the name of its parser's rule. */
function parseWith(tokens: TokenStream): Record<string, never> {
  if (!tokens.isKeyword('WITH')) return {};
  throw syntaxError(
    tokens.query,
    tokens.peek(1).offset,
    'rule soqlWithIdentifierClause failed predicate: {this.helper.allowApexSyntax() && this.helper.hasApexContext()}?',
  );
}

function parseGroupBy(tokens: TokenStream): readonly Expression[] {
  tokens.expectKeyword('BY');
  const subtotals = ['ROLLUP', 'CUBE'].find((name) => tokens.isKeyword(name) && tokens.isSymbol('(', 1));
  if (subtotals !== undefined) throw notInPracticeOrg(`GROUP BY ${subtotals}`);
  const groups = [parseExpression(tokens)];
  while (tokens.acceptSymbol(',')) groups.push(parseExpression(tokens));
  return groups;
}

function parseOrderBy(tokens: TokenStream): readonly Ordering[] {
  tokens.expectKeyword('BY');
  const orderings = [parseOrdering(tokens)];
  while (tokens.acceptSymbol(',')) orderings.push(parseOrdering(tokens));
  return orderings;
}

function parseOrdering(tokens: TokenStream): Ordering {
  const expression = parseExpression(tokens);
  const descending = tokens.acceptKeyword('DESC');
  if (!descending) tokens.acceptKeyword('ASC');
  let nullsLast = false;
  if (tokens.acceptKeyword('NULLS')) {
    nullsLast = tokens.acceptKeyword('LAST');
    if (!nullsLast) tokens.expectKeyword('FIRST');
  }
  return { expression, descending, nullsLast };
}

function parseCount(tokens: TokenStream): number {
  const token = tokens.peek();
  if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw tokens.unexpected();
  tokens.next();
  return Number(token.text);
}

/** FOR VIEW | REFERENCE | UPDATE and UPDATE TRACKING | VIEWSTAT change nothing that a query can see. */
function parseTail(tokens: TokenStream): Record<string, never> {
  while (tokens.acceptKeyword('FOR')) {
    if (!['VIEW', 'REFERENCE', 'UPDATE'].some((purpose) => tokens.acceptKeyword(purpose))) throw tokens.unexpected();
    tokens.acceptSymbol(',');
  }
  if (tokens.acceptKeyword('UPDATE') && !['TRACKING', 'VIEWSTAT'].some((what) => tokens.acceptKeyword(what))) {
    throw tokens.unexpected();
  }
  if (tokens.isKeyword('ALL') && tokens.isKeyword('ROWS', 1))
    throw malformedQuery('ALL ROWS not allowed in this context');
  return {};
}
