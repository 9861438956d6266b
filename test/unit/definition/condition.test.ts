import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksFor, conditionProblem } from '../../../src/definition/condition.js';

describe('Given a text that somebody gives as a condition', () => {
  it.each([
    ["Name = 'it''s'"],
    ["Name = 'O\\'Neil' AND (Rating = 'Hot' OR Rating = null)"],
    ["Name = 'ORDER BY Name LIMIT 1'"],
    ["Name = ') OR (Id != null'"],
    ['Id IN (SELECT AccountId FROM Contact WHERE LastName != null ORDER BY LastName LIMIT 5)'],
    ['CreatedDate = LAST_N_DAYS:30'],
    ['Order.Name = null'],
    ['Limit__c > 5 AND With__c = true AND Updated__c = false'],
    ['Id != null OR Id != null'],
    ["Name = '\\\\'"],
  ])('When it is %s, Then it is one', (condition) => {
    expect(conditionProblem(condition)).toBeNull();
  });

  it.each([
    ['', 'empty'],
    [' \n', 'empty'],
    ["Name = 'x", 'unclosedQuote'],
    ["Name = 'x\\'", 'unclosedQuote'],
    ["Name = 'x' '", 'unclosedQuote'],
    ['(Id != null', 'unbalancedParentheses'],
    ['Id != null)', 'unbalancedParentheses'],
    ['Id = null) OR (Id != null', 'unbalancedParentheses'],
    ['Id != null ORDER BY Name', 'otherClause'],
    ['Id != null\nlimit 1', 'otherClause'],
    ['(Id != null)LIMIT 1', 'otherClause'],
    ['Id != null/**/OFFSET 1', 'otherClause'],
    ['Rank__c = 1LIMIT 1', 'otherClause'],
    ['Rank__c = 1.5E3LIMIT 1', 'otherClause'],
    ['CreatedDate > 2026-01-31T12:00:00ZLIMIT 1', 'otherClause'],
    ['CreatedDate > 2026-01-31T12:00:00.000+01:00LIMIT 1', 'otherClause'],
    ['CreatedDate = LAST_N_DAYS:30LIMIT 1', 'otherClause'],
    ['Id != null GROUP BY Name HAVING COUNT(Id) > 1', 'otherClause'],
    ['Id != null WITH SECURITY_ENFORCED', 'otherClause'],
    ['Id != null FOR UPDATE', 'otherClause'],
    ['Id != null ALL ROWS', 'otherClause'],
    ['WHERE Id != null', 'otherClause'],
    ['SELECT Id FROM Account', 'otherClause'],
  ])('When it is %j, Then what is wrong is: %s', (condition, problem) => {
    expect(conditionProblem(condition)).toBe(problem);
  });

  it('When any text stands in quotes as SOQL escapes it, Then it changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const quoted = `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
        expect(conditionProblem(`Name = ${quoted}`)).toBeNull();
      }),
    );
  });

  it('When it is one, Then inside parentheses the closing one is the last character', () => {
    const piece = fc.constantFrom("'", '(', ')', '\\', ' ', 'Id', '=', "'a'", 'OR', '\n', '"', '😀');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const condition = pieces.join('');
        fc.pre(conditionProblem(condition) === null);
        expect(endOfParentheses(`(${condition})`)).toBe(condition.length + 1);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(['ORDER BY Name', 'LIMIT 1', 'FOR VIEW', 'USING SCOPE mine', 'GROUP BY Name'])(
    'When a condition is followed by %s, Then it is refused, whatever the condition',
    (clause) => {
      const value = fc.string().map((text) => `Name = '${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`);
      fc.assert(
        fc.property(value, fc.constantFrom(' ', '\n', '\t'), (condition, space) => {
          expect(conditionProblem(`${condition}${space}${clause}`)).toBe('otherClause');
        }),
      );
    },
  );
});

describe('Given a condition on accounts, and a field of theirs', () => {
  it.each([
    ['Flag__c = true', 'by its name'],
    ['Name = null AND (Rank__c = 1 OR flag__C = false)', 'in parentheses and other letters'],
    ['Account.Flag__c = true', 'as a field of the object'],
    ['Editor.Name = null', 'through a relationship'],
    ['Id IN (SELECT AccountId FROM Contact) AND Flag__c = true', 'behind a subquery'],
    ['Rank__c = 1AND Flag__c = true', 'where no blank is needed'],
  ])('When it is %s (%s), Then it is asked for', (condition) => {
    expect(asksFor(condition, 'Account', ['Flag__c', 'Editor'])).toBe(true);
  });

  it.each([
    ["Name = 'Flag__c = true'", 'in quotes'],
    ["Name = 'it\\'s Flag__c'", 'behind an escaped quote'],
    ['Id IN (SELECT AccountId FROM Contact WHERE Flag__c = true)', 'in a subquery'],
    ['Id IN (SELECT AccountId FROM Contact WHERE (Flag__c = true))', 'in parentheses of a subquery'],
    ['Parent.Flag__c = true', 'of another record'],
    ['Flag__c2 = true AND My_Flag__c = true', 'as a part of other names'],
  ])('When it is %s (%s), Then it is not asked for', (condition) => {
    expect(asksFor(condition, 'Account', ['Flag__c', 'Editor'])).toBe(false);
  });
});

/** Where the parenthesis that opens a text is closed, read character by character as SOQL does. */
function endOfParentheses(text: string): number {
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (isQuoted && character === '\\') index += 1;
    else if (character === "'") isQuoted = !isQuoted;
    else if (!isQuoted && character === '(') depth += 1;
    else if (!isQuoted && character === ')') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return -1;
}
