import { SalesforceError } from '../org/errors.ts';

type RowPredicate = (row: number) => boolean;

/** Filter logic such as "(1 AND 2) OR 3" over numbered conditions; without it every condition must hold. */
export function compileBooleanFilter(filter: string | null, conditions: readonly RowPredicate[]): RowPredicate {
  if (filter === null || filter.trim() === '') return every(conditions);
  const tokens = filter.toUpperCase().match(/\d+|AND|OR|NOT|\(|\)|\S/g) ?? [];
  let at = 0;

  function invalid(): SalesforceError {
    return new SalesforceError('FIELD_INTEGRITY_EXCEPTION', `Invalid filter logic: ${filter}`);
  }

  function take(token: string): boolean {
    if (tokens[at] !== token) return false;
    at++;
    return true;
  }

  function disjunction(): RowPredicate {
    const first = conjunction();
    const others: RowPredicate[] = [];
    while (take('OR')) others.push(conjunction());
    return others.length === 0 ? first : (row) => first(row) || others.some((other) => other(row));
  }

  function conjunction(): RowPredicate {
    const factors = [factor()];
    while (take('AND')) factors.push(factor());
    return every(factors);
  }

  function factor(): RowPredicate {
    if (take('NOT')) return negation(factor());
    if (!take('(')) return condition();
    const inner = disjunction();
    if (!take(')')) throw invalid();
    return inner;
  }

  function condition(): RowPredicate {
    const found = conditions[Number(tokens[at++]) - 1];
    if (!found) throw invalid();
    return found;
  }

  const compiled = disjunction();
  if (at < tokens.length) throw invalid();
  return compiled;
}

function every(predicates: readonly RowPredicate[]): RowPredicate {
  const [first, ...others] = predicates;
  if (!first) return () => true;
  return others.length === 0 ? first : (row) => first(row) && others.every((other) => other(row));
}

function negation(predicate: RowPredicate): RowPredicate {
  return (row) => !predicate(row);
}
