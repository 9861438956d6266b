import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { valueConverter } from '../../../practice-org/dml/field-values.ts';
import {
  checkbox,
  date,
  datetime,
  decimal,
  email,
  field,
  restricted,
  text,
} from '../../../practice-org/schema/notation.ts';
import { refusal } from './dml-org.ts';

describe('Given values as a caller sends them', () => {
  it('When any text within the limit is converted twice, Then the second time changes nothing', () => {
    const convert = valueConverter(text('Name', 40));

    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (value) => {
        const once = convert(value);
        expect(convert(once)).toBe(once);
      }),
    );
  });

  it('When any text beyond the limit is converted, Then it is too long', () => {
    const convert = valueConverter(text('Name', 5));

    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{6,20}$/), (value) => {
        expect(refusal(() => convert(value)).errorCode).toBe('STRING_TOO_LONG');
      }),
    );
  });

  it('When any moment is converted, Then it is the same moment in Salesforce’s form', () => {
    const convert = valueConverter(datetime('When__c'));

    fc.assert(
      fc.property(
        fc.date({ min: new Date('1800-01-01'), max: new Date('2500-01-01'), noInvalidDate: true }),
        (moment) => {
          expect(convert(moment.toISOString())).toBe(moment.toISOString().replace('Z', '+0000'));
        },
      ),
    );
  });

  it('When any finite number within the precision is converted, Then it stays', () => {
    const convert = valueConverter(decimal('Amount__c', 18, 2));

    fc.assert(
      fc.property(fc.double({ min: -1e15, max: 1e15, noNaN: true }), (value) => {
        expect(convert(value)).toBe(value);
      }),
    );
  });

  it('When a number has more digits than the field, Then it is out of range', () => {
    expect(refusal(() => valueConverter(decimal('Amount__c', 4, 2))(100)).errorCode).toBe('NUMBER_OUTSIDE_VALID_RANGE');
  });

  it.each(['2026-02-30', '2026-1-1', 'today'])('When a date is %s, Then the JSON reader refuses it', (value) => {
    expect(refusal(() => valueConverter(date('Day__c'))(value)).errorCode).toBe('JSON_PARSER_ERROR');
  });

  it.each(['a@b', 'a b@c.de', '@c.de', 'a@c..de', 'a@@c.de'])('When an e-mail is %s, Then it is invalid', (value) => {
    expect(refusal(() => valueConverter(email('Email'))(value)).errorCode).toBe('INVALID_EMAIL_ADDRESS');
  });

  it('When a picklist value comes in another letter case, Then it is stored as the picklist spells it', () => {
    expect(valueConverter(restricted('Stage', 'Open;Closed'))('CLOSED')).toBe('Closed');
  });

  it('When several values of a multi-select picklist are given, Then each is checked', () => {
    const picklistValues = ['A', 'B'].map((value) => ({ value, label: value, active: true, isDefault: false }));
    const convert = valueConverter(
      field('Many__c', 'multipicklist', 'CUFN', { picklistValues, restrictedPicklist: true }),
    );

    expect(refusal(() => convert('A;C')).message).toBe('Many__c: bad value for restricted picklist field: C');
  });

  it('When a checkbox gets null, Then it is unticked', () => {
    expect(valueConverter(checkbox('Send__c'))(null)).toBe(false);
  });
});
