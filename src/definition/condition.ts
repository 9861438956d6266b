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
  let depth = 0;
  const tokens = condition.matchAll(/'(?:[^'\\]|\\[\s\S])*'|'|[A-Za-z_][\w.]*|[()]/g);
  for (const [token] of tokens) {
    if (token === "'") return 'unclosedQuote';
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (depth < 0) return 'unbalancedParentheses';
    // Inside parentheses these words belong to a subquery, which the org checks itself.
    if (depth === 0 && otherClauses.has(token.toUpperCase())) return 'otherClause';
  }
  return depth === 0 ? null : 'unbalancedParentheses';
}
