/**
 * Whether a text is one condition, as it would stand behind WHERE and inside parentheses: quotes and parentheses are balanced,
 * and nothing at its top level ends the condition and starts another clause.
 */
export type ConditionProblem = 'empty' | 'unclosedQuote' | 'unbalancedParentheses' | 'otherClause';

const otherClauses: ReadonlySet<string> = new Set([
  'ORDER',
  'GROUP',
  'HAVING',
  'LIMIT',
  'OFFSET',
  'FOR',
  'WITH',
  'ALL',
  'UPDATE',
  'WHERE',
  'FROM',
  'SELECT',
  'USING',
]);

export function conditionProblem(condition: string): ConditionProblem | null {
  if (condition.trim() === '') return 'empty';
  const tokens = conditionTokens(condition);
  for (const { text, depth } of tokens) {
    if (text === "'") return 'unclosedQuote';
    if (depth < 0) return 'unbalancedParentheses';
    // Inside parentheses these words belong to a subquery, which the org checks itself.
    if (depth === 0 && otherClauses.has(text.toUpperCase())) return 'otherClause';
  }
  return tokens.at(-1)?.depth === 0 ? null : 'unbalancedParentheses';
}

export type ConditionToken = { readonly text: string; readonly depth: number };

/** A text in quotes, a date, date and time, number or word, or any other character; a word may begin where a number ends. */
const token =
  /'(?:[^'\\]|\\[^])*'|\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\d+(?:\.\d+)?(?:E[+-]?\d+)?|[A-Z_][\w.]*|\S/gi;

/** All tokens but blanks, each with the parentheses that are open behind it. */
export function conditionTokens(condition: string): readonly ConditionToken[] {
  let depth = 0;
  return [...condition.matchAll(token)].map(([text]) => {
    if (text === '(') depth += 1;
    if (text === ')') depth -= 1;
    return { text, depth };
  });
}

/**
 * Whether a condition asks for one of these fields or relationships of the record itself: in quotes it is text, and in a subquery
 * it is another record's.
 */
export function asksFor(condition: string, sobject: string, names: readonly string[]): boolean {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const own = `${sobject.toLowerCase()}.`;
  const tokens = conditionTokens(condition);
  let subqueryDepth = Infinity;
  for (const [index, { text, depth }] of tokens.entries()) {
    if (depth < subqueryDepth) subqueryDepth = Infinity;
    if (tokens[index - 1]?.text === '(' && text.toUpperCase() === 'SELECT') {
      subqueryDepth = Math.min(subqueryDepth, depth);
    }
    const path = text.toLowerCase();
    const [first = ''] = (path.startsWith(own) ? path.slice(own.length) : path).split('.');
    if (subqueryDepth === Infinity && wanted.has(first)) return true;
  }
  return false;
}
