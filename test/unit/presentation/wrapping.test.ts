import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wrapText } from '../../../src/presentation/wrapping.js';

const word = fc.stringMatching(/^[a-z]{1,12}$/);
const sentence = fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words.join(' '));

describe('Given a text and a terminal', () => {
  it('When it is wrapped, Then no line is wider than the terminal', () => {
    const fits = (text: string, columns: number, hanging: number): boolean =>
      wrapText(text, columns, { hanging, offset: hanging })
        .split('\n')
        .every((line, index) => line.length + (index === 0 ? hanging : 0) <= columns);
    fc.assert(fc.property(sentence, fc.integer({ min: 20, max: 120 }), fc.integer({ min: 0, max: 8 }), fits));
  });

  it('When it is wrapped, Then every word is there, in order', () => {
    fc.assert(
      fc.property(sentence, fc.integer({ min: 1, max: 120 }), (text, columns) => {
        expect(wrapText(text, columns, { hanging: 2 }).split(/\s+/)).toEqual(text.split(' '));
      }),
    );
  });

  it('When a word is wider than the terminal, Then it stays whole', () => {
    expect(wrapText('see https://example.com/a/long/address now', 12)).toBe(
      'see\nhttps://example.com/a/long/address\nnow',
    );
  });
});
