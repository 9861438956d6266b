import { describe, expect, it } from 'vitest';
import { Sky, solarSystem } from './sample-objects.ts';

const sky = solarSystem();

/** The last line of the message: what is wrong, without the excerpt. */
function refusal(soql: string): string {
  const { errorCode, message } = sky.error(soql);
  return `${errorCode}: ${message.split('\n').at(-1) ?? ''}`;
}

const appendCustomField =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

describe('queries that Salesforce refuses', () => {
  it.each([
    [
      "SELECT Id FROM Planet__c WHERE Name = 'a' OR Name = 'b' AND Moons__c = 1",
      "MALFORMED_QUERY: unexpected token: 'AND'",
    ],
    ["SELECT Id FROM Planet__c WHERE Name = 'a' AND NOT Name = 'b'", "MALFORMED_QUERY: unexpected token: 'NOT'"],
    ['SELECT Id, FROM Planet__c', "MALFORMED_QUERY: unexpected token: 'FROM'"],
    ['SELECT FROM Planet__c', "MALFORMED_QUERY: unexpected token: 'SELECT FROM'"],
    ['SELECT * FROM Planet__c', "MALFORMED_QUERY: unexpected token: '*'"],
    ['SELECT Id FROM', "MALFORMED_QUERY: unexpected token: '<EOF>'"],
    ['SELECT Id FROM Planet__c WHERE', "MALFORMED_QUERY: unexpected token: '<EOF>'"],
    ['SELECT Id FROM Planet__c WHERE Name IN ()', "MALFORMED_QUERY: unexpected token: 'Name IN ()'"],
    ['SELECT Id FROM Planet__c WHERE Name LIKE NULL', "MALFORMED_QUERY: unexpected token: 'NULL'"],
    ['SELECT Id FROM Planet__c WHERE Name = :name', 'MALFORMED_QUERY: Bind variables only allowed in Apex code'],
    ['SELECT Id FROM Planet__c WHERE Name = other', 'MALFORMED_QUERY: Bind variables only allowed in Apex code'],
    ['SELECT Id FROM $planet', "MALFORMED_QUERY: line 1:15 unexpected token: '$'"],
    ['SELECT Id Name FROM Planet__c', 'MALFORMED_QUERY: only aggregate expressions use field aliasing'],
    ['SELECT Id, Name, Id FROM Planet__c', 'MALFORMED_QUERY: duplicate field selected: Id'],
    ['SELECT Id FROM Planet__c LIMIT -1', "MALFORMED_QUERY: unexpected token: '-1'"],
    ['SELECT FIELDS(ALL) FROM Planet__c', 'MALFORMED_QUERY: The SOQL FIELDS function must have a LIMIT of at most 200'],
    ['SELECT Id FROM Planet__c OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE: Maximum SOQL offset allowed is 2000'],
    [
      'SELECT Id FROM Planet__c ORDER BY Notes__c',
      "MALFORMED_QUERY: field 'Notes__c' can not be sorted in a query call",
    ],
    [
      "SELECT Id FROM Planet__c WHERE Notes__c = 'x'",
      "INVALID_FIELD: field 'Notes__c' can not be filtered in a query call",
    ],
    [
      'SELECT Notes__c FROM Planet__c GROUP BY Notes__c',
      "MALFORMED_QUERY: field 'Notes__c' can not be grouped in a query call",
    ],
    ['SELECT Name, COUNT(Id) FROM Planet__c', 'MALFORMED_QUERY: Field must be grouped or aggregated: Name'],
    ['SELECT SUM(Name) FROM Planet__c', 'MALFORMED_QUERY: field Name does not support aggregate operator SUM'],
    [
      'SELECT COUNT(Id) FROM Planet__c LIMIT 1',
      'MALFORMED_QUERY: Non-grouped query that uses overall aggregate functions cannot also use LIMIT',
    ],
    ['SELECT Naem FROM Planet__c', `INVALID_FIELD: No such column 'Naem' on entity 'Planet__c'. ${appendCustomField}`],
    [
      'SELECT Kind__c, COUNT(Id) n FROM Planet__c GROUP BY Kind__c ORDER BY n DESC',
      `INVALID_FIELD: No such column 'n' on entity 'Planet__c'. ${appendCustomField}`,
    ],
    [
      'SELECT Galaxy__r.Name FROM Planet__c',
      "INVALID_FIELD: Didn't understand relationship 'Galaxy__r' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.",
    ],
    [
      'SELECT Id FROM Planett__c',
      "INVALID_TYPE: sObject type 'Planett__c' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
    ],
    [
      "SELECT Id FROM Planet__c WHERE Moons__c = '1'",
      "INVALID_FIELD: value of filter criterion for field 'Moons__c' must be of type int and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Planet__c WHERE Radius__c = '1'",
      "INVALID_FIELD: value of filter criterion for field 'Radius__c' must be of type double and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Planet__c WHERE Ringed__c = 'true'",
      "INVALID_FIELD: value of filter criterion for field 'Ringed__c' must be of type boolean and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Planet__c WHERE LastSeen__c > '2026-01-01'",
      "INVALID_FIELD: value of filter criterion for field 'LastSeen__c' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      'SELECT Id FROM Planet__c WHERE Name = 5',
      "INVALID_FIELD: value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    ["SELECT Id FROM Planet__c WHERE Id = 'x'", 'INVALID_QUERY_FILTER_OPERATOR: invalid ID field: x'],
    ["SELECT Id FROM Planet__c WHERE Id LIKE 'a%'", 'INVALID_QUERY_FILTER_OPERATOR: invalid operator on id field'],
    [
      'SELECT Id FROM Planet__c WHERE LastSeen__c > 2020-52-12T12:12:00Z',
      'MALFORMED_QUERY: Invalid datetime: 2020-52-12T12:12:00Z',
    ],
    [
      "SELECT Id FROM Planet__c WHERE Name = 'a' OR Star__c IN (SELECT Id FROM Star__c)",
      "MALFORMED_QUERY: Semi join sub-selects are not allowed with the 'OR' operator",
    ],
    [
      'SELECT Id FROM Planet__c WHERE Star__c IN (SELECT Id FROM Planet__c)',
      "MALFORMED_QUERY: The selected field 'Id' in the subquery and the left operand field in the where expression in the outer query 'Star__c' should point to the same object type",
    ],
    [
      'SELECT Id FROM Star__c WHERE Id IN (SELECT Star__c FROM Planet__c WHERE Star__c IN (SELECT Id FROM Star__c))',
      'MALFORMED_QUERY: Nesting of semi join sub-selects is not supported',
    ],
    [
      'SELECT COUNT(Id) FROM Planet__c GROUP BY ROLLUP(Kind__c)',
      'MALFORMED_QUERY: GROUP BY ROLLUP is not supported by the practice org',
    ],
    ['SELECT Id FROM Planet__c ALL ROWS', 'MALFORMED_QUERY: ALL ROWS not allowed in this context'],
  ])('Given %s, When it runs, Then the answer is %s', (soql, expected) => {
    expect(refusal(soql)).toBe(expected);
  });

  it('Given WITH SECURITY_ENFORCED, When it comes through the API, Then it is refused as Apex syntax', () => {
    expect(refusal('SELECT Id FROM Planet__c WITH SECURITY_ENFORCED')).toContain('soqlWithIdentifierClause');
  });

  it('Given three semi-joins, When the query runs, Then only two are allowed', () => {
    const semiJoin = 'Star__c IN (SELECT Id FROM Star__c)';
    expect(refusal(`SELECT Id FROM Planet__c WHERE ${semiJoin} AND ${semiJoin} AND ${semiJoin}`)).toBe(
      'MALFORMED_QUERY: Maximum 2 semi join sub-selects are allowed',
    );
  });

  it.each([
    'Moons__c = 1 AND (Ringed__c = true AND Star__c IN (SELECT Id FROM Star__c))',
    '(Star__c IN (SELECT Id FROM Star__c))',
    'Moons__c = 1 AND (Ringed__c = true OR Star__c NOT IN (SELECT Id FROM Star__c))',
    'NOT (Star__c IN (SELECT Id FROM Star__c))',
  ])('Given an org that refuses nested semi-joins, When the condition is %s, Then the query is refused', (where) => {
    const strict = new Sky({ 'nested-semi-join': 'refuse' });
    expect(strict.error(`SELECT Id FROM Planet__c WHERE ${where}`)).toMatchObject({
      errorCode: 'MALFORMED_QUERY',
      message:
        'Semi join sub-selects are only allowed at the top level WHERE expressions and not in nested WHERE expressions',
    });
  });

  it('Given an org that refuses nested semi-joins, When one stands at the top level, Then it is answered', () => {
    const strict = new Sky({ 'nested-semi-join': 'refuse' });
    const where = '(Moons__c = 1 OR Moons__c = 2) AND Star__c IN (SELECT Id FROM Star__c)';
    expect(strict.records(`SELECT Id FROM Planet__c WHERE ${where}`)).toEqual([]);
  });

  it('Given a thousand nested parentheses, When the query is parsed, Then it is too complicated', () => {
    const nested = `${'('.repeat(1_000)}Name = 'a'${')'.repeat(1_000)}`;
    expect(sky.error(`SELECT Id FROM Planet__c WHERE ${nested}`).errorCode).toBe('QUERY_TOO_COMPLICATED');
  });
});
