import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdBlock } from '../../../src/org/id-block.js';
import { IdSet } from '../../../src/records/id-set.js';

const id = fc.stringMatching(/^[0-9A-Za-z]{15}$/).map((text) => `${text}AAA`);

function nth(number: number): string {
  return `001${String(number).padStart(12, '0')}AAA`;
}

describe('Given a set of record Ids', () => {
  it('When any Ids are added one by one, Then it tells which are new, as a set of texts does', () => {
    fc.assert(
      fc.property(fc.array(id), (added) => {
        const set = new IdSet();
        const texts = new Set<string>();
        for (const one of [...added, ...added]) {
          expect(set.add(one)).toBe(!texts.has(one));
          texts.add(one);
        }
        expect(set.size).toBe(texts.size);
      }),
    );
  });

  it('When blocks of Ids are added, Then of another block those are left that were in none of them, in their order', () => {
    fc.assert(
      fc.property(fc.array(id), fc.array(id), (added, others) => {
        const set = new IdSet();
        set.addAll(IdBlock.of(added));
        const mixed = [...added, ...others];
        expect(set.size).toBe(new Set(added).size);
        expect(set.othersOf(IdBlock.of(mixed)).texts()).toEqual(mixed.filter((one) => !added.includes(one)));
      }),
    );
  });

  it('When an Id is added with its three check characters and without, Then it is the same Id', () => {
    const set = new IdSet();
    expect([set.add('001000000000001'), set.add('001000000000001AAA')]).toEqual([true, false]);
  });

  it('When a hundred thousand Ids in a row are added, Then all of them and no other are in it', () => {
    const set = new IdSet();
    const ids = Array.from({ length: 100_000 }, (_, number) => nth(number));
    set.addAll(IdBlock.of(ids));
    const left = set.othersOf(IdBlock.of([...ids, nth(100_000)])).texts();
    expect({ size: set.size, left }).toEqual({ size: 100_000, left: [nth(100_000)] });
  });
});
