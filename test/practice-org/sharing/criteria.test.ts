import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileBooleanFilter } from '../../../practice-org/sharing/boolean-filter.ts';
import { compileCriteria } from '../../../practice-org/sharing/criteria.ts';
import type { CriteriaItem } from '../../../practice-org/sharing/sharing.ts';
import type { Values } from '../../../practice-org/storage/table.ts';
import { Scenario } from '../access/scenario.ts';

function matches(values: Values, items: readonly CriteriaItem[], booleanFilter: string | null = null): boolean {
  const scenario = new Scenario();
  const id = scenario.insert('Account', { Name: 'One', ...values });
  const { store } = scenario.org;
  return compileCriteria(
    { criteriaItems: items, booleanFilter },
    store.table('Account'),
    store,
  )(scenario.rowOf('Account', id));
}

describe('Given the criteria of a sharing rule', () => {
  it.each([
    ['equals', 'Technology', true],
    ['equals', 'technology', false],
    ['equals', 'Energy,Technology', true],
    ['notEqual', 'Technology', false],
    ['contains', 'Tech', true],
    ['notContain', 'Tech', false],
    ['startsWith', 'ology', false],
  ])('when text is compared by %s with %s, then the answer is %s', (operation, value, expected) => {
    expect(matches({ Industry: 'Technology' }, [{ field: 'Industry', operation, value }])).toBe(expected);
  });

  it.each([
    ['lessThan', '100', false],
    ['lessOrEqual', '100', true],
    ['greaterThan', '99.5', true],
    ['greaterOrEqual', '101', false],
    ['equals', '100', true],
  ])('when a number is compared by %s with %s, then the answer is %s', (operation, value, expected) => {
    expect(matches({ AnnualRevenue: 100 }, [{ field: 'AnnualRevenue', operation, value }])).toBe(expected);
  });

  it('when the field is empty, then it is neither less nor greater', () => {
    const items = ['lessThan', 'greaterThan'].map((operation) => ({ field: 'AnnualRevenue', operation, value: '1' }));
    expect(matches({}, items, '1 OR 2')).toBe(false);
  });

  it('when the value is empty, then it equals an empty field', () => {
    expect(matches({}, [{ field: 'Industry', operation: 'equals', value: '' }])).toBe(true);
  });

  it.each(['True', 'true', '1'])('when a checkbox is compared with %s, then ticked rows match', (value) => {
    const scenario = new Scenario();
    const base = scenario.org.schema.field('Account', 'IsDeleted');
    if (!base) throw new Error('No checkbox to copy');
    scenario.org.schema.putField('Account', { ...base, name: 'Flag__c', custom: true, defaultValue: false });
    const rows = [true, false].map((Flag__c) =>
      scenario.rowOf('Account', scenario.insert('Account', { Name: 'x', Flag__c })),
    );
    const { store } = scenario.org;
    const criteriaItems = [{ field: 'Flag__c', operation: 'equals', value }];
    const selects = compileCriteria({ criteriaItems, booleanFilter: null }, store.table('Account'), store);
    expect(rows.map(selects)).toEqual([true, false]);
  });
});

describe('Given criteria on the record type', () => {
  it('when two objects have a record type of one label, then the object’s own is meant', () => {
    const scenario = new Scenario();
    const [, own] = ['Lead', 'Account'].map((SobjectType) =>
      scenario.insert('RecordType', { Name: 'Partner', DeveloperName: 'Partner', SobjectType, IsActive: true }),
    );
    const id = scenario.insert('Account', { Name: 'One', RecordTypeId: own ?? null });
    const { store } = scenario.org;
    const criteriaItems = [{ field: 'RecordTypeId', operation: 'equals', value: 'Partner' }];
    const selects = compileCriteria({ criteriaItems, booleanFilter: null }, store.table('Account'), store);
    expect(selects(scenario.rowOf('Account', id))).toBe(true);
  });
});

type Logic = { readonly text: string; readonly holds: (facts: readonly boolean[]) => boolean };

const { logic } = fc.letrec<{ logic: Logic }>((tie) => ({
  logic: fc.oneof(
    { maxDepth: 3 },
    fc.integer({ min: 1, max: 3 }).map((n): Logic => ({ text: `${n}`, holds: (facts) => facts[n - 1] === true })),
    fc.tuple(tie('logic'), tie('logic')).map(([one, other]): Logic => ({
      text: `(${one.text} AND ${other.text})`,
      holds: (facts) => one.holds(facts) && other.holds(facts),
    })),
    fc.tuple(tie('logic'), tie('logic')).map(([one, other]): Logic => ({
      text: `(${one.text} OR ${other.text})`,
      holds: (facts) => one.holds(facts) || other.holds(facts),
    })),
    tie('logic').map((one): Logic => ({ text: `NOT ${one.text}`, holds: (facts) => !one.holds(facts) })),
  ),
}));

describe('Given filter logic', () => {
  it('when it is compiled, then it holds for the same facts as the logic that it was written from', () => {
    const sameMeaning = fc.property(
      logic,
      fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      ({ text, holds }, facts) => {
        const compiled = compileBooleanFilter(
          text,
          facts.map((fact) => () => fact),
        );
        expect(compiled(0)).toBe(holds(facts));
      },
    );
    fc.assert(sameMeaning);
  });

  it.each(['1 AND', '(1', '4', '1 1', 'AND 1', ')'])('when it is malformed (%s), then it is refused', (text) => {
    expect(() => compileBooleanFilter(text, [() => true])).toThrow('Invalid filter logic');
  });

  it('when AND and OR are mixed without parentheses, then AND binds first', () => {
    const facts = [true, false, false];
    expect(
      compileBooleanFilter(
        '1 OR 2 AND 3',
        facts.map((fact) => () => fact),
      )(0),
    ).toBe(true);
  });
});
