import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkbox, integer, reference, text } from '../../../practice-org/schema/notation.ts';
import { object } from '../../../practice-org/schema/object-notation.ts';
import { createSchema } from '../../../practice-org/schema/schema.ts';
import type { Schema } from '../../../practice-org/schema/definitions.ts';
import { createJournal } from '../../../practice-org/storage/journal.ts';
import { createStore, type SeedableStore } from '../../../practice-org/storage/store.ts';
import type { Table, Value } from '../../../practice-org/storage/table.ts';

const seededRows = 1000;
const city = object('City', '0X0', [
  text('Name', 80, 'CUFSG', { nameField: true }),
  reference('ParentId', 'City'),
  checkbox('Flag'),
  integer('Inhabitants'),
]);
const person = object('Person', '0X1', [
  text('LastName', 80, 'CUFSG'),
  text('FirstName', 80),
  text('Name', 121, 'FSG', { nameField: true }),
]);

let schema: Schema;
let store: SeedableStore;
let cities: Table;

beforeEach(() => {
  const journal = createJournal();
  schema = createSchema({
    objects: [city, person],
    journal,
    fieldRemoved: (name, field) => store.dropColumn(name, field),
  });
  store = createStore({
    schema,
    journal,
    instance: 'g1a',
    timestamp: () => '2026-01-31T09:30:00.000+0000',
    systemUserId: () => '005g1a000000001AAA',
  });
  cities = store.createTable('City', {
    rowCount: seededRows,
    columns: { Name: (row) => `City ${row + 1}`, Inhabitants: (row) => row * 10 },
  });
  store.createTable('Person');
});

describe('Generated rows', () => {
  it('Given a row that was never written, When a column is read, Then its generator answers', () => {
    expect(cities.reader('Name')(41)).toBe('City 42');
  });

  it('Given a row that was never written, When its checkbox is read, Then it is false and not null', () => {
    expect(cities.reader('Flag')(0)).toBe(false);
  });

  it('Given a written value, When the column is read, Then it replaces the generated one in that row only', () => {
    cities.update(41, { Name: 'Elsewhere' });
    expect([40, 41, 42].map(cities.reader('Name'))).toEqual(['City 41', 'Elsewhere', 'City 43']);
  });

  it('Given a value overwritten with null, When the column is read, Then the generator does not come back', () => {
    cities.update(41, { Inhabitants: null });
    expect(cities.reader('Inhabitants')(41)).toBeNull();
  });

  it('Given any writes, When every row is read, Then the column equals a plain map of what was written', () => {
    const values = fc.oneof(fc.integer({ min: 0, max: 400 }), fc.constant(null));
    const writes = fc.array(fc.tuple(fc.nat(seededRows - 1), values), { maxLength: 600 });
    fc.assert(
      fc.property(writes, (pairs) => {
        const expected = new Map<number, Value>();
        for (const [row, value] of pairs) {
          cities.update(row, { Inhabitants: value });
          expected.set(row, value);
        }
        const read = cities.reader('Inhabitants');
        for (const [row, value] of expected) expect(read(row)).toBe(value);
      }),
      { numRuns: 25 },
    );
  });
});

describe('Rows and Ids', () => {
  it('Given an inserted row, When it is found by 15 or 18 characters, Then it is that row', () => {
    const row = cities.insert({ Name: 'New' });
    const id = cities.idOf(row);
    expect([cities.rowOf(id), cities.rowOf(id.slice(0, 15))]).toEqual([row, row]);
  });

  it('Given a row without system fields, When it is inserted, Then they are filled', () => {
    const id = cities.idOf(cities.insert({ Name: 'New' }));
    expect(store.find('City', id)).toMatchObject({
      CreatedDate: '2026-01-31T09:30:00.000+0000',
      LastModifiedById: '005g1a000000001AAA',
    });
  });

  it('Given a deleted row, When it is looked for, Then it is not found but known as deleted', () => {
    const id = cities.idOf(5);
    cities.delete(5);
    expect([cities.rowOf(id), cities.isDeletedId(id)]).toEqual([undefined, true]);
  });

  it('Given an Id of one’s own, When a row is inserted with it, Then the row is found under it', () => {
    const row = cities.insert({ Id: '0X0zzz000000077', Name: 'Own' });
    expect(cities.rowOf('0X0zzz000000077')).toBe(row);
  });

  it('Given first and last name, When the full name is read, Then it is derived from both', () => {
    const people = store.table('Person');
    const row = people.insert({ FirstName: 'Ada', LastName: 'Lovelace' });
    people.update(row, { LastName: 'King' });
    expect(people.reader('Name')(row)).toBe('Ada King');
  });
});

