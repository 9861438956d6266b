import { checkbox, date, datetime, integer, longText, reference, restricted, text } from '../notation.ts';
import { object, readOnly, setupObject } from '../object-notation.ts';
import { systemPermissions } from './system-permissions.ts';

const granted = systemPermissions.map((name) => checkbox(`Permissions${name}`, 'CUF'));
const allowed = systemPermissions.map((name) => checkbox(`MaximumPermissions${name}`, 'F'));
const licenceStatus = 'Active;Disabled;TrialExpired';

export const profile = object(
  'Profile',
  '00e',
  [
    text('Name', 255, 'CUFSG', { nameField: true }),
    granted,
    reference('UserLicenseId', 'UserLicense', 'CFSG', { children: 'Profiles' }),
    restricted(
      'UserType',
      'Standard;PowerPartner;CSPLitePortal;CustomerSuccess;PowerCustomerSuccess;CsnOnly;Guest',
      'FSGN',
      { length: 40 },
    ),
    text('Description', 255),
    datetime('LastViewedDate', 'FSN'),
    datetime('LastReferencedDate', 'FSN'),
  ],
  { ...setupObject },
);

export const userLicense = object(
  'UserLicense',
  '100',
  [
    text('LicenseDefinitionKey', 60, 'FSG'),
    integer('TotalLicenses', 'FSG'),
    restricted('Status', licenceStatus, 'FSG', { length: 40 }),
    integer('UsedLicenses', 'FSG'),
    datetime('UsedLicensesLastUpdated', 'FS'),
    text('Name', 255, 'FSG', { nameField: true }),
    text('MasterLabel', 80, 'FSG'),
    integer('MonthlyLoginsUsed', 'SGN'),
    integer('MonthlyLoginsEntitlement', 'FSGN'),
  ],
  {
    ...setupObject,
    ...readOnly,
    without: ['IsDeleted', 'CreatedById', 'LastModifiedById', 'LastModifiedDate', 'CreatedDate'],
  },
);

export const permissionSet = object(
  'PermissionSet',
  '0PS',
  [
    text('Name', 80, 'CUFSG', { nameField: true }),
    text('Label', 80, 'CUFSG'),
    reference('LicenseId', 'PermissionSetLicense,UserLicense', 'CFSGN'),
    reference('ProfileId', 'Profile', 'FSGN'),
    checkbox('IsOwnedByProfile', 'FSG'),
    checkbox('IsCustom', 'FSG', { defaultValue: true }),
    granted,
    text('Description', 255),
    text('NamespacePrefix', 15, 'FSGN'),
    checkbox('HasActivationRequired'),
    reference('PermissionSetGroupId', 'PermissionSetGroup', 'FSGN'),
    restricted('Type', '*Regular;Standard;Profile;Session;Group;Muting', 'FSGN', { length: 40 }),
  ],
  { ...setupObject },
);

export const permissionSetLicense = object(
  'PermissionSetLicense',
  '0PL',
  [
    text('DeveloperName', 80, 'FSG'),
    restricted('Language', 'en_US=English', 'FSG', { label: 'Master Language', length: 40 }),
    text('MasterLabel', 80, 'FSG', { nameField: true, label: 'Permission Set License Label' }),
    text('PermissionSetLicenseKey', 60, 'FSG'),
    integer('TotalLicenses', 'FSG'),
    restricted('Status', licenceStatus, 'FSG', { length: 40 }),
    date('ExpirationDate', 'FSGN'),
    allowed,
    integer('UsedLicenses', 'FSG'),
    checkbox('IsAvailableForIntegrations', 'FSG'),
    checkbox('IsSupplementLicense', 'FSG'),
  ],
  { ...setupObject, ...readOnly },
);

export const permissionSetLicenseAssign = object(
  'PermissionSetLicenseAssign',
  '2LA',
  [
    reference('PermissionSetLicenseId', 'PermissionSetLicense', 'CFSG', {
      children: 'PermissionSetLicenseAssignments',
    }),
    reference('AssigneeId', 'User', 'CFSG', { children: 'PermissionSetLicenseAssignments' }),
    checkbox('IsRevoked', 'UFSG'),
  ],
  { ...setupObject, updateable: false },
);

