import { SalesforceError } from '../org/errors.ts';

/** Characters of the query shown on each side of the mistake before the excerpt is widened to whole words. */
const excerptRadius = 30;

type Place = { readonly row: number; readonly column: number; readonly line: string };

function placeOf(query: string, offset: number): Place {
  const before = query.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = query.indexOf('\n', offset);
  return {
    row: before.split('\n').length,
    column: offset - lineStart,
    line: query.slice(lineStart, lineEnd < 0 ? query.length : lineEnd),
  };
}

function isWordBreak(character: string | undefined): boolean {
  return character === undefined || /[\s,]/.test(character);
}

/** The part of the line around `column`, widened to whole words, with a caret under that column. */
function excerpt(line: string, column: number): string {
  let start = Math.max(0, column - excerptRadius);
  while (start > 0 && !isWordBreak(line[start - 1])) start--;
  let end = Math.min(line.length, column + excerptRadius);
  while (end < line.length && !isWordBreak(line[end])) end++;
  while (start < column && /\s/.test(line[start] ?? '')) start++;
  return `\n${line.slice(start, end)}\n${' '.repeat(column - start)}^\n`;
}

/** A mistake in the meaning of a query (unknown field, wrong type): columns count from 1. */
export function queryError(query: string, offset: number, errorCode: string, message: string): SalesforceError {
  const { row, column, line } = placeOf(query, offset);
  return new SalesforceError(errorCode, `${excerpt(line, column)}ERROR at Row:${row}:Column:${column + 1}\n${message}`);
}

/**
 * A mistake in the grammar of a query: the parser's columns count from 0, and its caret stands one further left. Seen in
 * recorded errors: "select Id from Account where id = $sfid" fails at Column:34, caret below the blank before the dollar.
 */
export function syntaxError(query: string, offset: number, message: string): SalesforceError {
  const { row, column, line } = placeOf(query, offset);
  const caret = Math.max(0, column - 1);
  return new SalesforceError(
    'MALFORMED_QUERY',
    `${excerpt(line, caret)}ERROR at Row:${row}:Column:${column}\n${message}`,
  );
}

export function unexpectedToken(query: string, offset: number, token: string): SalesforceError {
  return syntaxError(query, offset, `unexpected token: '${token}'`);
}

/** For what Salesforce knows and this org does not: said plainly, so that nobody looks for a mistake in the query. */
export function notInPracticeOrg(what: string): SalesforceError {
  return malformedQuery(`${what} is not supported by the practice org`);
}

/** Errors that Salesforce reports without a position. */
export function malformedQuery(message: string): SalesforceError {
  return new SalesforceError('MALFORMED_QUERY', message);
}
