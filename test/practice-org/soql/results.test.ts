import { describe, expect, it } from 'vitest';
import { runQuery } from '../../../practice-org/soql/query.ts';
import { solarSystem } from './sample-objects.ts';

const sky = solarSystem();

describe('order and window', () => {
  it.each([
    ['ORDER BY Name', ['earth', 'Mercury', 'Neptune', 'Rogue', 'Saturn']],
    ['ORDER BY Moons__c', ['Rogue', 'Mercury', 'earth', 'Neptune', 'Saturn']],
    ['ORDER BY Moons__c DESC', ['Rogue', 'Saturn', 'Neptune', 'earth', 'Mercury']],
    ['ORDER BY Moons__c DESC NULLS LAST', ['Saturn', 'Neptune', 'earth', 'Mercury', 'Rogue']],
    ['ORDER BY Ringed__c DESC, Name DESC', ['Saturn', 'Neptune', 'Rogue', 'Mercury', 'earth']],
    ['ORDER BY Kind__c NULLS LAST, Name', ['earth', 'Mercury', 'Saturn', 'Neptune', 'Rogue']],
    ['ORDER BY Id DESC LIMIT 2', ['Rogue', 'Neptune']],
    ['ORDER BY Name LIMIT 2 OFFSET 1', ['Mercury', 'Neptune']],
    ['LIMIT 2', ['Mercury', 'earth']],
    ['LIMIT 0', []],
  ])('Given %s, When the query runs, Then the rows are %j', (clauses, expected) => {
    expect(sky.values(`SELECT Name FROM Planet__c ${clauses}`)).toEqual(expected);
  });
});

describe('records', () => {
  it('Given names in any case, When they are selected, Then the keys are in the spelling of the schema', () => {
    const [record] = sky.records('select NAME, star__R.name from PLANET__C p where P.moons__c = 146');
    const planet = sky.org.store.table('Planet__c').idOf(2);
    const star = sky.org.store.table('Star__c').idOf(0);
    expect(record).toEqual({
      attributes: { type: 'Planet__c', url: `/services/data/v66.0/sobjects/Planet__c/${planet}` },
      Name: 'Saturn',
      Star__r: {
        attributes: { type: 'Star__c', url: `/services/data/v66.0/sobjects/Star__c/${star}` },
        Name: 'Sun',
      },
    });
  });

  it('Given an empty lookup, When its parent is selected, Then the parent is null', () => {
    expect(sky.values("SELECT Star__r.Name FROM Planet__c WHERE Name = 'Rogue'", 'Star__r')).toEqual([null]);
  });

  it('Given a child subquery, When parents have children or none, Then they are nested or null', () => {
    const records = sky.records('SELECT Name, (SELECT Name FROM Planets ORDER BY Moons__c DESC LIMIT 1) FROM Star__c');
    expect(records).toMatchObject([
      { Name: 'Sun', Planets: { totalSize: 1, done: true, records: [{ Name: 'Saturn' }] } },
      { Name: 'Vega', Planets: null },
    ]);
  });

  it('Given a polymorphic lookup, When its parent is selected, Then it is of type Name and says what it is', () => {
    const [record] = sky.records('SELECT Owner.Name, Owner.Type FROM Lead LIMIT 1');
    expect(record?.['Owner']).toMatchObject({ attributes: { type: 'Name' }, Type: 'User' });
  });

  it('Given TYPEOF, When the parent is a user, Then the fields of that branch are shown', () => {
    const [record] = sky.records(
      'SELECT TYPEOF Owner WHEN User THEN Username WHEN Group THEN Name END FROM Lead LIMIT 1',
    );
    expect(record?.['Owner']).toHaveProperty('Username');
  });

  it('Given an address, When it is selected, Then it is one object of its parts', () => {
    const [record] = sky.records('SELECT BillingAddress FROM Account LIMIT 1');
    expect(record?.['BillingAddress']).toMatchObject({ country: 'USA', latitude: null });
  });

  it('Given toLabel, When a picklist value has a label, Then the label is shown under the name of the field', () => {
    expect(sky.values("SELECT toLabel(Kind__c) FROM Planet__c WHERE Name = 'Saturn'", 'Kind__c')).toEqual([
      'Gas giant',
    ]);
  });

  it('Given FIELDS(CUSTOM), When it is selected, Then it stands for the custom fields', () => {
    const [record] = sky.records('SELECT FIELDS(CUSTOM) FROM Planet__c LIMIT 1');
    expect(Object.keys(record ?? {})).toEqual(['attributes', 'Star__c']);
  });
});

