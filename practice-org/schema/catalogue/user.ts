import {
  address,
  checkbox,
  date,
  datetime,
  email,
  integer,
  longText,
  phone,
  reference,
  restricted,
  text,
  url,
} from '../notation.ts';
import { object, setupObject } from '../object-notation.ts';
import { emailEncodings, languages, locales, timeZones } from './locales.ts';

const nameParts = { compoundFieldName: 'Name' };

const preferences = (
  'ActivityRemindersPopup ApexPagesDeveloperMode ContentEmailAsAndWhen ContentNoEmail DisableAllFeedsEmail EnableAutoSubForFeeds ' +
  'DisableBookmarkEmail DisableChangeCommentEmail DisableEndorsementEmail DisableFileShareNotificationsForApi DisableFollowersEmail ' +
  'DisableLaterCommentEmail DisableLikeEmail DisableMentionsPostEmail DisableMessageEmail DisableProfilePostEmail ' +
  'DisableSharePostEmail DisCommentAfterLikeEmail DisMentionsCommentEmail DisProfPostCommentEmail EventRemindersCheckboxDefault ' +
  'HideBiggerPhotoCallout HideChatterOnboardingSplash HideCSNDesktopTask HideCSNGetChatterMobileTask HideS1BrowserUI ' +
  'HideSecondChatterOnboardingSplash HideSfxWelcomeMat LightningExperiencePreferred PathAssistantCollapsed ' +
  'ReceiveNoNotificationsAsApprover ReceiveNotificationsAsDelegatedApprover ReminderSoundOff ShowCityToExternalUsers ' +
  'ShowCityToGuestUsers ShowCountryToExternalUsers ShowCountryToGuestUsers ShowEmailToExternalUsers ShowEmailToGuestUsers ' +
  'ShowFaxToExternalUsers ShowFaxToGuestUsers ShowManagerToExternalUsers ShowManagerToGuestUsers ShowMobilePhoneToExternalUsers ' +
  'ShowMobilePhoneToGuestUsers ShowPostalCodeToExternalUsers ShowPostalCodeToGuestUsers ShowProfilePicToGuestUsers ' +
  'ShowStateToExternalUsers ShowStateToGuestUsers ShowStreetAddressToExternalUsers ShowStreetAddressToGuestUsers ' +
  'ShowTitleToExternalUsers ShowTitleToGuestUsers ShowWorkPhoneToExternalUsers ShowWorkPhoneToGuestUsers SortFeedByComment ' +
  'SuppressEventSFXReminders SuppressTaskSFXReminders TaskRemindersCheckboxDefault UserDebugModePref'
).split(' ');

const features = (
  'CallCenterAutoLogin InteractionUser JigsawProspectingUser KnowledgeUser MarketingUser OfflineUser SFContentUser ' +
  'SiteforceContributorUser SiteforcePublisherUser SupportUser'
).split(' ');

const userTypes =
  'Standard;PowerPartner;PowerCustomerSuccess;CustomerSuccess;Guest;CspLitePortal;CsnOnly;SelfService;AutomatedProcess';
const digests = '*D=Daily;W=Weekly;N=Never';

