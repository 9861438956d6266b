import { describe, expect, it } from 'vitest';
import { hideQuestions } from '../../../../src/features/hide/hide-questions.js';
import { leakFindings } from '../../../../src/features/hide/leaks.js';
import { permissionQuestions } from '../../../../src/features/permissions/questions.js';
import type { DescribedField, ObjectDescription } from '../../../../src/observation/question.js';
import { KnownAnswers } from '../../../support/answers.ts';

const objects = ['Account', 'Contact', 'Opportunity', 'Invoice__c'];

function knownObjects(): ObjectDescription {
  const field = {
    name: 'SobjectType',
    picklistValues: objects.map((value) => ({ value, active: true })),
  } as unknown as DescribedField;
  return { name: 'ObjectPermissions', fields: [field] } as unknown as ObjectDescription;
}

type Computed = { readonly fullName: string; readonly formula?: string; readonly summarizedField?: string };

/** The computed fields that show a hidden value. */
function leaks(hidden: readonly string[], fields: Readonly<Record<string, readonly Computed[]>>): readonly string[] {
  const answers = new KnownAnswers().know(permissionQuestions.legalObjects, knownObjects());
  for (const [object, computed] of Object.entries(fields)) {
    answers.know(hideQuestions.objectMetadata(object), { fullName: object, fields: [...computed] });
  }
  return leakFindings(hidden, Object.keys(fields), answers).map(({ subject }) => subject);
}

describe('Given fields that are computed from others', () => {
  it.each([
    ['its own object’s field', 'AnnualRevenue * 2', true],
    ['the field in other letters', 'annualrevenue * 2', true],
    ['a longer name that holds it', 'AnnualRevenue__c * 2', false],
    ['it in a text only', 'IF(TRUE, "AnnualRevenue", "")', false],
    ['it in a comment only', '/* AnnualRevenue */ 1', false],
    ['the same name on another object', 'Owner.Rating', false],
  ])('When a formula names %s, Then it is reported only where that shows the value', (_, formula, reported) => {
    const found = leaks(['Account.AnnualRevenue'], { Account: [{ fullName: 'Band__c', formula }] });
    expect(found.length > 0).toBe(reported);
  });

  it('When a formula follows a standard relationship, Then the object must be the one it leads to', () => {
    const fields = { Opportunity: [{ fullName: 'Tel__c', formula: 'Account.Phone' }] };
    expect([leaks(['Account.Phone'], fields), leaks(['Contact.Phone'], fields)]).toEqual([['Opportunity.Tel__c'], []]);
  });

  it('When a formula follows a custom relationship, Then it may lead anywhere', () => {
    const fields = { Invoice__c: [{ fullName: 'Tel__c', formula: 'Customer__r.Phone' }] };
    expect(leaks(['Contact.Phone'], fields)).toEqual(['Invoice__c.Tel__c']);
  });

  it('When a formula names a part of a hidden address, Then it is reported', () => {
    const fields = { Account: [{ fullName: 'Town__c', formula: 'UPPER(BillingCity)' }] };
    expect(leaks(['Account.BillingAddress'], fields)).toEqual(['Account.Town__c']);
  });

  it('When a roll-up summarises the field, Then it is reported', () => {
    const fields = { Account: [{ fullName: 'Sum__c', summarizedField: 'Invoice__c.Amount__c' }] };
    expect([leaks(['Invoice__c.Amount__c'], fields), leaks(['Account.Amount__c'], fields)]).toEqual([
      ['Account.Sum__c'],
      [],
    ]);
  });

  it('When formulas use formulas, even each other, Then all that show the value are reported', () => {
    const fields = {
      Account: [
        { fullName: 'A__c', formula: 'Rating' },
        { fullName: 'B__c', formula: 'A__c + C__c' },
        { fullName: 'C__c', formula: 'B__c' },
        { fullName: 'D__c', formula: 'Industry' },
      ],
    };
    expect(leaks(['Account.Rating'], fields)).toEqual(['Account.A__c', 'Account.B__c', 'Account.C__c']);
  });

  it('When the formula itself is hidden, Then it is not reported', () => {
    const fields = { Account: [{ fullName: 'A__c', formula: 'Rating' }] };
    expect(leaks(['Account.Rating', 'Account.A__c'], fields)).toEqual([]);
  });
});
