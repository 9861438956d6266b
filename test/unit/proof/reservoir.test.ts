import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Reservoir, upperBound, type RandomIndex } from '../../../src/proof/reservoir.js';
import { seeded } from '../../support/random.ts';

function sampleOf<T>(rows: Iterable<T>, size: number, random: RandomIndex): readonly T[] {
  const reservoir = new Reservoir<T>(size, random);
  for (const row of rows) if (reservoir.draws()) reservoir.keep(row);
  return reservoir.sample;
}

/** How far counts are from being equal: the sum of squared deviations, each in proportion to what is expected. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('Given a stream of rows', () => {
  it('When it is not longer than the sample, Then all of it is drawn', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 20 }), (rows) => {
        expect(sampleOf(rows, 20, seeded(1))).toEqual(rows);
      }),
    );
  });

  it('When it is longer, Then as many different rows as the sample has room for are drawn', () => {
    fc.assert(
      fc.property(fc.integer({ min: 21, max: 5_000 }), fc.nat(), (length, seed) => {
        const sample = sampleOf(Array(length).keys(), 20, seeded(seed));
        expect(new Set(sample).size).toBe(20);
      }),
    );
  });

  it.each([
    [11, 10],
    [50, 10],
    [2_000, 1],
  ])('When %i rows are drawn from for a sample of %i, Then every row is as likely as every other', (length, size) => {
    const random = seeded(7);
    const drawn = Array.from({ length }, () => 0);
    for (let round = 0; round < 40_000; round += 1) {
      for (const row of sampleOf(drawn.keys(), size, random)) drawn[row] = (drawn[row] ?? 0) + 1;
    }
    // The mean of chi-square is the degrees of freedom, its variance twice as much; sampling without replacement lessens both.
    const freedom = length - 1;
    expect(chiSquare(drawn)).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom));
  });

  it('When two of six rows are drawn, Then every pair is as likely as every other', () => {
    const random = seeded(11);
    const pairs = new Map<string, number>();
    for (let round = 0; round < 60_000; round += 1) {
      const pair = sampleOf(Array(6).keys(), 2, random).toSorted().join();
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    // 15 pairs, 14 degrees of freedom: 36.1 is exceeded once in a thousand times.
    expect({ pairs: pairs.size, isEven: chiSquare([...pairs.values()]) < 36.1 }).toEqual({ pairs: 15, isEven: true });
  });

  it('When a million rows stream by, Then few random numbers are asked for', () => {
    const source = seeded(3);
    let asked = 0;
    sampleOf(Array(1_000_000).keys(), 3_000, (bound) => {
      asked += 1;
      return source(bound);
    });
    // Of the last rows hardly any is drawn: 3,000 × ln(1,000,000 / 3,000) in all, with three numbers each.
    expect(asked).toBeLessThan(60_000);
  });

  it('When none of 3,000 rows is visible, Then fewer than 0.1 % of all are, at 95 %', () => {
    expect(upperBound(3_000)).toBeLessThan(0.001);
    expect((1 - upperBound(3_000)) ** 3_000).toBeCloseTo(0.05, 10);
  });
});
