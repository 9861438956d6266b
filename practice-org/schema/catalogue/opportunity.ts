import {
  checkbox,
  date,
  datetime,
  decimal,
  integer,
  longText,
  money,
  percent,
  picklist,
  reference,
  restricted,
  restrictedRecordTypeField,
  secured,
  text,
  unsecured,
  userOwnerField,
} from '../notation.ts';
import { businessObject, object, ownedObject } from '../object-notation.ts';
import { sources } from './picklists.ts';
import { stages } from './stages.ts';

const stageNames = stages.map(({ name }) => name).join(';');

export const opportunity = object(
  'Opportunity',
  '006',
  [
    reference('AccountId', 'Account', undefined, { children: 'Opportunities' }),
    checkbox('IsPrivate', undefined, { label: 'Private' }),
    text('Name', 120, 'CUFSG', { nameField: true }),
    restrictedRecordTypeField,
    longText('Description', 32000),
    picklist('StageName', stageNames, 'CUFSG', { label: 'Stage' }),
    money('Amount'),
    percent('Probability', undefined, { label: 'Probability (%)' }),
    money('ExpectedRevenue', 'FSN', { label: 'Expected Amount', ...secured }),
    decimal('TotalOpportunityQuantity', 18, 2, undefined, { label: 'Quantity' }),
    date('CloseDate', 'CUFSG'),
    picklist(
      'Type',
      'Existing Customer - Upgrade;Existing Customer - Replacement;Existing Customer - Downgrade;New Customer',
      undefined,
      { label: 'Opportunity Type' },
    ),
    text('NextStep', 255),
    picklist('LeadSource', sources),
    checkbox('IsClosed', 'FSG', { label: 'Closed' }),
    checkbox('IsWon', 'FSG', { label: 'Won' }),
    restricted(
      'ForecastCategory',
      'Omitted;Pipeline;BestCase=Best Case;MostLikely=Most Likely;Forecast=Commit;Closed',
      'FSG',
      { length: 40 },
    ),
    restricted('ForecastCategoryName', 'Omitted;Pipeline;Best Case;Most Likely;Commit;Closed', undefined, {
      label: 'Forecast Category',
      ...unsecured,
    }),
    reference('CampaignId', 'Campaign', undefined, { children: 'Opportunities' }),
    checkbox('HasOpportunityLineItem', 'FSG', { label: 'Has Line Item' }),
    reference('Pricebook2Id', 'Pricebook2', undefined, {
      ...unsecured,
      ...unsecured,
      label: 'Price Book ID',
      relationshipName: 'Pricebook2',
      children: 'Opportunities',
    }),
    userOwnerField,
    date('LastActivityDate', 'FSGN', { label: 'Last Activity' }),
    integer('PushCount', 'FSGN'),
    datetime('LastStageChangeDate', 'FSN'),
    integer('FiscalQuarter', 'FSGN'),
    integer('FiscalYear', 'FSGN'),
    text('Fiscal', 6, 'FSGN', { label: 'Fiscal Period' }),
    reference('ContactId', 'Contact', 'CFSGN', { children: 'Opportunities' }),
    datetime('LastViewedDate', 'FSN'),
    datetime('LastReferencedDate', 'FSN'),
    reference('ContractId', 'Contract', undefined, { children: 'Opportunities' }),
    checkbox('HasOpenActivity', 'G'),
    checkbox('HasOverdueTask', 'G'),
  ],
  { ...ownedObject, labelPlural: 'Opportunities' },
);

export const opportunityContactRole = object(
  'OpportunityContactRole',
  '00K',
  [
    reference('OpportunityId', 'Opportunity', 'CFSG', { children: 'OpportunityContactRoles' }),
    reference('ContactId', 'Contact', 'CUFSG', { children: 'OpportunityContactRoles' }),
    picklist(
      'Role',
      'Business User;Decision Maker;Economic Buyer;Economic Decision Maker;Evaluator;Executive Sponsor;Influencer;Technical Buyer;Other',
      undefined,
      { length: 40, ...unsecured },
    ),
    checkbox('IsPrimary', undefined, { label: 'Primary', ...unsecured }),
  ],
  { ...businessObject, label: 'Contact Role', permissionsFollow: 'Opportunity' },
);
