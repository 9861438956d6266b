import { isClosedCase, stages } from '../schema/catalogue/stages.ts';
import { formatId } from '../storage/record-id.ts';
import type { GeneratedRows } from '../storage/stored-table.ts';
import type { Value } from '../storage/table.ts';
import { isPerson, personAccountColumns, personContactColumns } from './person-accounts.ts';
import { chooser, hash } from './random.ts';
import * as values from './record-values.ts';

type Generators = GeneratedRows['columns'];
type Owners = readonly string[];
type RecordSeed = {
  readonly seed: number;
  readonly instance: string;
  readonly accounts: number;
  readonly owners: Owners;
  readonly personAccounts: boolean;
};

const withoutAccountEvery = 20;
const otherOwnerEvery = 5;
const otherAccountEvery = 4;

/** N Accounts, N Contacts, N/2 Leads, N/2 Opportunities and N/4 Cases: no row is stored before it is changed. */
export function generatedRecords(seed: RecordSeed): ReadonlyMap<string, GeneratedRows> {
  const half = Math.floor(seed.accounts / 2);
  const quarter = Math.floor(seed.accounts / 4);
  return new Map([
    ...accountsAndContacts(seed),
    ['Lead', { rowCount: half, columns: leadColumns(seed) }],
    ['Opportunity', { rowCount: half, columns: opportunityColumns(seed) }],
    ['Case', { rowCount: quarter, columns: caseColumns(seed) }],
  ]);
}

function accountsAndContacts(seed: RecordSeed): ReadonlyMap<string, GeneratedRows> {
  const rowCount = seed.accounts;
  const accounts = accountColumns(seed);
  const contacts = contactColumns(seed);
  if (!seed.personAccounts) {
    return new Map([
      ['Account', { rowCount, columns: accounts }],
      ['Contact', { rowCount, columns: contacts }],
    ]);
  }
  return new Map([
    ['Account', { rowCount, columns: personAccountColumns(accounts, contacts, seed.instance) }],
    ['Contact', { rowCount, columns: personContactColumns(contacts, accounts) }],
  ]);
}

function accountColumns(context: RecordSeed): Generators {
  const { seed } = context;
  const owner = accountOwner(context);
  const company = chooser(seed, 1, values.companyNames);
  return {
    ...systemColumns(seed, 2, owner),
    ...addressColumns('Billing', seed, 3),
    ...addressColumns('Shipping', seed, 4),
    Name: (row) => `${company(row)} ${row + 1}`,
    OwnerId: owner,
    Industry: chooser(seed, 5, values.industryValues),
    Rating: chooser(seed, 6, values.ratingValues),
    Type: chooser(seed, 7, values.accountTypes),
    AccountSource: chooser(seed, 8, values.sourceValues),
    Ownership: chooser(seed, 9, values.ownerships),
    AnnualRevenue: chooser(seed, 10, values.revenues),
    NumberOfEmployees: chooser(seed, 11, values.headcounts),
    AccountNumber: (row) => `AC-${String(row + 1).padStart(7, '0')}`,
    Phone: phoneNumber(seed, 12),
    Website: (row) => `https://www.company-${row + 1}.example`,
    ParentId: (row) => (row > 0 && hash(seed, 13, row) % 50 === 0 ? accountId(context, row >> 1) : null),
  };
}

function contactColumns(context: RecordSeed): Generators {
  const { seed } = context;
  const account = accountOfContact(context);
  const owner = childOwner(context, account, 20);
  return {
    ...systemColumns(seed, 21, owner),
    ...addressColumns('Mailing', seed, 22),
    ...personColumns(seed, 23),
    AccountId: (row) => nullableAccountId(context, account(row)),
    OwnerId: owner,
    Title: chooser(seed, 24, values.titles),
    Department: chooser(seed, 25, values.departments),
    LeadSource: chooser(seed, 26, values.sourceValues),
  };
}

function leadColumns(context: RecordSeed): Generators {
  const { seed, owners } = context;
  const owner = chooser(seed, 30, owners);
  return {
    ...systemColumns(seed, 31, owner),
    ...addressColumns('', seed, 32),
    ...personColumns(seed, 33),
    OwnerId: owner,
    Company: chooser(seed, 34, values.companyNames),
    Status: chooser(seed, 35, values.leadStatuses),
    Industry: chooser(seed, 36, values.industryValues),
    Rating: chooser(seed, 37, values.ratingValues),
    LeadSource: chooser(seed, 38, values.sourceValues),
    IsUnreadByOwner: (row) => hash(seed, 39, row) % 2 === 0,
  };
}

