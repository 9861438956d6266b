import { checkbox, datetime, integer, longText, reference, restricted, text } from '../notation.ts';
import { object, readOnly, setupObject } from '../object-notation.ts';

export const loginHistory = object(
  'LoginHistory',
  '0Ya',
  [
    reference('UserId', 'User', 'FSG', { relationshipName: null }),
    datetime('LoginTime', 'FS'),
    restricted('LoginType', 'Application;Remote Access 2.0=Remote Access 2.0;Other Apex API;Partner Portal', 'FSGN', {
      length: 40,
    }),
    text('SourceIp', 39, 'FSGN'),
    text('LoginUrl', 512, 'FSGN'),
    text('Browser', 64, 'FSGN'),
    text('Platform', 64, 'FSGN'),
    text('Status', 128, 'FSGN'),
    text('Application', 64, 'FSGN'),
    text('ClientVersion', 64, 'FSGN'),
    text('ApiType', 64, 'FSGN'),
    text('ApiVersion', 32, 'FSGN'),
    text('CountryIso', 2, 'FSGN'),
  ],
  {
    ...setupObject,
    ...readOnly,
    without: ['IsDeleted', 'CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'],
  },
);

export const loginIp = object(
  'LoginIp',
  '710',
  [
    reference('UsersId', 'User', 'FSG', { relationshipName: 'Users' }),
    text('SourceIp', 39, 'FSGN'),
    checkbox('IsAuthenticated', 'FSG'),
    datetime('ChallengeSentDate', 'FSN'),
    restricted('ChallengeMethod', 'Email;SMS;Other', 'FSGN', { length: 40 }),
  ],
  {
    ...setupObject,
    createable: false,
    updateable: false,
    without: ['IsDeleted', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'],
  },
);

export const setupAuditTrail = object(
  'SetupAuditTrail',
  '0Ym',
  [
    text('Action', 50, 'FSG'),
    text('Section', 255, 'FSGN'),
    text('Display', 1000, 'SN'),
    text('DelegateUser', 64, 'FSGN'),
    text('ResponsibleNamespacePrefix', 15, 'FSGN'),
    text('CreatedByContext', 255, 'FSGN'),
    text('CreatedByIssuer', 255, 'FSGN'),
  ],
  { ...setupObject, ...readOnly, without: ['IsDeleted', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'] },
);

export const asyncApexJob = object(
  'AsyncApexJob',
  '707',
  [
    restricted(
      'JobType',
      'Future;SharingRecalculation=Sharing Recalculation;ScheduledApex;BatchApex;TestRequest;Queueable',
      'FSG',
      { length: 40 },
    ),
    reference('ApexClassId', 'ApexClass', 'FSGN'),
    restricted('Status', 'Queued;Processing;Aborted;Completed;Failed;Preparing;Holding', 'FSG', { length: 40 }),
    integer('JobItemsProcessed', 'FSG'),
    integer('TotalJobItems', 'FSGN'),
    integer('NumberOfErrors', 'FSGN'),
    datetime('CompletedDate', 'FSN'),
    text('MethodName', 255, 'FSGN'),
    text('ExtendedStatus', 1000, 'FSGN'),
    reference('ParentJobId', 'AsyncApexJob', 'FSGN', { relationshipName: null }),
    text('LastProcessed', 15, 'FSGN'),
    integer('LastProcessedOffset', 'FSGN'),
  ],
  { ...setupObject, ...readOnly, without: ['IsDeleted', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp'] },
);

export const connectedApplication = object(
  'ConnectedApplication',
  '0H4',
  [
    text('Name', 80, 'FSG', { nameField: true }),
    checkbox('OptionsAllowAdminApprovedUsersOnly', 'F'),
    checkbox('OptionsRefreshTokenValidityMetric', 'F'),
    checkbox('OptionsHasSessionLevelPolicy', 'F'),
    restricted('MobileSessionTimeout', '1;5;10;30', 'FSGN', { length: 40 }),
    restricted('PinLength', '4;5;6;7;8', 'FSGN', { length: 40 }),
    integer('RefreshTokenValidityPeriod', 'FSGN'),
    restricted('UvidTimeout', '1;2;5', 'FSGN', { length: 40 }),
  ],
  { ...setupObject, ...readOnly },
);

/** Tooling objects without rules of their own: deployments and page layouts. */
export const deployRequest = object(
  'DeployRequest',
  '0Af',
  [
    restricted('Status', 'Pending;InProgress;Succeeded;SucceededPartial;Failed;Canceling;Canceled', 'FSG', {
      length: 40,
    }),
    datetime('StartDate', 'FSN'),
    datetime('CompletedDate', 'FSN'),
    checkbox('CheckOnly', 'FSG'),
    checkbox('IgnoreWarnings', 'FSG'),
    checkbox('RollbackOnError', 'FSG'),
    integer('NumberComponentsTotal', 'FSG'),
    integer('NumberComponentsDeployed', 'FSG'),
    integer('NumberComponentErrors', 'FSG'),
    text('StateDetail', 1300, 'FSGN'),
    longText('ErrorMessage', 4000, 'N'),
  ],
  { ...setupObject, ...readOnly, api: 'tooling' },
);

export const layout = object(
  'Layout',
  '00h',
  [
    text('Name', 80, 'FSG', { nameField: true }),
    text('EntityDefinitionId', 40, 'FSG', { referenceTo: ['EntityDefinition'], relationshipName: 'EntityDefinition' }),
    text('TableEnumOrId', 40, 'FSG'),
    restricted('LayoutType', 'Standard;GlobalQuickActionList;ProcessDefinition;UserAlert;UserInfo;CaseClose', 'FSGN', {
      length: 40,
    }),
    text('NamespacePrefix', 15, 'FSGN'),
    text('ManageableState', 40, 'FSGN'),
  ],
  { ...setupObject, ...readOnly, api: 'tooling' },
);
