import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdSet } from '../../../src/records/id-set.js';

const id = fc.stringMatching(/^[0-9A-Za-z]{15}$/);

describe('Given a set of record Ids', () => {
  it('When any Ids are added, Then it answers as a set of texts does', () => {
    fc.assert(
      fc.property(fc.array(id), fc.array(id), (added, others) => {
        const set = new IdSet();
        const texts = new Set<string>();
        for (const one of added) {
          expect(set.add(one)).toBe(!texts.has(one));
          texts.add(one);
        }
        expect(set.size).toBe(texts.size);
        for (const one of [...added, ...others]) expect(set.has(one)).toBe(texts.has(one));
      }),
    );
  });

  it('When an Id is asked for with its three check characters, Then it is the same Id', () => {
    const set = new IdSet();
    set.add('001000000000001');
    expect([set.has('001000000000001AAA'), set.add('001000000000001AAA')]).toEqual([true, false]);
  });

  it('When a hundred thousand Ids in a row are added, Then all of them and no other are in it', () => {
    const set = new IdSet();
    const nth = (number: number): string => `001${String(number).padStart(12, '0')}`;
    for (let number = 0; number < 100_000; number += 1) set.add(nth(number));
    const missing = Array.from({ length: 100_000 }, (_, number) => number).filter((number) => !set.has(nth(number)));
    expect({ size: set.size, missing, other: set.has(nth(100_000)) }).toEqual({
      size: 100_000,
      missing: [],
      other: false,
    });
  });
});
