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

describe('Given a table', () => {
  const head = ['User', 'Integration', 'Created'];
  const row = ['hubspot.integration@acme.example', 'HubSpot for sales', '7'];

  it('When there is room, Then each row is a line', () => {
    expect(table(head, [row], 80)).toEqual([
      'User                              Integration        Created',
      'hubspot.integration@acme.example  HubSpot for sales  7',
    ]);
  });

  it('When there is less room, Then cells of several words go on in the next line', () => {
    expect(table(head, [row], 54)).toEqual([
      'User                              Integration  Created',
      'hubspot.integration@acme.example  HubSpot for  7',
      '                                  sales',
    ]);
  });

  it('When words would have to be cut, Then each row is a block', () => {
    expect(table(head, [row], 40)).toEqual([
      'hubspot.integration@acme.example',
      '  Integration: HubSpot for sales',
      '  Created: 7',
    ]);
  });

  it('When it is as narrow as can be, Then it still fits', () => {
    expect(table(head, [row], 10).filter((line) => widthOf(line) > 10)).toEqual([]);
  });
});