export const permissionSetAssignment = object(
  'PermissionSetAssignment',
  '0Pa',
  [
    reference('PermissionSetId', 'PermissionSet', 'CFSGN', { children: 'Assignments' }),
    reference('PermissionSetGroupId', 'PermissionSetGroup', 'CFSGN', { children: 'Assignments' }),
    reference('AssigneeId', 'User', 'CFSG', { children: 'PermissionSetAssignments' }),
    datetime('ExpirationDate', 'CUFSN'),
    checkbox('IsActive', 'FSG', { defaultValue: true }),
    checkbox('IsRevoked', 'UFSG'),
  ],
  { ...setupObject, without: ['IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'] },
);

export const permissionSetGroup = object(
  'PermissionSetGroup',
  '0PG',
  [
    text('DeveloperName', 80, 'CUFSG', { unique: true }),
    restricted('Language', '*en_US=English;fr=French;de=German', undefined, { label: 'Master Language', length: 40 }),
    text('MasterLabel', 80, 'CUFSG', { label: 'Label', nameField: true }),
    text('NamespacePrefix', 15, 'FSGN'),
    longText('Description', 255, 'CUFSGN'),
    restricted('Status', '*Updated;Outdated;Updating;Failed', 'FSG', { length: 40 }),
    checkbox('HasActivationRequired'),
  ],
  { ...setupObject },
);

export const permissionSetGroupComponent = object(
  'PermissionSetGroupComponent',
  '0PC',
  [
    reference('PermissionSetGroupId', 'PermissionSetGroup', 'CFSG', { children: 'PermissionSetGroupComponents' }),
    reference('PermissionSetId', 'PermissionSet', 'CFSG', { children: 'PermissionSetGroupComponents' }),
  ],
  { ...setupObject, updateable: false },
);

export const fieldPermissions = object(
  'FieldPermissions',
  '01k',
  [
    reference('ParentId', 'PermissionSet', 'CFSG', { children: 'FieldPerms' }),
    restricted('SobjectType', '', 'CFSG', { label: 'sObject Type Name', length: 40 }),
    restricted('Field', '', 'CFSG', { label: 'Field Name' }),
    checkbox('PermissionsEdit', undefined, { label: 'Edit Field' }),
    checkbox('PermissionsRead', undefined, { label: 'Read Field' }),
  ],
  { ...setupObject, without: ['IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'] },
);

export const objectPermissions = object(
  'ObjectPermissions',
  '110',
  [
    reference('ParentId', 'PermissionSet', 'CFSG', { children: 'ObjectPerms' }),
    restricted('SobjectType', '', 'CFSG', { label: 'Sobject Type Name', length: 40 }),
    checkbox('PermissionsCreate', 'CUF', { label: 'Create Records' }),
    checkbox('PermissionsRead', 'CUF', { label: 'Read Records' }),
    checkbox('PermissionsEdit', 'CUF', { label: 'Edit Records' }),
    checkbox('PermissionsDelete', 'CUF', { label: 'Delete Records' }),
    checkbox('PermissionsViewAllRecords', 'CUF', { label: 'Read All Records' }),
    checkbox('PermissionsModifyAllRecords', 'CUF', { label: 'Edit All Records' }),
    checkbox('PermissionsViewAllFields', 'CUF', { label: 'View All Fields' }),
  ],
  { ...setupObject },
);

export const setupEntityAccess = object(
  'SetupEntityAccess',
  '0J0',
  [
    reference('ParentId', 'PermissionSet', 'CFSG', { children: 'SetupEntityAccessItems' }),
    reference('SetupEntityId', 'ApexClass,ApexPage,ConnectedApplication,CustomPermission', 'CFSG', {
      relationshipName: null,
    }),
    restricted('SetupEntityType', 'ApexClass;ApexPage;ConnectedApplication;CustomPermission;TabSet', 'FSGN', {
      length: 40,
    }),
  ],
  {
    ...setupObject,
    updateable: false,
    without: ['IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById'],
  },
);