describe('aggregates', () => {
  it('Given COUNT(), When it is the only thing selected, Then the answer is a size without records', () => {
    const result = runQuery(sky.org, sky.asSystem(), 'SELECT COUNT() FROM Planet__c WHERE Ringed__c = true');
    expect([result.totalSize, result.size]).toEqual([2, 0]);
  });

  it('Given every aggregate, When there is no GROUP BY, Then there is one record with expr keys and aliases', () => {
    const soql =
      'SELECT COUNT(Id), COUNT(Moons__c) moons, COUNT_DISTINCT(Kind__c), SUM(Moons__c), AVG(Moons__c), MIN(Name), MAX(Radius__c) FROM Planet__c';
    expect(sky.records(soql)).toEqual([
      {
        attributes: { type: 'AggregateResult' },
        expr0: 5,
        moons: 4,
        expr1: 3,
        expr2: 163,
        expr3: 40.75,
        expr4: 'earth',
        expr5: 9.45,
      },
    ]);
  });

  it('Given no rows, When aggregated without GROUP BY, Then counts are 0 and the rest is null', () => {
    const soql = "SELECT COUNT(Id), MAX(Moons__c) FROM Planet__c WHERE Name = 'Pluto'";
    expect(sky.records(soql)).toMatchObject([{ expr0: 0, expr1: null }]);
  });

  it('Given GROUP BY, HAVING and ORDER BY an aggregate, When the query runs, Then groups are filtered and sorted', () => {
    const soql =
      'SELECT Kind__c, COUNT(Id) n FROM Planet__c GROUP BY Kind__c HAVING COUNT(Id) >= 1 ORDER BY COUNT(Id) DESC, Kind__c';
    expect(sky.records(soql).map(({ Kind__c, n }) => [Kind__c, n])).toEqual([
      ['Rocky', 2],
      [null, 1],
      ['Gas', 1],
      ['Ice', 1],
    ]);
  });

  it('Given GROUP BY a parent field, When the query runs, Then its key is the last name of the path', () => {
    const soql = 'SELECT Star__r.Name, COUNT(Id) FROM Planet__c WHERE Star__c != null GROUP BY Star__r.Name';
    expect(sky.records(soql)).toMatchObject([{ Name: 'Sun', expr0: 4 }]);
  });
});

describe('columns', () => {
  it('Given fields, parents and the Id, When the columns are asked for, Then they describe what the CLI needs', () => {
    const { columnMetadata, ...rest } = runQuery(
      sky.org,
      sky.asSystem(),
      'SELECT Id, Moons__c, Star__r.Name FROM Planet__c',
    ).columnMetadata();
    expect(rest).toEqual({ entityName: 'Planet__c', groupBy: false, idSelected: true, keyPrefix: 'a02' });
    expect(columnMetadata).toMatchObject([
      { columnName: 'Id', apexType: 'Id', joinColumns: [] },
      { columnName: 'Moons__c', numberType: true, textType: false },
      { columnName: 'Star__r', foreignKeyName: 'Star__r', joinColumns: [{ columnName: 'Name' }] },
    ]);
  });

  it('Given an aggregate with an alias, When the columns are asked for, Then both names are told', () => {
    const { columnMetadata } = runQuery(
      sky.org,
      sky.asSystem(),
      'SELECT Kind__c, COUNT(Id) n FROM Planet__c GROUP BY Kind__c',
    ).columnMetadata();
    expect(columnMetadata).toMatchObject([
      { columnName: 'Kind__c', aggregate: false },
      { columnName: 'n', displayName: 'COUNT(Id)', aggregate: true },
    ]);
  });
});
