import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { widthOf, wrapped } from '../../../src/presentation/reports/text-width.js';
import { table } from '../../../src/presentation/reports/text-table.js';

describe('Given texts in any script', () => {
  it('When their width is asked for, Then wide characters take two columns and accents none of their own', () => {
    expect(['abc', 'é', 'e\u0301', '株式会社', '한글', '🚀', '🇩🇪', '👩‍👩‍👧'].map(widthOf)).toEqual([
      3, 1, 1, 8, 4, 2, 2, 2,
    ]);
  });

  it('When they are wrapped, Then nothing of them is lost', () => {
    const text = fc.string({ unit: fc.constantFrom('株', '🚀', 'a', 'b', ' ', '_', '@'), maxLength: 80 });
    fc.assert(
      fc.property(text, fc.integer({ min: 4, max: 30 }), (given, width) => {
        expect(wrapped(given, width).join('').replaceAll(' ', '')).toBe(given.replaceAll(' ', ''));
      }),
    );
  });

  it('When a name is longer than the line, Then it is cut where its parts meet', () => {
    expect(wrapped('(HubSpot_Integration_Access)', 22)).toEqual(['(HubSpot_Integration_', 'Access)']);
    expect(wrapped('hubspot.integration@acme.example', 20)).toEqual(['hubspot.integration', '@acme.example']);
  });

  it('When a long name has no parts, Then it is cut anywhere', () => {
    expect(wrapped('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });
});

describe('Given a table on a narrow terminal', () => {
  it('When there are many columns, Then it still fits', () => {
    const cells = Array.from({ length: 6 }, (_, index) => `column number ${String(index)}`);
    const lines = table(cells, [cells], 40);
    expect(lines.filter((line) => widthOf(line) > 40)).toEqual([]);
  });
});