describe('Lookup by index', () => {
  it('Given a reference of 15 characters, When rows are looked up by 18, Then they are found', () => {
    const parent = cities.idOf(0);
    const child = cities.insert({ Name: 'Child', ParentId: parent.slice(0, 15) });
    expect([...(cities.lookup('ParentId', parent) ?? [])]).toEqual([child]);
  });

  it('Given text in another case, When rows are looked up, Then they are found', () => {
    expect([...(cities.lookup('Name', 'CITY 7') ?? [])]).toEqual([6]);
  });

  it('Given a changed value, When the old one is looked up, Then the row is gone from it', () => {
    cities.lookup('Name', 'City 7');
    cities.update(6, { Name: 'Renamed' });
    expect([...(cities.lookup('Name', 'City 7') ?? [])]).toEqual([]);
  });

  it('Given a deleted row, When its value is looked up, Then it is left out', () => {
    cities.delete(6);
    expect([...(cities.lookup('Name', 'City 7') ?? [])]).toEqual([]);
  });

  it('Given a field without an index, When it is looked up, Then there is no answer instead of a wrong one', () => {
    expect(cities.lookup('Inhabitants', 10)).toBeUndefined();
  });
});

describe('Transactions', () => {
  function failing(work: () => void): void {
    expect(() =>
      store.transaction(() => {
        work();
        throw new Error('rolled back');
      }),
    ).toThrow('rolled back');
  }

  function everything(): unknown {
    const rows = store.select('City', {});
    return { rows, count: cities.rowCount, fields: [...(schema.object('City')?.fields.keys() ?? [])] };
  }

  it('Given inserts, updates and deletes, When the transaction fails, Then every row is as before', () => {
    const before = everything();
    failing(() => {
      cities.insert({ Name: 'New' });
      cities.update(3, { Flag: true, Name: 'Changed' });
      cities.delete(4);
    });
    expect(everything()).toEqual(before);
  });

  it('Given an insert that was rolled back, When its value is looked up, Then nothing is found', () => {
    cities.lookup('Name', 'New');
    failing(() => cities.insert({ Name: 'New' }));
    expect([...(cities.lookup('Name', 'New') ?? [])]).toEqual([]);
  });

  it('Given a failed inner transaction, When the outer one goes on, Then only the inner changes are undone', () => {
    store.transaction(() => {
      cities.update(1, { Name: 'Outer' });
      failing(() => cities.update(2, { Name: 'Inner' }));
    });
    expect([1, 2].map(cities.reader('Name'))).toEqual(['Outer', 'City 3']);
  });

  it('Given a removed field, When the transaction fails, Then the field and its values are back', () => {
    cities.update(7, { Flag: true });
    failing(() => schema.removeField('City', 'Flag'));
    expect(store.table('City').reader('Flag')(7)).toBe(true);
  });

  it('Given a new object and table, When the transaction fails, Then neither is left', () => {
    failing(() => {
      schema.putObject(object('Extra', '0X2', []));
      store.createTable('Extra');
    });
    expect([schema.object('Extra'), store.hasTable('Extra')]).toEqual([undefined, false]);
  });

  it('Given a change that was undone, When the version is read, Then it differs, so that caches are not believed', () => {
    const before = cities.version;
    failing(() => cities.update(1, { Name: 'Changed' }));
    expect(cities.version).not.toBe(before);
  });
});

describe('A field that is removed and created again', () => {
  it('Given values of the old field, When the new one is read, Then it is empty', () => {
    const flag = schema.field('City', 'Flag');
    cities.update(7, { Flag: true });
    schema.removeField('City', 'Flag');
    if (flag) schema.putField('City', flag);
    expect(cities.reader('Flag')(7)).toBe(false);
  });
});
