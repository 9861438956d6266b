import type { PracticeOrg } from '../../org/practice-org.ts';
import type { Value, Values } from '../../storage/table.ts';
import { insufficientAccess } from '../object-access.ts';
import { textOf, withChanges, type ObjectRule, type StoredRecord } from '../object-rule.ts';
import { changeRow, removeRow } from '../table-rows.ts';
import { notWritable } from '../writable-fields.ts';

/** An Account with a last name is a person: it has a Contact of its own that shows the same person. */
export const personAccountRule: ObjectRule = {
  completeInsert(_context, values) {
    if ((values['LastName'] ?? null) === null) return values;
    if ((values['Name'] ?? null) !== null) throw notWritable(['Name']);
    return {
      ...values,
      IsPersonAccount: true,
      Name: fullName(values['FirstName'] ?? null, values['LastName'] ?? null),
    };
  },
  afterInsert({ org }, account) {
    if (account.get('IsPersonAccount') !== true) return;
    const contacts = org.store.table('Contact');
    const row = contacts.insert({ ...contactValues(account), AccountId: account.id, IsPersonAccount: true });
    changeRow(org, 'Account', account.id, { PersonContactId: contacts.idOf(row) });
  },
  completeUpdate(_context, account, changes) {
    if (account.get('IsPersonAccount') !== true) return businessChanges(changes);
    if ('Name' in changes) throw notWritable(['Name']);
    const after = withChanges(account, changes);
    const renamed = 'FirstName' in changes || 'LastName' in changes;
    return renamed ? { ...changes, Name: fullName(after.get('FirstName'), after.get('LastName')) } : changes;
  },
  afterUpdate({ org }, account) {
    if (account.get('IsPersonAccount') !== true) return;
    changeRow(org, 'Contact', textOf(account, 'PersonContactId'), contactValues(account));
  },
  beforeDelete({ org }, account) {
    if (account.get('IsPersonAccount') === true) removeRow(org, 'Contact', textOf(account, 'PersonContactId'));
  },
};

/** The Contact behind a person account lives and dies with the account. */
export const personContactRule: ObjectRule = {
  completeUpdate({ org }, contact, changes) {
    if (isPerson(contact) && 'AccountId' in changes) throw insufficientAccess();
    if (isPerson(contact)) mirrorName(org, contact, changes);
    return changes;
  },
  beforeDelete({ caller }, contact) {
    if (isPerson(contact) && !caller.system) throw insufficientAccess();
  },
};

function isPerson(contact: StoredRecord): boolean {
  return contact.get('IsPersonAccount') === true;
}

const sharedFields = {
  LastName: 'LastName',
  FirstName: 'FirstName',
  OwnerId: 'OwnerId',
  PersonEmail: 'Email',
  PersonTitle: 'Title',
  PersonDepartment: 'Department',
  PersonMobilePhone: 'MobilePhone',
  PersonHomePhone: 'HomePhone',
  PersonBirthdate: 'Birthdate',
  PersonLeadSource: 'LeadSource',
} as const satisfies Record<string, string>;

function contactValues(account: StoredRecord): Values {
  return Object.fromEntries(Object.entries(sharedFields).map(([own, contacts]) => [contacts, account.get(own)]));
}

function mirrorName(org: PracticeOrg, contact: StoredRecord, changes: Values): void {
  const after = withChanges(contact, changes);
  const shared = Object.entries(sharedFields).filter(([, contacts]) => contacts in changes);
  const values = Object.fromEntries(shared.map(([own, contacts]) => [own, after.get(contacts)]));
  const Name = fullName(after.get('FirstName'), after.get('LastName'));
  changeRow(org, 'Account', textOf(contact, 'AccountId'), { ...values, Name });
}

function fullName(first: Value, last: Value): string {
  return [first, last].filter((part) => part !== null).join(' ');
}

function businessChanges(changes: Values): Values {
  const personal = Object.keys(changes).filter((name) => name === 'LastName' || name.startsWith('Person'));
  if (personal.length > 0) throw notWritable(personal);
  return changes;
}
