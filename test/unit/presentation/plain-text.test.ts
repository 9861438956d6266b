import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainLine, plainText } from '../../../src/presentation/plain-text.js';

describe('Given text from outside', () => {
  it('When it holds colours and links, Then only their words are left', () => {
    expect(plainText('\u001B[31mred\u001B[0m \u001B]8;;http://x\u0007link\u001B]8;;\u0007')).toBe('red link');
  });

  it('When it holds line breaks, Then a line has none', () => {
    expect(plainLine('one\r\n  two\tthree\u2028four\u2029five')).toBe('one two three four five');
  });

  it('When it is anything, Then no control character and no direction mark is left', () => {
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(text, (raw) => !/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u2028-\u202E]/.test(plainText(raw))),
    );
  });

  it('When it is letters of any script, Then it stays as it is', () => {
    expect(plainText('Müller – Şirketi 株式会社 🚀')).toBe('Müller – Şirketi 株式会社 🚀');
  });
});
