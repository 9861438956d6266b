import { checkbox, decimal, integer, longText, reference, restricted, text } from '../notation.ts';
import { object, setupObject } from '../object-notation.ts';

export const recordType = object(
  'RecordType',
  '012',
  [
    text('Name', 80, 'CUFSG', { label: 'Record Type Name', nameField: true }),
    text('DeveloperName', 80, 'CUFSG'),
    text('NamespacePrefix', 15, 'FSGN'),
    text('Description', 255),
    reference('BusinessProcessId', 'BusinessProcess', undefined, { relationshipName: null }),
    restricted(
      'SobjectType',
      'Account;Asset;Campaign;Case;Contact;Contract;Event;Lead;Opportunity;Order;Product2;Task',
      'CFSG',
      { length: 40 },
    ),
    checkbox('IsActive', undefined, { label: 'Active' }),
    checkbox('IsPersonType', 'FSG'),
  ],
  { ...setupObject, deletable: false },
);

export const customPermission = object(
  'CustomPermission',
  '0CP',
  [
    text('DeveloperName', 80, 'CUFSG', { unique: true }),
    restricted('Language', '*en_US=English;fr=French;de=German', undefined, { label: 'Master Language', length: 40 }),
    text('MasterLabel', 80, 'CUFSG', { nameField: true }),
    text('NamespacePrefix', 15, 'FSGN'),
    text('Description', 255),
    checkbox('IsLicensed', 'CFSG'),
  ],
  { ...setupObject },
);

export const apexClass = object(
  'ApexClass',
  '01p',
  [
    text('Name', 255, 'CUFSG', { nameField: true }),
    text('NamespacePrefix', 15, 'FSGN'),
    decimal('ApiVersion', 18, 1, 'CUFS'),
    restricted('Status', 'Inactive;*Active;Deleted', 'CUFSG', { length: 40 }),
    checkbox('IsValid', 'FSG', { defaultValue: true }),
    longText('Body', 1_000_000, 'CU', { nillable: true }),
    integer('LengthWithoutComments', 'FSG'),
  ],
  { ...setupObject, api: 'both', label: 'Apex Class', labelPlural: 'Apex Classes' },
);
