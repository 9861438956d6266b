import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Condition, Literal } from '../../../practice-org/soql/ast.ts';
import { naiveMatch, type NaiveRow } from './naive-filter.ts';
import { printCondition } from './print-soql.ts';
import { Sky } from './sample-objects.ts';

const offset = 0;
const field = (name: string) => ({ kind: 'field', names: [name], offset }) as const;
const letters = fc.string({ unit: fc.constantFrom('a', 'B', 'ü', ' '), minLength: 1, maxLength: 3 });
const days = fc.constantFrom('2025-12-31', '2026-01-01', '2026-02-28');

const arbitraryRow: fc.Arbitrary<NaiveRow> = fc.record({
  Name: fc.option(letters),
  Moons__c: fc.option(fc.integer({ min: -2, max: 2 })),
  Ringed__c: fc.boolean(),
  Discovered__c: fc.option(days),
});

const nothing: Literal = { kind: 'null', offset };
const text = fc.oneof(
  fc.oneof(letters, fc.constant('')).map((value): Literal => ({ kind: 'string', text: value, offset })),
  fc.constant(nothing),
);
const pattern = fc
  .string({ unit: fc.constantFrom('a', 'b', '%', '_'), minLength: 1, maxLength: 4 })
  .map((value): Literal => ({ kind: 'string', text: value, offset }));
const number = fc.oneof(
  fc.integer({ min: -2, max: 2 }).map((value): Literal => ({ kind: 'number', value, text: String(value), offset })),
  fc.constant(nothing),
);
const date = fc.oneof(
  days.map((value): Literal => ({ kind: 'date', text: value, offset })),
  fc.constant(nothing),
);
const order = fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const);
const equality = fc.constantFrom('=' as const, '!=' as const);

function comparison(
  name: string,
  operator: fc.Arbitrary<'=' | '!=' | '<' | '<=' | '>' | '>=' | 'LIKE'>,
  right: fc.Arbitrary<Literal>,
) {
  return fc.record({ kind: fc.constant('comparison' as const), left: fc.constant(field(name)), operator, right });
}

function list(name: string, value: fc.Arbitrary<Literal>) {
  return fc.record({
    kind: fc.constant('list' as const),
    left: fc.constant(field(name)),
    operator: fc.constantFrom('IN' as const, 'NOT IN' as const),
    values: fc.array(value, { minLength: 1, maxLength: 3 }),
  });
}

const boolean = fc.boolean().map((value): Literal => ({ kind: 'boolean', value, offset }));
const { condition: arbitraryCondition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    comparison('Name', order, text),
    comparison('Name', fc.constant('LIKE' as const), pattern),
    comparison('Moons__c', order, number),
    comparison('Ringed__c', equality, boolean),
    comparison('Discovered__c', order, date),
    list('Name', text),
    list('Moons__c', number),
    list('Discovered__c', date),
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      conditions: fc.array(tie('condition'), { minLength: 2, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), condition: tie('condition') }),
  ),
}));

describe('evaluation', () => {
  let sky: Sky;
  beforeAll(() => {
    sky = new Sky();
  });

  it('Given any rows and filter, When the query runs, Then it finds what a naive evaluation finds', () => {
    fc.assert(
      fc.property(fc.array(arbitraryRow, { maxLength: 12 }), arbitraryCondition, (rows, condition) => {
        sky.org.store.createTable('Planet__c');
        const ids = rows.map((row) => sky.add('Planet__c', row));
        const expected = ids.filter((_, index) =>
          rows.slice(index, index + 1).some((row) => naiveMatch(condition, row)),
        );
        expect(sky.values(`SELECT Id FROM Planet__c WHERE ${printCondition(condition)}`, 'Id')).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('Given any rows, When the first n are asked for in an order, Then they are the head of all rows in that order', () => {
    const clause = fc.constantFrom(
      'Moons__c',
      'Moons__c DESC NULLS LAST, Name',
      'Name DESC',
      'Discovered__c, Ringed__c DESC',
    );
    fc.assert(
      fc.property(
        fc.array(arbitraryRow, { maxLength: 20 }),
        clause,
        fc.nat(20),
        fc.nat(5),
        (rows, orderBy, limit, skip) => {
          sky.org.store.createTable('Planet__c');
          for (const row of rows) sky.add('Planet__c', row);
          const all = sky.values(`SELECT Id FROM Planet__c ORDER BY ${orderBy} LIMIT 50000`, 'Id');
          const some = sky.values(`SELECT Id FROM Planet__c ORDER BY ${orderBy} LIMIT ${limit} OFFSET ${skip}`, 'Id');
          expect(some).toEqual(all.slice(skip, skip + limit));
        },
      ),
    );
  });
});