function opportunityColumns(context: RecordSeed): Generators {
  const { seed } = context;
  const account = accountOfChild(context, 40);
  const owner = childOwner(context, account, 41);
  const stage = chooser(seed, 42, stages);
  const company = chooser(seed, 45, values.companyNames);
  return {
    ...systemColumns(seed, 46, owner),
    Name: (row) => `${company(row)} ${row + 1}`,
    AccountId: (row) => nullableAccountId(context, account(row)),
    OwnerId: owner,
    StageName: (row) => stage(row).name,
    Probability: (row) => stage(row).probability,
    ForecastCategoryName: (row) => stage(row).forecastCategory,
    Amount: chooser(seed, 43, values.amounts),
    CloseDate: chooser(seed, 44, values.closeDates),
    LeadSource: chooser(seed, 47, values.sourceValues),
  };
}

function caseColumns(context: RecordSeed): Generators {
  const { seed } = context;
  const contact = (row: number): number => hash(seed, 50, row) % Math.max(context.accounts, 1);
  const accountOfPerson = accountOfContact(context);
  const account = (row: number): number => accountOfPerson(contact(row));
  const owner = childOwner(context, account, 51);
  const status = chooser(seed, 52, values.caseStatuses);
  const subject = chooser(seed, 53, values.subjects);
  const times = creationTime(seed, 54);
  return {
    ...systemColumns(seed, 54, owner),
    Subject: (row) => `${subject(row)} ${row + 1}`,
    ContactId: (row) => formatId({ keyPrefix: '003', instance: context.instance }, contact(row) + 1),
    AccountId: (row) => nullableAccountId(context, account(row)),
    OwnerId: owner,
    Status: status,
    ClosedDate: (row) => (isClosedCase(status(row)) ? times(row) : null),
    IsEscalated: (row) => status(row) === 'Escalated',
    Priority: chooser(seed, 55, values.casePriorities),
    Origin: chooser(seed, 56, values.caseOrigins),
  };
}

function systemColumns(seed: number, salt: number, owner: (row: number) => Value): Generators {
  const time = creationTime(seed, salt);
  return {
    CreatedDate: time,
    LastModifiedDate: time,
    SystemModstamp: time,
    CreatedById: owner,
    LastModifiedById: owner,
  };
}

function creationTime(seed: number, salt: number): (row: number) => string {
  return chooser(seed, salt, values.creationTimes);
}

function addressColumns(prefix: string, seed: number, salt: number): Generators {
  const place = chooser(seed, salt, values.places);
  return {
    [`${prefix}Street`]: (row) => place(row).street,
    [`${prefix}City`]: (row) => place(row).city,
    [`${prefix}State`]: (row) => place(row).state,
    [`${prefix}PostalCode`]: (row) => place(row).postalCode,
    [`${prefix}Country`]: (row) => place(row).country,
  };
}

function personColumns(seed: number, salt: number): Generators {
  const lastName = chooser(seed, salt, values.lastNames);
  return {
    FirstName: chooser(seed, salt + 100, values.firstNames),
    LastName: (row) => `${lastName(row)} ${row + 1}`,
    Salutation: chooser(seed, salt + 200, values.salutationValues),
    Email: (row) => `person.${row + 1}@customer.example`,
    Phone: phoneNumber(seed, salt + 300),
  };
}

function phoneNumber(seed: number, salt: number): (row: number) => string {
  return (row) => `+1 555 ${String(hash(seed, salt, row) % 10_000_000).padStart(7, '0')}`;
}

function accountOwner({ seed, owners }: RecordSeed): (row: number) => string {
  return chooser(seed, 60, owners);
}

/** Row of the account, or -1: one contact in twenty has none, which is why sharing rules never reach it. */
function accountOfContact(context: RecordSeed): (row: number) => number {
  const { seed, accounts, personAccounts } = context;
  return (row) => {
    if (personAccounts && isPerson(row)) return row;
    if (hash(seed, 61, row) % withoutAccountEvery === 0) return -1;
    return hash(seed, 62, row) % otherAccountEvery === 0 ? hash(seed, 63, row) % accounts : row;
  };
}

function accountOfChild({ seed, accounts }: RecordSeed, salt: number): (row: number) => number {
  return (row) => (hash(seed, salt, row) % withoutAccountEvery === 0 ? -1 : hash(seed, salt + 100, row) % accounts);
}

/** Mostly the owner of the account; some children belong to people who do not own it. */
function childOwner(context: RecordSeed, account: (row: number) => number, salt: number): (row: number) => string {
  const ownerOfAccount = accountOwner(context);
  const other = chooser(context.seed, salt, context.owners);
  return (row) => {
    const parent = account(row);
    const isOther = parent < 0 || hash(context.seed, salt + 100, row) % otherOwnerEvery === 0;
    return isOther ? other(row) : ownerOfAccount(parent);
  };
}

function nullableAccountId(context: RecordSeed, row: number): string | null {
  return row < 0 ? null : accountId(context, row);
}

function accountId({ instance }: RecordSeed, row: number): string {
  return formatId({ keyPrefix: '001', instance }, row + 1);
}
