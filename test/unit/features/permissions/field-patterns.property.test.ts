import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fieldMatcher } from '../../../../src/features/permissions/field-catalogue.js';

const letters = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'B', '_', 'c', '1'), maxLength: 8 });
const pieces = fc.array(letters, { minLength: 1, maxLength: 4 });

describe('Given a pattern of pieces and stars', () => {
  it('When the stars are filled with anything, Then the field matches, in any letters', () => {
    fc.assert(
      fc.property(pieces, fc.array(letters, { minLength: 4, maxLength: 4 }), (parts, fillings) => {
        const field = parts.map((part, index) => (index === 0 ? part : (fillings[index] ?? '') + part)).join('');
        expect(fieldMatcher(`Account.${parts.join('*')}`)(`ACCOUNT.${field.toUpperCase()}`)).toBe(true);
      }),
    );
  });

  it('When it holds no star, Then it matches its own name only', () => {
    fc.assert(
      fc.property(letters, letters, (pattern, field) => {
        const matches = fieldMatcher(`Account.${pattern}`)(`Account.${field}`);
        expect(matches).toBe(pattern.toLowerCase() === field.toLowerCase());
      }),
    );
  });

  it('When a name has another beginning or end than the pattern, Then it does not match', () => {
    fc.assert(
      fc.property(letters, letters, (start, end) => {
        const matches = fieldMatcher(`Account.x${start}*${end}x`);
        expect([matches(`Account.y${start}${end}x`), matches(`Account.x${start}${end}y`)]).toEqual([false, false]);
      }),
    );
  });
});
