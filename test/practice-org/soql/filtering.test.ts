import { describe, expect, it } from 'vitest';
import { solarSystem } from './sample-objects.ts';

const sky = solarSystem();
const named = (where: string): readonly unknown[] => sky.values(`SELECT Name FROM Planet__c WHERE ${where}`);

describe('filters', () => {
  it.each([
    ["Name = 'EARTH'", ['earth']],
    ["Name LIKE 'e%'", ['earth']],
    ["Name LIKE '_ar%'", ['earth']],
    ["Name LIKE '%TUN_'", ['Neptune']],
    ["Code__c = 'EA'", []],
    ["Code__c = 'ea'", ['earth']],
    ['Ringed__c = true', ['Saturn', 'Neptune']],
    ['Ringed__c != TRUE', ['Mercury', 'earth', 'Rogue']],
    ['Moons__c > 1', ['Saturn', 'Neptune']],
    ['Moons__c = null', ['Rogue']],
    ['Moons__c != null', ['Mercury', 'earth', 'Saturn', 'Neptune']],
    ['Moons__c != 1', ['Mercury', 'Saturn', 'Neptune', 'Rogue']],
    ['Moons__c IN (1, 16)', ['earth', 'Neptune']],
    ['Moons__c NOT IN (0, 1, 146)', ['Neptune', 'Rogue']],
    ["Kind__c IN ('gas', 'ICE')", ['Saturn', 'Neptune']],
    ["Kind__c = ''", ['Rogue']],
    ["toLabel(Kind__c) = 'Gas giant'", ['Saturn']],
    ["Gases__c INCLUDES ('O2')", ['earth']],
    ["Gases__c INCLUDES ('H2;He', 'Ar')", ['Saturn']],
    ["Gases__c EXCLUDES ('O2')", ['Mercury', 'Saturn', 'Neptune', 'Rogue']],
    ['Discovered__c < 1700-01-01', ['Saturn']],
    ['CALENDAR_YEAR(Discovered__c) = 1846', ['Neptune']],
    ['LastSeen__c > 2026-01-30T12:30:00+01:00', ['earth']],
    // Midnight of 31 January in UTC is still the 30th where the user lives.
    ['LastSeen__c = TODAY', ['earth']],
    ['LastSeen__c = LAST_N_DAYS:7', ['earth']],
    ['LastSeen__c = LAST_YEAR', []],
    ["Star__r.Name = 'sun' AND Ringed__c = false", ['Mercury', 'earth']],
    ['Star__r.Mass__c = null', ['Rogue']],
    ["(NOT Name LIKE '%e%') AND Moons__c != null", ['Saturn']],
    ["Name = 'Rogue' OR (Moons__c = 0 AND Kind__c = 'Rocky')", ['Mercury', 'Rogue']],
    ["Star__c IN (SELECT Id FROM Star__c WHERE Name = 'Sun') AND Moons__c = 1", ['earth']],
    ["Star__c NOT IN (SELECT Id FROM Star__c WHERE Name = 'Sun')", ['Rogue']],
  ])('Given WHERE %s, When it runs, Then %j are found', (where, expected) => {
    expect(named(where)).toEqual(expected);
  });

  it('Given an Id of 15 characters, When it is compared, Then the row is found', () => {
    const table = sky.org.store.table('Planet__c');
    const id = table.idOf(2);
    expect(named(`Id = '${id.slice(0, 15)}'`)).toEqual(['Saturn']);
  });

  it('Given an escaped percent sign, When LIKE is used, Then it means itself', () => {
    expect(named(String.raw`Name LIKE '\%'`)).toEqual([]);
  });

  it('Given a text with quote, backslash and emoji, When it is escaped, Then the row is found', () => {
    const odd = solarSystem();
    odd.add('Planet__c', { Name: `O'Neil \\ 🪐` });
    expect(odd.count(String.raw`SELECT COUNT() FROM Planet__c WHERE Name = 'o\'neil \\ 🪐'`)).toBe(1);
  });

  it('Given deleted rows, When all rows are asked for, Then they are there and marked', () => {
    const changed = solarSystem();
    changed.org.store.table('Planet__c').delete(0);
    expect(changed.count('SELECT COUNT() FROM Planet__c')).toBe(4);
    expect(changed.count('SELECT COUNT() FROM Planet__c WHERE IsDeleted = true', { allRows: true })).toBe(1);
  });
});
