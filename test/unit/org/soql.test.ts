import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soql, soqlCondition, soqlGroup, soqlNumber } from '../../../src/org/soql.js';
import { solarSystem } from '../../practice-org/soql/sample-objects.ts';

describe('Given a number by its digits', () => {
  it('When it is longer than a double holds, Then it stands in the query digit for digit', () => {
    expect(soql`Num__c IN ${[soqlNumber('9007199254740993'), soqlNumber('-0.10')]}`).toBe(
      'Num__c IN (9007199254740993, -0.10)',
    );
  });

  it.each(['', '1e3', '1) OR (Id != null', '+1', '1.', 'NaN'])('When it is "%s", Then it is refused', (text) => {
    expect(() => soqlNumber(text)).toThrow(RangeError);
  });
});

describe('Given a condition that a person wrote', () => {
  it.each([
    ["Industry = 'x' AND Id IN (SELECT AccountId FROM Contact)", 'only AND at its top level'],
    ['Id IN (SELECT AccountId FROM Contact WHERE Title = null OR Email = null)', 'OR in a subquery only'],
    ['Id NOT IN (SELECT AccountId FROM Contact)', 'NOT as a part of NOT IN'],
    ["Name = 'this OR that'", 'OR in quotes'],
    ["Name = 'O\\'Neil OR \\\\' AND Rank__c = 1", 'escapes in quotes'],
    ["Order__c = 1 AND Notes__c = 'x' AND Color__c IN ('or', 'not')", 'names that begin like keywords'],
    ['Owner.Or__c = true', 'a path with a name like a keyword'],
    ["Industry = 'x' AND (Name = 'a' OR Name = 'b')", 'OR in parentheses'],
    ["(Name = 'a') AND (Name = 'b' OR Name = 'c')", 'parentheses at both ends'],
  ])('When it is %s (%s), Then it is joined by AND without parentheses', (condition) => {
    expect(soqlCondition(condition).text).toBe(condition);
  });

  it.each([
    "Name = 'a' OR Name = 'b'",
    "Name = 'a' or Name = 'b'",
    "Name = 'a'\nOr\tName = 'b'",
    "(Name = 'a')OR(Name = 'b')",
    "Name = 'a'OR Name = 'b'",
    "NOT Name = 'a'",
    "not(Name = 'a')",
    "Name = 'a' AND NOT Name = 'b'",
    "Name = 'a' AND",
    "Name = 'a' LIMIT 1",
    "Name = 'a",
    "Name = 'a') AND (Name = 'b'",
    '',
  ])('When it is %j, Then it keeps parentheses', (condition) => {
    expect(soqlCondition(condition).text).toBe(`(${condition})`);
  });

  it.each([
    [
      "(Industry = 'x' AND Id IN (SELECT AccountId FROM Contact))",
      "Industry = 'x' AND Id IN (SELECT AccountId FROM Contact)",
    ],
    ["((Name = ')('))", "Name = ')('"],
    ["(Name = 'a' OR Name = 'b')", "(Name = 'a' OR Name = 'b')"],
    ["(Name = 'a' ORDER BY Name)", "(Name = 'a' ORDER BY Name)"],
  ])('When it is %s as a whole, Then it is joined as %s', (condition, joined) => {
    expect(soqlCondition(condition).text).toBe(joined);
  });

  it.each([
    ["Name = 'a'", "(Name = 'a')"],
    ["(Name = 'a' AND Rank__c = 1)", "(Name = 'a' AND Rank__c = 1)"],
    ["(Name = 'a') OR (Name = 'b')", "((Name = 'a') OR (Name = 'b'))"],
  ])('When %s stands behind NOT or beside OR, Then it is %s', (condition, group) => {
    expect(soqlGroup(condition).text).toBe(group);
  });
});

const comparisons = fc.constantFrom(
  "Name = 'Earth'",
  "Name LIKE '%a%'",
  "Name != 'a OR (b'",
  "Name != 'it\\'s AND (NOT \\\\'",
  'Moons__c > 1',
  'Moons__c = null',
  'Ringed__c = true',
  "Kind__c IN ('Gas', 'Ice')",
  "Kind__c NOT IN ('Rocky')",
  'Star__c IN (SELECT Id FROM Star__c WHERE Mass__c > 1)',
);
const blanks = fc.constantFrom(' ', '\n', '\t ', '  ');
const anyCase = (word: string): fc.Arbitrary<string> =>
  fc.constantFrom(word, word.toLowerCase(), `${word.charAt(0)}${word.slice(1).toLowerCase()}`);

/** Also what Salesforce refuses: AND beside OR, and NOT behind AND. */
const { condition: conditions } = fc.letrec<{ readonly operand: string; readonly condition: string }>((tie) => ({
  operand: fc.oneof(
    { maxDepth: 3 },
    comparisons,
    tie('condition').map((inner) => `(${inner})`),
    fc.tuple(anyCase('NOT'), tie('operand')).map((words) => words.join(' ')),
  ),
  condition: fc
    .tuple(
      tie('operand'),
      fc.array(fc.tuple(blanks, fc.oneof(anyCase('AND'), anyCase('OR')), blanks, tie('operand')), { maxLength: 3 }),
    )
    .map(([first, others]) => first + others.flat().join('')),
}));

describe('Given an org and any condition', () => {
  const sky = solarSystem();
  const answer = (where: string): readonly unknown[] | string => {
    try {
      return sky.records(`SELECT Id FROM Planet__c WHERE ${where}`).map(({ Id }) => Id);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return error.message.includes('too complicated') ? 'too deep' : error.name;
    }
  };
  /** Fewer parentheses may be answered where more of them are too deep for the org. */
  const expectSame = (joined: string, inParentheses: string): void => {
    const expected = answer(inParentheses);
    if (expected !== 'too deep') expect(answer(joined)).toEqual(expected);
  };

  it('When it is joined by AND, Then the same rows are found as with parentheses', () => {
    fc.assert(
      fc.property(conditions, (condition) => {
        const joined = soqlCondition(condition).text;
        expectSame(`Moons__c != 2 AND ${joined}`, `Moons__c != 2 AND (${condition})`);
        expectSame(`${joined} AND (NOT ${soqlGroup(condition).text})`, `(${condition}) AND (NOT (${condition}))`);
        expectSame(joined, `(${condition})`);
      }),
      { numRuns: 500 },
    );
  });
});
