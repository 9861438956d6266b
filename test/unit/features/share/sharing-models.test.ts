import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPrivate, modelChanges, relatedLevel, type Models } from '../../../../src/features/share/sharing-models.js';

const values = ['Private', 'Read', 'ReadWrite', 'ReadWriteTransfer'] as const;
const children = ['Contact', 'Opportunity', 'Case'] as const;
const family = ['Account', ...children] as const;

const models = (internal: fc.Arbitrary<string>): fc.Arbitrary<Models> =>
  fc.record({ internal, external: fc.constantFrom(...values, null) });
const org: fc.Arbitrary<ReadonlyMap<string, Models>> = fc
  .record({
    Account: models(fc.constantFrom(...values)),
    Contact: models(fc.constantFrom(...values, 'ControlledByParent')),
    Opportunity: models(fc.constantFrom(...values)),
    Case: models(fc.constantFrom(...values)),
    Lead: models(fc.constantFrom(...values)),
  })
  .map((record) => new Map(Object.entries(record)));
const shared = fc.uniqueArray(fc.constantFrom(...family, 'Lead'), { minLength: 1 });

function after(objects: readonly string[], current: ReadonlyMap<string, Models>): ReadonlyMap<string, Models> {
  const changed = modelChanges(objects, current).map(({ sobject, after: next }) => [sobject, next] as const);
  return new Map([...current, ...changed]);
}

describe('Given any defaults of an org', () => {
  it('When objects are shared, Then each of them is Private afterwards', () => {
    fc.assert(
      fc.property(shared, org, (objects, current) => {
        const result = after(objects, current);
        return objects.every((object) => isPrivate(result.get(object) ?? { internal: '', external: null }));
      }),
    );
  });

  it('When accounts are shared, Then no child is left with a default that Salesforce refuses beside it', () => {
    fc.assert(
      fc.property(shared, org, (objects, current) => {
        const result = after(['Account', ...objects], current);
        return children.every((child) => /^(Private|ControlledByParent)$/.test(result.get(child)?.internal ?? ''));
      }),
    );
  });

  it('When objects are shared again, Then nothing more changes', () => {
    fc.assert(
      fc.property(shared, org, (objects, current) => modelChanges(objects, after(objects, current)).length === 0),
    );
  });

  it('When objects are shared, Then only they and what must follow them change, and nothing opens', () => {
    fc.assert(
      fc.property(shared, org, (objects, current) =>
        modelChanges(objects, current).every(
          ({ sobject, after: next, because }) =>
            next.internal === 'Private' &&
            (objects.includes(sobject as (typeof objects)[number]) || (because === 'Account' && sobject !== 'Lead')),
        ),
      ),
    );
  });
});

describe('Given a level wanted on the children of shared accounts', () => {
  it.each([
    ['Private', 'None', 'None'],
    ['Private', 'Edit', 'Edit'],
    ['Read', 'None', 'Read'],
    ['ReadWrite', 'Read', 'Edit'],
    ['ControlledByParent', 'None', 'None'],
  ] as const)('When the child is %s and %s is wanted, Then the rule says %s', (model, wanted, level) => {
    expect(relatedLevel(model, wanted)).toBe(level);
  });
});
