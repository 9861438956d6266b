import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SalesforceError } from '../../../practice-org/org/errors.ts';
import { parseCondition, parseSoql } from '../../../practice-org/soql/parser.ts';
import { arbitraryCondition, arbitraryQuery } from './arbitrary-soql.ts';
import { printCondition, printSoql } from './print-soql.ts';

/** Where something stands in the text is not part of what it means. */
function withoutOffsets(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, part: unknown) => (key === 'offset' && isPosition(part) ? undefined : part)),
  );
}

function isPosition(part: unknown): boolean {
  return typeof part === 'number';
}

function failure(text: string): unknown {
  try {
    parseSoql(text);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('the parser', () => {
  it('Given any query, When it is printed and parsed again, Then it is the same query', () => {
    fc.assert(
      fc.property(arbitraryQuery, (query) => {
        expect(withoutOffsets(parseSoql(printSoql(query)))).toEqual(withoutOffsets(query));
      }),
    );
  });

  it('Given any filter, When it is printed and parsed again, Then it is the same filter', () => {
    fc.assert(
      fc.property(arbitraryCondition, (condition) => {
        expect(withoutOffsets(parseCondition(printCondition(condition)))).toEqual(withoutOffsets(condition));
      }),
    );
  });

  it('Given any text, When it is parsed, Then it is a query or a SalesforceError', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const error = failure(text);
        expect(error === undefined || error instanceof SalesforceError).toBe(true);
      }),
    );
  });

  it('Given a query with anything cut out or put in, When it is parsed, Then it is a query or a SalesforceError', () => {
    const insertion = fc.constantFrom('', '(', ')', "'", ',', ' AND ', ' NOT ', '.', ':', '\\', '\n', ' SELECT ', '1-');
    fc.assert(
      fc.property(arbitraryQuery, fc.nat(), fc.nat(9), insertion, (query, start, length, inserted) => {
        const text = printSoql(query);
        const at = start % text.length;
        const error = failure(text.slice(0, at) + inserted + text.slice(at + length));
        expect(error === undefined || error instanceof SalesforceError).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
