import { address, checkbox, datetime, integer, phone, restricted, text } from '../notation.ts';
import { object, setupObject } from '../object-notation.ts';
import { languages, locales, timeZones } from './locales.ts';

const access = 'None=Private;Read=Public Read Only;Edit=Public Read/Write;ControlledByParent=Controlled by Parent';
const withTransfer = `${access};ReadEditTransfer=Public Read/Write/Transfer`;
const countriesOnly = 'FSGN';
const partOfAddress = { compoundFieldName: 'Address' };

/** The reference lists the country as read-only, unlike the other parts of the address. */
const postalAddress = address('', { properties: 'UFSGN' }).map((part) =>
  part.name === 'Country' ? text('Country', 80, countriesOnly, partOfAddress) : part,
);

export const organization = object(
  'Organization',
  '00D',
  [
    text('Name', 80, 'UFSG', { nameField: true }),
    text('Division', 80, 'UFSGN'),
    postalAddress,
    phone('Phone', 'UFSGN'),
    phone('Fax', 'UFSGN'),
    text('PrimaryContact', 80, 'UFSGN'),
    restricted('DefaultLocaleSidKey', locales, 'UFSG', { label: 'Locale', length: 40 }),
    restricted('TimeZoneSidKey', timeZones, 'UFSG', { label: 'Time Zone', length: 40 }),
    restricted('LanguageLocaleKey', languages, 'UFSG', { label: 'Language', length: 40 }),
    checkbox('ReceivesInfoEmails', 'UFSG'),
    checkbox('ReceivesAdminInfoEmails', 'UFSG'),
    checkbox('PreferencesRequireOpportunityProducts', 'UF'),
    checkbox('PreferencesTransactionSecurityPolicy', 'UF'),
    checkbox('PreferencesTerminateOldestSession', 'UF'),
    integer('FiscalYearStartMonth', 'FSGN'),
    checkbox('UsesStartDateAsFiscalYearName', 'FSG'),
    restricted('DefaultAccountAccess', access, 'FSGN', { length: 40 }),
    restricted('DefaultContactAccess', access, 'FSGN', { length: 40 }),
    restricted('DefaultOpportunityAccess', access, 'FSGN', { length: 40 }),
    restricted('DefaultLeadAccess', withTransfer, 'FSGN', { length: 40 }),
    restricted('DefaultCaseAccess', withTransfer, 'FSGN', { length: 40 }),
    restricted(
      'DefaultCalendarAccess',
      'HideDetails;HideDetailsInsert;ShowDetails;ShowDetailsInsert;AllowEdits',
      'FSGN',
      { length: 40 },
    ),
    restricted('DefaultPricebookAccess', 'None=No Access;Read=View Only;ReadSelect=Use', 'FSGN', { length: 40 }),
    restricted('DefaultCampaignAccess', `${access};All=Public Full Access`, 'FSGN', { length: 40 }),
    restricted('UiSkin', 'Theme1;Theme2;Theme3;Theme42', 'UFSGN', { length: 40 }),
    datetime('TrialExpirationDate', 'FSN'),
    text('NamespacePrefix', 15, 'FSGN'),
    restricted(
      'OrganizationType',
      'Team Edition;Professional Edition;Enterprise Edition;Developer Edition;Personal Edition;Unlimited Edition;Contact Manager Edition;Base Edition',
      'FSGN',
      { label: 'Edition', length: 40 },
    ),
    text('InstanceName', 5, 'FSGN'),
    checkbox('IsSandbox', 'FSG'),
  ],
  { ...setupObject, createable: false, deletable: false },
);
