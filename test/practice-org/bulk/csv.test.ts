import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine, delimiters, rowsOf, type DelimiterName } from '../../../practice-org/bulk/csv.ts';

const delimiterName = fc.constantFrom(...(Object.keys(delimiters) as DelimiterName[]));
const cell = fc.string({ unit: 'binary' }).filter((text) => !text.startsWith('\uFEFF'));
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 20 }));

async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('Given rows written as CSV', () => {
  it('when they are parsed, then every cell comes back unchanged', async () => {
    await fc.assert(
      fc.asyncProperty(table, delimiterName, fc.constantFrom('\n', '\r\n'), async (rows, delimiter, lineEnding) => {
        const text = rows.map((row) => csvLine(row, delimiter, lineEnding)).join('');
        expect(await collected(rowsOf(Buffer.from(text), delimiter))).toEqual(rows);
      }),
    );
  });
});
