import { checkbox, longText, picklist, reference, restricted, text, unsecured } from '../notation.ts';
import { businessObject, object, setupObject } from '../object-notation.ts';

const teamRoles =
  'Account Manager;Channel Manager;Executive Sponsor;Lead Qualifier;Pre-Sales Consultant;Sales Manager;Sales Rep';

/** Access that a person gets by belonging to the team of one record, or by territory. */
export const accountTeamMember = object(
  'AccountTeamMember',
  '01M',
  [
    reference('AccountId', 'Account', 'CFSG', { children: 'AccountTeamMembers' }),
    reference('UserId', 'User', 'CFSG', { children: 'AccountTeamMembers' }),
    picklist('TeamMemberRole', teamRoles, 'CUFSGN', unsecured),
    restricted('AccountAccessLevel', 'None;Read;Edit;All', 'CUFSGN', { length: 40, ...unsecured }),
    restricted('OpportunityAccessLevel', 'None;Read;Edit', 'CUFSGN', { length: 40, ...unsecured }),
    restricted('CaseAccessLevel', 'None;Read;Edit', 'CUFSGN', { length: 40, ...unsecured }),
    restricted('ContactAccessLevel', 'None;Read;Edit', 'CUFSGN', { length: 40, ...unsecured }),
  ],
  { ...businessObject, permissionsFollow: 'Account' },
);

export const opportunityTeamMember = object(
  'OpportunityTeamMember',
  '00q',
  [
    reference('OpportunityId', 'Opportunity', 'CFSG', { children: 'OpportunityTeamMembers' }),
    reference('UserId', 'User', 'CFSG', { children: 'OpportunityTeamMembers' }),
    text('Name', 121, 'FSGN', { nameField: true }),
    picklist('TeamMemberRole', teamRoles, 'CUFSGN', unsecured),
    restricted('OpportunityAccessLevel', 'Read;Edit;All', 'CUFSGN', { length: 40, ...unsecured }),
  ],
  { ...businessObject, permissionsFollow: 'Opportunity' },
);

/** A person's default team: who is added to the team of every account or opportunity that the person owns. */
export const userTeamMember = object(
  'UserTeamMember',
  '01D',
  [
    reference('OwnerId', 'User', 'CFSG', { relationshipName: 'Owner' }),
    reference('UserId', 'User', 'CFSG', { relationshipName: 'User' }),
    picklist('TeamMemberRole', teamRoles, 'CUFSGN'),
    restricted('OpportunityAccessLevel', 'Read;Edit', 'CUFSG', { length: 40 }),
  ],
  { ...setupObject },
);

export const territory = object(
  'Territory2',
  '0MI',
  [
    text('Name', 80, 'CUFSG', { nameField: true }),
    text('DeveloperName', 80, 'CUFSG', { unique: true }),
    reference('ParentTerritory2Id', 'Territory2', undefined, { relationshipName: 'ParentTerritory2' }),
    longText('Description', 1000, 'CUN'),
    restricted('AccountAccessLevel', 'Read;Edit;All', 'CUFSGN', { length: 40 }),
    restricted('OpportunityAccessLevel', 'None;Read;Edit', 'CUFSGN', { length: 40 }),
    restricted('CaseAccessLevel', 'None;Read;Edit', 'CUFSGN', { length: 40 }),
    restricted('ContactAccessLevel', 'None;Read;Edit', 'CUFSGN', { length: 40 }),
  ],
  { ...setupObject, labelPlural: 'Territories', label: 'Territory' },
);

export const userTerritoryAssociation = object(
  'UserTerritory2Association',
  '04S',
  [
    reference('UserId', 'User', 'CFSG', { relationshipName: 'User' }),
    reference('Territory2Id', 'Territory2', 'CFSG', {
      relationshipName: 'Territory2',
      children: 'UserTerritory2Associations',
    }),
    checkbox('IsActive', 'FSG', { defaultValue: true }),
    picklist('RoleInTerritory2', 'Owner;Administrator;Sales Rep'),
  ],
  { ...setupObject, label: 'User Territory Association' },
);

export const objectTerritoryAssociation = object(
  'ObjectTerritory2Association',
  '0TY',
  [
    reference('ObjectId', 'Account,Lead', 'CFSG', { relationshipName: 'Object' }),
    reference('Territory2Id', 'Territory2', 'CFSG', {
      relationshipName: 'Territory2',
      children: 'ObjectTerritory2Associations',
    }),
    restricted('AssociationCause', 'Territory2AssignmentRule;*Territory2Manual;Territory2Api', 'CFSG', { length: 40 }),
    restricted('SobjectType', 'Account;Lead', 'FSGN', { length: 40 }),
  ],
  { ...setupObject, label: 'Object Territory Association' },
);
