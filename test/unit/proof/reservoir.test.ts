import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reservoir, upperBound } from '../../../src/proof/reservoir.js';

/** The mulberry32 generator: the same numbers in every run. */
function seeded(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 4_294_967_296) * bound);
  };
}

describe('Given a stream of rows', () => {
  it('When it is shorter than the sample, Then all of it is drawn', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 20 }), (rows) => {
        const reservoir = new Reservoir<number>(20, seeded(1));
        for (const row of rows) reservoir.offer(row);
        return reservoir.sample.length === rows.length && rows.every((row) => reservoir.sample.includes(row));
      }),
    );
  });

  it('When it is longer, Then every row is as likely as every other', () => {
    const random = seeded(7);
    const drawn = Array.from({ length: 50 }, () => 0);
    const rounds = 4_000;
    for (let round = 0; round < rounds; round += 1) {
      const reservoir = new Reservoir<number>(10, random);
      for (let row = 0; row < drawn.length; row += 1) reservoir.offer(row);
      for (const row of reservoir.sample) drawn[row] = (drawn[row] ?? 0) + 1;
    }
    // Each is drawn with the chance 1/5; six standard deviations of 4,000 tries are about 152.
    expect(drawn.filter((count) => Math.abs(count - rounds / 5) > 152)).toEqual([]);
  });

  it('When none of 3,000 rows is visible, Then fewer than 0.1 % of all are, at 95 %', () => {
    expect(upperBound(3_000)).toBeLessThan(0.001);
    expect((1 - upperBound(3_000)) ** 3_000).toBeCloseTo(0.05, 10);
  });
});
