import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import { checkbox, datetime, reference, restricted } from '../schema/notation.ts';
import { object } from '../schema/object-notation.ts';
import { shareColumns } from './share-columns.ts';

/** Key prefixes of the standard share objects; those of custom objects have one in common. */
const keyPrefixes: Readonly<Record<string, string>> = {
  Account: '00r',
  Asset: '70a',
  Campaign: '08s',
  Case: '01n',
  Contact: '03s',
  Lead: '01o',
  Opportunity: '00t',
  Order: '0Qt',
};
const customKeyPrefix = '02c';

const rowCauses =
  'Owner;Manual;Rule;ImplicitChild;ImplicitParent;ImplicitPerson;Team;Territory;TerritoryManual;TerritoryRule;Territory2AssociationManual;' +
  'GuestRule;GuestParentImplicit;GuestPersonImplicit';

/** Objects with a share object: rows have an owner, and the sharing settings know them. */
export function hasShareObject({ name, ownerSharing, custom }: ObjectDefinition): boolean {
  return ownerSharing && (custom || name in keyPrefixes);
}

/** The definition of an object's share object (Object Reference: AccountShare, ContactShare, StandardObjectNameShare). */
export function shareObjectOf(shared: ObjectDefinition): ObjectDefinition {
  const { shareObject, record, accessLevel } = shareColumns(shared.name);
  const properties = shared.name === 'Contact' ? 'FSG' : 'CFSG';
  return object(
    shareObject,
    keyPrefixes[shared.name] ?? customKeyPrefix,
    [
      reference(
        record,
        shared.name,
        properties,
        shared.custom ? { relationshipName: 'Parent', children: 'Shares' } : { children: 'Shares' },
      ),
      reference('UserOrGroupId', 'Group,User', properties, { relationshipName: 'UserOrGroup' }),
      restricted(accessLevel, 'Read;Edit;All', levelProperties(shared), { length: 40 }),
      ...(shared.name === 'Account' ? accountLevels() : []),
      restricted('RowCause', rowCauses, shared.name === 'Contact' ? 'FSGN' : 'CFSGN', {
        length: 40,
        defaultValue: 'Manual',
      }),
      datetime('LastModifiedDate', 'FS'),
      reference('LastModifiedById', 'User', 'FSG'),
      checkbox('IsDeleted', 'FSG'),
    ],
    { without: ['CreatedDate', 'CreatedById', 'SystemModstamp', 'LastModifiedDate', 'LastModifiedById', 'IsDeleted'] },
  );
}

function levelProperties({ name }: ObjectDefinition): string {
  return name === 'Contact' ? 'FSG' : 'CUFSG';
}

function accountLevels(): readonly FieldDefinition[] {
  return [
    restricted('OpportunityAccessLevel', '*None;Read;Edit', 'CUFSG', { length: 40 }),
    restricted('CaseAccessLevel', '*None;Read;Edit', 'CUFSG', { length: 40 }),
    restricted('ContactAccessLevel', 'None;Read;Edit', 'FSGN', { length: 40 }),
  ];
}
