import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IdBlock } from '../../../src/org/id-block.js';
import type { FlagSlices } from '../../../src/records/flag-request.js';
import { UploadParts } from '../../../src/records/upload-parts.js';

const header = 'Id,Flag__c\n';
const decoder = new TextDecoder();

async function* slicesOf(sizes: readonly number[]): FlagSlices {
  let row = 0;
  for (const size of sizes) {
    const ids = Array.from({ length: size }, () => `001${String((row += 1)).padStart(15, '0')}`);
    yield await Promise.resolve({ value: row % 2 === 0, ids: IdBlock.of(ids) });
  }
}

async function partsOf(sizes: readonly number[], mostBytes: number): Promise<{ parts: string[]; rows: number }> {
  const uploads = new UploadParts(slicesOf(sizes), header, mostBytes);
  const parts: string[] = [];
  while (await uploads.hasMore()) {
    let part = '';
    for await (const lines of uploads.next()) part += decoder.decode(lines);
    parts.push(part);
  }
  return { parts, rows: uploads.rows };
}

describe('Given changes that arrive in slices', () => {
  const sizes = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 30 });

  it('When they are cut into uploads, Then every row is in one of them, once, in its order', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 1, max: 2_000 }), async (given, mostBytes) => {
        const { parts, rows } = await partsOf(given, mostBytes);
        const whole = (await partsOf(given, Number.POSITIVE_INFINITY)).parts.join('').replace(header, '');
        expect(parts.map((part) => part.slice(header.length)).join('')).toBe(whole);
        expect(rows).toBe(given.reduce((sum, size) => sum + size, 0));
      }),
    );
  });

  it('When a slice fits into the limit, Then no upload is larger than the limit, and each has header and rows', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 600, max: 2_000 }), async (given, mostBytes) => {
        for (const part of (await partsOf(given, mostBytes)).parts) {
          expect(part.length).toBeLessThanOrEqual(mostBytes);
          expect(part).toMatch(/^Id,Flag__c\n(?:001\d{15},(?:true|false)\n)+$/);
        }
      }),
    );
  });
});
