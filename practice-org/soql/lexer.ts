import { syntaxError } from './query-error.ts';

type TokenKind = 'name' | 'string' | 'number' | 'date' | 'datetime' | 'symbol' | 'end';

export type Token = {
  readonly kind: TokenKind;
  /** As written; for a string without its quotes, escapes untouched. */
  readonly text: string;
  readonly offset: number;
};

const patterns: ReadonlyArray<readonly [Exclude<TokenKind, 'end'>, RegExp]> = [
  ['datetime', /\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2})/y],
  ['date', /\d{4}-\d{2}-\d{2}(?![\dTt])/y],
  ['number', /[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['string', /'((?:[^'\\]|\\[^])*)'/y],
  ['symbol', /<=|>=|!=|<>|[(),.=<>:*]/y],
];
const blank = /\s+/y;

export function tokenize(query: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = skipBlanks(query, 0);
  while (offset < query.length) {
    const [token, end] = readToken(query, offset);
    tokens.push(token);
    offset = skipBlanks(query, end);
  }
  return tokens;
}

function skipBlanks(query: string, offset: number): number {
  blank.lastIndex = offset;
  return blank.test(query) ? blank.lastIndex : offset;
}

function readToken(query: string, offset: number): readonly [token: Token, end: number] {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = offset;
    const match = pattern.exec(query);
    if (match) return [{ kind, text: match[1] ?? match[0], offset }, pattern.lastIndex];
  }
  const { row, column } = lineAndColumn(query, offset);
  const problem =
    query[offset] === "'"
      ? `line ${row}:${query.length} mismatched character '<EOF>' expecting '''`
      : `line ${row}:${column} unexpected token: '${query[offset] ?? ''}'`;
  throw syntaxError(query, offset, problem);
}

function lineAndColumn(query: string, offset: number): { readonly row: number; readonly column: number } {
  const lines = query.slice(0, offset).split('\n');
  return { row: lines.length, column: lines.at(-1)?.length ?? 0 };
}
