import type { StructureTable } from './structure.ts';

/** Elements that every kind of sharing rule starts with (Metadata API, SharingBaseRule). */
const sharingBaseRule =
  'fullName accessLevel! accountSettings:AccountSharingRuleSettings description label! sharedTo:SharedTo!';

export const sharingStructures = {
  SharingRules: `fullName sharingCriteriaRules:SharingCriteriaRule* sharingGuestRules:SharingGuestRule*
    sharingOwnerRules:SharingOwnerRule* sharingTerritoryRules:-`,
  SharingCriteriaRule: `${sharingBaseRule} booleanFilter criteriaItems:FilterItem* includeRecordsOwnedByAll:boolean!@48`,
  SharingGuestRule: `${sharingBaseRule} booleanFilter criteriaItems:FilterItem* includeHVUOwnedRecords:boolean!@52`,
  SharingOwnerRule: `${sharingBaseRule} sharedFrom:SharedTo!`,
  AccountSharingRuleSettings: 'caseAccessLevel! contactAccessLevel! opportunityAccessLevel!',
  SharedTo: `allCustomerPortalUsers allInternalUsers allPartnerUsers channelProgramGroup:- channelProgramGroups:- group* groups:-
    guestUser* managerSubordinates:- managers:- portalRole:- portalRoleAndSubordinates:- queue* role* roleAndSubordinates*
    roleAndSubordinatesInternal* roles:- rolesAndSubordinates:- territories:- territoriesAndSubordinates:- territory:-
    territoryAndSubordinates:-`,
  FilterItem: 'field! operation:FilterOperation! value valueField',
  FilterOperation:
    '=equals|notEqual|lessThan|greaterThan|lessOrEqual|greaterOrEqual|contains|notContain|startsWith|includes|excludes|within',
  Group: 'fullName description@62 doesIncludeBosses:boolean name!',
  Role: `fullName caseAccessLevel contactAccessLevel description mayForecastManagerShare:boolean name! opportunityAccessLevel
    parentRole`,
  Queue: `fullName description doesSendEmailToMembers:boolean email name! queueMembers:QueueMembers queueRoutingConfig:-
    queueSobject:QueueSobject*`,
  QueueMembers: `publicGroups:PublicGroups roleAndSubordinates:RoleAndSubordinates
    roleAndSubordinatesInternal:RoleAndSubordinatesInternal roles:Roles users:Users`,
  PublicGroups: 'publicGroup*',
  RoleAndSubordinates: 'roleAndSubordinate*',
  RoleAndSubordinatesInternal: 'roleAndSubordinateInternal*',
  Roles: 'role*',
  Users: 'user*',
  QueueSobject: 'sobjectType!',
  RestrictionRule: `fullName active:boolean! dataspaceScope:- description enforcementType:EnforcementType! masterLabel! recordFilter!
    targetEntity! userCriteria version:int!`,
  EnforcementType: '=Scoping|Restrict|FieldRestrict|D360_Restrict',
  SharingSettings: `fullName deferGroupMembership:boolean deferSharingRules:boolean enableAccountRoleOptimization:boolean
    enableAssetSharing:boolean enableCommunityUserVisibility:boolean enableExternalSharingModel:boolean
    enableManagerGroups:boolean enableManualUserRecordSharing:boolean enablePartnerSuperUserAccess:boolean
    enablePortalUserCaseSharing:boolean enablePortalUserVisibility:boolean enableRemoveTMGroupMembership:boolean
    enableRestrictAccessLookupRecords:boolean enableSecureGuestAccess:boolean enableShareObjectReportTypes:boolean
    enableStandardReportVisibility:boolean enableTerritoryForecastManager:boolean`,
} as const satisfies StructureTable;
