import { address, checkbox, date, email, phone, picklist, reference, text, unsecured } from '../notation.ts';
import type { FieldDefinition, ObjectDefinition } from '../definitions.ts';
import { salutations, sources } from './picklists.ts';

const personFields: readonly FieldDefinition[] = [
  checkbox('IsPersonAccount', 'FSG'),
  reference('PersonContactId', 'Contact', 'FSGN', { relationshipName: 'PersonContact' }),
  text('LastName', 80, undefined, unsecured),
  text('FirstName', 40, undefined, unsecured),
  picklist('Salutation', salutations, undefined, { length: 40, ...unsecured }),
  address('PersonMailing'),
  phone('PersonMobilePhone'),
  phone('PersonHomePhone'),
  email('PersonEmail'),
  text('PersonTitle', 80),
  text('PersonDepartment', 80),
  date('PersonBirthdate'),
  picklist('PersonLeadSource', sources),
].flat();

const contactFields: readonly FieldDefinition[] = [checkbox('IsPersonAccount', 'FSG')];

/** What Account and Contact have besides in an org with person accounts. */
export function withPersonAccounts(object: ObjectDefinition): ObjectDefinition {
  const added = { Account: personFields, Contact: contactFields }[object.name] ?? [];
  if (added.length === 0) return object;
  return {
    ...object,
    fields: new Map([...object.fields, ...added.map((one) => [one.name.toLowerCase(), one] as const)]),
  };
}
