import { describe, expect, it } from 'vitest';
import { soql, soqlNumber } from '../../../src/org/soql.js';

describe('Given a number by its digits', () => {
  it('When it is longer than a double holds, Then it stands in the query digit for digit', () => {
    expect(soql`Num__c IN ${[soqlNumber('9007199254740993'), soqlNumber('-0.10')]}`).toBe(
      'Num__c IN (9007199254740993, -0.10)',
    );
  });

  it.each(['', '1e3', '1) OR (Id != null', '+1', '1.', 'NaN'])('When it is "%s", Then it is refused', (text) => {
    expect(() => soqlNumber(text)).toThrow(RangeError);
  });
});
