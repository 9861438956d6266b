import { beforeEach, describe, expect, it } from 'vitest';
import type { Schema } from '../../../practice-org/schema/definitions.ts';
import { reference, text } from '../../../practice-org/schema/notation.ts';
import { object } from '../../../practice-org/schema/object-notation.ts';
import { createSchema } from '../../../practice-org/schema/schema.ts';
import { createJournal } from '../../../practice-org/storage/journal.ts';

const invoice = object('Invoice__c', 'a00', [text('Name', 80)]);
const removed: string[] = [];
let schema: Schema;

beforeEach(() => {
  removed.length = 0;
  schema = createSchema({
    objects: [invoice, object('Account', '001', [text('Name', 255)])],
    journal: createJournal(),
    fieldRemoved: (name, field) => removed.push(`${name}.${field}`),
  });
});

describe('Names in the schema', () => {
  it('Given a name in another case, When object and field are looked up, Then both are found', () => {
    expect([schema.object('INVOICE__C')?.name, schema.field('invoice__C', 'NAME')?.name]).toEqual([
      'Invoice__c',
      'Name',
    ]);
  });
});

describe('Child relationships', () => {
  it('Given a standard reference that names its children, When the parent is asked, Then it has them', () => {
    schema.putField('Invoice__c', reference('AccountId', 'Account', undefined, { children: 'Invoices' }));
    expect(schema.childRelationships('account')).toEqual([
      { childObject: 'Invoice__c', field: 'AccountId', relationshipName: 'Invoices' },
    ]);
  });

  it('Given a custom lookup, When the parent is asked, Then the relationship ends in __r', () => {
    const lookup = reference('Account__c', 'Account', undefined, {
      custom: true,
      metadata: { relationshipName: 'Invoices' },
    });
    schema.putField('Invoice__c', lookup);
    expect(schema.childRelationships('Account').map((child) => child.relationshipName)).toEqual(['Invoices__r']);
  });

  it('Given a reference without a name for its children, When the parent is asked, Then it has none', () => {
    schema.putField('Invoice__c', reference('AccountId', 'Account'));
    expect(schema.childRelationships('Account')).toEqual([]);
  });

  it('Given a removed reference, When the parent is asked, Then its children are gone', () => {
    schema.putField('Invoice__c', reference('AccountId', 'Account', undefined, { children: 'Invoices' }));
    schema.removeField('Invoice__c', 'AccountId');
    expect(schema.childRelationships('Account')).toEqual([]);
  });
});

describe('Removed fields', () => {
  it('Given a field, When it is removed, Then its values are told to go', () => {
    schema.removeField('invoice__c', 'name');
    expect(removed).toEqual(['Invoice__c.Name']);
  });

  it('Given a field that does not exist, When it is removed, Then nothing happens', () => {
    schema.removeField('Invoice__c', 'Missing__c');
    expect(removed).toEqual([]);
  });
});
