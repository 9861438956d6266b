import { describe, expect, it } from 'vitest';
import { addFieldToLayout, isOnLayout } from '../../../src/metadata/layout.js';

const links = { style: 'CustomLinks', layoutColumns: [{}, {}] };
const section = (...fields: readonly string[]) => ({
  label: 'Information',
  style: 'TwoColumnsTopToBottom',
  layoutColumns: [{ layoutItems: fields.map((field) => ({ behavior: 'Edit', field })) }, {}],
});
const layout = {
  fullName: 'Account-L',
  layoutSections: [links, section('Name'), section('Fax')],
  relatedLists: [{ relatedList: 'X' }],
};

describe('a page layout', () => {
  it('Given a field, When added, Then it ends the first column of the first section that shows fields', () => {
    expect(addFieldToLayout('Account-L', layout, 'Send__c')?.body).toEqual({
      layoutSections: [links, section('Name', 'Send__c'), section('Fax')],
      relatedLists: [{ relatedList: 'X' }],
    });
  });

  it('Given a single section and item as the library reads them, When a field is added, Then both stay', () => {
    const single = {
      layoutSections: { ...section(), layoutColumns: { layoutItems: { behavior: 'Edit', field: 'Name' } } },
    };
    const body = addFieldToLayout('Account-L', single, 'Send__c')?.body ?? {};

    expect([isOnLayout(body, 'Name'), isOnLayout(body, 'send__C')]).toEqual([true, true]);
  });

  it('Given a layout without room for fields, When a field is added, Then there is no change', () => {
    expect(addFieldToLayout('Account-L', { layoutSections: [links] }, 'Send__c')).toBeNull();
  });
});
