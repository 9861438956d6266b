import type { ObjectDefinition } from '../schema/definitions.ts';
import { checkbox, field, reference, restricted, text } from '../schema/notation.ts';
import { object, readOnly } from '../schema/object-notation.ts';

/** None of these has an Id or any of the columns that stored rows have. */
const computedObject = {
  ...readOnly,
  without: ['Id', 'IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'],
};

export const userRecordAccess: ObjectDefinition = object(
  'UserRecordAccess',
  null,
  [
    reference('UserId', 'User', 'FG', { relationshipName: null }),
    // The reference calls it a picklist, yet it compares as an Id does.
    reference('RecordId', '', 'FSG', { relationshipName: null }),
    checkbox('HasReadAccess', 'FSG'),
    checkbox('HasEditAccess', 'FSG'),
    checkbox('HasDeleteAccess', 'FSG'),
    checkbox('HasTransferAccess', 'FSG'),
    checkbox('HasAllAccess', 'FSG'),
    restricted('MaxAccessLevel', 'None;Read;Edit;Delete;Transfer;All', 'SGN', { length: 40 }),
  ],
  { ...computedObject, labelPlural: 'User Record Access' },
);

const entityReference = field('EntityDefinitionId', 'string', 'FSGN', {
  length: 255,
  referenceTo: ['EntityDefinition'],
  relationshipName: 'EntityDefinition',
});

export const userFieldAccess: ObjectDefinition = object(
  'UserFieldAccess',
  '4fp',
  [
    text('DurableId', 255, 'FSGN'),
    entityReference,
    reference('UserId', 'User', 'FSGN'),
    checkbox('IsAccessible', 'FSG'),
    checkbox('IsCreatable', 'FSG'),
    checkbox('IsUpdatable', 'FSG'),
  ],
  { ...computedObject, labelPlural: 'User Field Access', api: 'both' },
);

const entityRights = [
  'IsActivateable',
  'IsCreatable',
  'IsDeletable',
  'IsEditable',
  'IsFlsUpdatable',
  'IsMergeable',
  'IsReadable',
  'IsUndeletable',
  'IsUpdatable',
];

export const userEntityAccess: ObjectDefinition = object(
  'UserEntityAccess',
  '07u',
  [
    text('DurableId', 255, 'FSGN'),
    entityReference,
    reference('UserId', 'User', 'FSGN'),
    entityRights.map((name) => checkbox(name, 'FSG')),
  ],
  { ...computedObject, labelPlural: 'User Entity Access', api: 'both' },
);