export const user = object(
  'User',
  '005',
  [
    text('Username', 80, 'CUFSG', { unique: true }),
    text('LastName', 80, 'CUFSG', nameParts),
    text('FirstName', 40, undefined, nameParts),
    text('Name', 121, 'FSG', { label: 'Full Name', nameField: true }),
    text('CompanyName', 80),
    text('Division', 80),
    text('Department', 80),
    text('Title', 80),
    address(''),
    email('Email', 'CUFSG', { length: 128 }),
    checkbox('EmailPreferencesAutoBcc', 'CUF', { label: 'AutoBcc', defaultValue: true }),
    email('SenderEmail', undefined, { length: 80 }),
    text('SenderName', 80),
    longText('Signature', 1333, 'CUFSN'),
    phone('Phone'),
    phone('Fax'),
    phone('MobilePhone'),
    phone('Extension'),
    text('Alias', 8, 'CUFSG'),
    text('CommunityNickname', 40, 'CUFSG', { label: 'Nickname', unique: true }),
    text('BadgeText', 80, 'FSGN', { label: 'User Photo badge text overlay' }),
    checkbox('IsActive', undefined, { label: 'Active', defaultValue: true }),
    restricted('TimeZoneSidKey', timeZones, 'CUFSG', { label: 'Time Zone', length: 40 }),
    reference('UserRoleId', 'UserRole', undefined, { label: 'Role ID', children: 'Users' }),
    restricted('LocaleSidKey', locales, 'CUFSG', { label: 'Locale', length: 40 }),
    checkbox('ReceivesInfoEmails', undefined, { label: 'Info Emails' }),
    checkbox('ReceivesAdminInfoEmails', undefined, { label: 'Admin Info Emails' }),
    restricted('EmailEncodingKey', emailEncodings, 'CUFSG', { label: 'Email Encoding', length: 40 }),
    reference('ProfileId', 'Profile', 'CUFSG', { children: 'Users' }),
    restricted('UserType', userTypes, 'FSGN', { length: 40 }),
    restricted('LanguageLocaleKey', languages, 'CUFSG', { label: 'Language', length: 40 }),
    text('EmployeeNumber', 20),
    reference('DelegatedApproverId', 'Group,User'),
    reference('ManagerId', 'User', undefined, { children: 'ManagedUsers' }),
    datetime('LastLoginDate', 'FSN', { label: 'Last Login' }),
    datetime('PasswordExpirationDate', 'FSN'),
    integer('NumberOfFailedLogins', 'FSGN'),
    date('SuAccessExpirationDate', 'FSGN', { label: 'SU Access Expiration Date' }),
    datetime('OfflineTrialExpirationDate', 'FSN'),
    checkbox('ForecastEnabled', undefined, { label: 'Allow Forecasting' }),
    reference('CallCenterId', 'CallCenter'),
    reference('ContactId', 'Contact', undefined, { children: 'Users' }),
    reference('AccountId', 'Account', 'FSGN', { children: 'Users' }),
    longText('AboutMe', 1000, 'CUFSN'),
    url('FullPhotoUrl', 'FSN', { length: 1024 }),
    url('SmallPhotoUrl', 'FSN', { length: 1024 }),
    url('BannerPhotoUrl', 'FSN', { length: 1024 }),
    url('MediumBannerPhotoUrl', 'FSN', { length: 1024 }),
    url('SmallBannerPhotoUrl', 'FSN', { length: 1024 }),
    restricted('DigestFrequency', digests, 'CUFSG', { label: 'Chatter Email Highlights Frequency', length: 40 }),
    restricted(
      'DefaultGroupNotificationFrequency',
      'P=Email on Each Post;D=Daily Digests;W=Weekly Digests;*N=Never',
      'CUFSG',
      { length: 40 },
    ),
    integer('JigsawImportLimitOverride', undefined, { label: 'Data.com Monthly Addition Limit' }),
    checkbox('IsProfilePhotoActive', 'FSG', { label: 'Has Profile Photo' }),
    text('FederationIdentifier', 512, 'CUFSN', { label: 'SAML Federation ID' }),
    datetime('LastViewedDate', 'FSN'),
    datetime('LastReferencedDate', 'FSN'),
    reference('IndividualId', 'Individual', undefined, { children: 'Users' }),
    features.map((name) => checkbox(`UserPermissions${name}`, 'CUF')),
    preferences.map((name) => checkbox(`UserPreferences${name}`, 'CUF')),
  ],
  { ...setupObject, deletable: false },
);

const accountAccess = 'None;Read;Edit';

export const userRole = object(
  'UserRole',
  '00E',
  [
    text('Name', 80, 'CUFSG', { nameField: true }),
    reference('ParentRoleId', 'UserRole', undefined, { relationshipName: null }),
    text('RollupDescription', 80, undefined, { label: 'Description' }),
    restricted('OpportunityAccessForAccountOwner', accountAccess, 'CUFSG', { length: 40 }),
    restricted('CaseAccessForAccountOwner', accountAccess, undefined, { length: 40 }),
    // Writable only where Contact is Private: the platform refuses it otherwise, so the reference does not list it as such.
    restricted('ContactAccessForAccountOwner', accountAccess, 'FSGN', { length: 40 }),
    reference('ForecastUserId', 'User', undefined, { relationshipName: null }),
    checkbox('MayForecastManagerShare', 'FSG'),
    text('DeveloperName', 80, undefined, { unique: true }),
    reference('PortalAccountId', 'Account', 'CFSGN', { relationshipName: null }),
    restricted('PortalType', 'None;CustomerPortal=Customer Portal;Partner', 'CFSGN', { length: 40 }),
    reference('PortalAccountOwnerId', 'User', 'FSGN', { relationshipName: null }),
  ],
  { ...setupObject, label: 'Role', without: ['IsDeleted', 'CreatedDate', 'CreatedById'] },
);

export const userLogin = object(
  'UserLogin',
  '0Yw',
  [
    reference('UserId', 'User', 'FSG', { relationshipName: null }),
    checkbox('IsFrozen', 'UFSG'),
    checkbox('IsPasswordLocked', 'UFSG'),
  ],
  {
    ...setupObject,
    createable: false,
    deletable: false,
    without: ['IsDeleted', 'CreatedDate', 'CreatedById', 'SystemModstamp'],
  },
);
