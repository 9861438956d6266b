import { describe, expect, it } from 'vitest';
import { abbreviated } from '../../../src/presentation/abbreviation.js';

const names = (count: number): string =>
  Array.from({ length: count }, (_, index) => `Account.F${String(index + 1)}`).join(', ');

describe('Given a text for the terminal', () => {
  it('When a sentence lists few things, Then all of them are named', () => {
    const text = `Gains ${names(12)}. Loses Contact.Phone.`;
    expect(abbreviated(text)).toBe(text);
  });

  it('When things have details in parentheses, Then each is counted as one', () => {
    const text =
      'Account (read, create, edit, delete), Contact (read, create, edit, delete), Lead (read, create, edit, delete)';
    expect(abbreviated(text)).toBe(text);
  });

  it('When a sentence lists many things, Then the first are named, the others counted, and the next sentence stays', () => {
    expect(abbreviated(`Gains ${names(60)}. Loses Contact.Phone.`)).toBe(
      `Gains ${names(8)} and 52 more (--json lists all). Loses Contact.Phone.`,
    );
  });
});
