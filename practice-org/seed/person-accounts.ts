import type { Value } from '../storage/table.ts';
import { formatId } from '../storage/record-id.ts';
import type { GeneratedRows } from '../storage/stored-table.ts';
import { insertRow, type Seeding } from './seeding.ts';

type Generators = GeneratedRows['columns'];
type Generator = (row: number) => Value;

/** Every tenth account is a person, whose contact has the same number. */
const personEvery = 10;

export function isPerson(row: number): boolean {
  return row % personEvery === personEvery - 1;
}

/** The account's own name for what its contact holds. */
const mirrored = {
  LastName: 'LastName',
  FirstName: 'FirstName',
  Salutation: 'Salutation',
  PersonEmail: 'Email',
  PersonTitle: 'Title',
  PersonDepartment: 'Department',
  PersonLeadSource: 'LeadSource',
} as const satisfies Record<string, string>;

export function personAccountColumns(business: Generators, contacts: Generators, instance: string): Generators {
  const first = generator(contacts, 'FirstName');
  const last = generator(contacts, 'LastName');
  const fullName = (row: number): string => [first(row), last(row)].filter((part) => part !== null).join(' ');
  const ofContact: Record<string, Generator> = {};
  for (const [own, contact] of Object.entries(mirrored)) ofContact[own] = forPersons(generator(contacts, contact));
  return {
    ...business,
    ...ofContact,
    Name: forPersons(fullName, generator(business, 'Name')),
    IsPersonAccount: isPerson,
    PersonContactId: forPersons((row) => formatId({ keyPrefix: '003', instance }, row + 1)),
    RecordTypeId: (row) => formatId({ keyPrefix: '012', instance }, isPerson(row) ? 2 : 1),
  };
}

/** A person's contact belongs to whom the account belongs. */
export function personContactColumns(contacts: Generators, accounts: Generators): Generators {
  return {
    ...contacts,
    IsPersonAccount: isPerson,
    OwnerId: forPersons(generator(accounts, 'OwnerId'), generator(contacts, 'OwnerId')),
  };
}

function generator(columns: Generators, name: string): Generator {
  return columns[name] ?? (() => null);
}

function forPersons(ofPerson: Generator, otherwise: Generator = () => null): Generator {
  return (row) => (isPerson(row) ? ofPerson(row) : otherwise(row));
}

/** An org with person accounts tells them apart by record type: the first is for businesses, the second for persons. */
export function seedPersonRecordTypes(seeding: Seeding): void {
  for (const [name, developerName, isPersonType] of [
    ['Business Account', 'Business_Account', false],
    ['Person Account', 'PersonAccount', true],
  ] as const) {
    insertRow(seeding, 'RecordType', {
      Name: name,
      DeveloperName: developerName,
      SobjectType: 'Account',
      IsActive: true,
      IsPersonType: isPersonType,
    });
  }
}
