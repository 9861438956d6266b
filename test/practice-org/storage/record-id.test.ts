import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatId, normalizeId, parseId } from '../../../practice-org/storage/record-id.ts';

const accounts = { keyPrefix: '001', instance: 'g1a' };
const sequence = fc.integer({ min: 1, max: 3_500_000 });

describe('Record Ids', () => {
  it('Given an Id known from Salesforce, When 15 characters are completed, Then the checksum is Salesforce’s', () => {
    expect(normalizeId('00ex00000018ozT')).toBe('00ex00000018ozTAAQ');
  });

  it('Given any number, When it is made an Id and read again, Then it is the same number', () => {
    fc.assert(
      fc.property(sequence, (number) => {
        expect(parseId(accounts, formatId(accounts, number))).toBe(number);
      }),
    );
  });

  it('Given an Id of 18 characters in lower case, When it is normalised, Then its letters are restored', () => {
    fc.assert(
      fc.property(sequence, (number) => {
        const id = formatId(accounts, number);
        expect(normalizeId(id.toLowerCase())).toBe(id);
      }),
    );
  });

  it('Given the first 15 characters, When they are normalised, Then the Id is complete', () => {
    fc.assert(
      fc.property(sequence, (number) => {
        const id = formatId(accounts, number);
        expect(normalizeId(id.slice(0, 15))).toBe(id);
      }),
    );
  });

  it.each(['', '001', '001g1a00000000_', '001g1a0000000001AA', '001g1a0000000001AAAA'])(
    'Given %j, When it is normalised, Then it is no Id',
    (text) => expect(normalizeId(text)).toBeUndefined(),
  );

  it('Given another object’s Id, When its number is asked for, Then there is none', () => {
    expect(parseId(accounts, formatId({ keyPrefix: '003', instance: 'g1a' }, 5))).toBeUndefined();
  });
});
