import { checkbox, email, longText, reference, restricted, text } from '../notation.ts';
import { object, setupObject } from '../object-notation.ts';

const groupTypes =
  'Regular;Queue;Role;RoleAndSubordinates;RoleAndSubordinatesInternal;Organization;AllCustomerPortal;Manager;' +
  'ManagerAndSubordinatesInternal;PRMOrganization;Territory;TerritoryAndSubordinates';

export const group = object(
  'Group',
  '00G',
  [
    text('Name', 40, 'CUFSG', { nameField: true }),
    text('DeveloperName', 80),
    reference('RelatedId', 'User,UserRole', 'FSGN'),
    restricted('Type', groupTypes, 'CFSG', { length: 40 }),
    email('Email', undefined, { length: 255 }),
    reference('QueueRoutingConfigId', 'QueueRoutingConfig', 'CU', { nillable: true }),
    reference('OwnerId', 'Organization,User', 'FSG'),
    checkbox('DoesSendEmailToMembers'),
    checkbox('DoesIncludeBosses', undefined, { defaultValue: true }),
    longText('Description', 4000, 'CUFSN'),
  ],
  { ...setupObject },
);

export const groupMember = object(
  'GroupMember',
  '011',
  [
    reference('GroupId', 'Group', 'CFSG', { children: 'GroupMembers' }),
    reference('UserOrGroupId', 'Group,User', 'CFSG', { relationshipName: null }),
  ],
  {
    ...setupObject,
    updateable: false,
    without: ['IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'],
  },
);

export const queueSobject = object(
  'QueueSobject',
  '03g',
  [
    reference('QueueId', 'Group', 'CFSG', { children: 'QueueSobjects' }),
    restricted('SobjectType', 'Case;Lead;Task', 'CFSG', { length: 40 }),
  ],
  { ...setupObject, updateable: false, without: ['IsDeleted', 'CreatedDate', 'LastModifiedDate', 'LastModifiedById'] },
);
