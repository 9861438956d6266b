import type { StructureTable } from './structure.ts';

/** Fields of permission sets (Metadata API, PermissionSet), without `fullName`, which a file does not carry. */
const permissionSet = `agentAccesses:- applicationVisibilities:PermissionSetApplicationVisibility*
  classAccesses:PermissionSetApexClassAccess* customMetadataTypeAccesses:PermissionSetNamedAccess*
  customPermissions:PermissionSetNamedAccess* customSettingAccesses:PermissionSetNamedAccess* dataspaceScopes:- description
  emailRoutingAddressAccesses:- externalCredentialPrincipalAccesses:PermissionSetExternalCredentialPrincipalAccess*
  externalDataSourceAccesses:PermissionSetExternalDataSourceAccess* fieldPermissions:PermissionSetFieldPermissions*
  flowAccesses:PermissionSetFlowAccess* genComputingSummaryDefAccesses:- hasActivationRequired:boolean label! license
  objectPermissions:PermissionSetObjectPermissions* pageAccesses:PermissionSetApexPageAccess*
  recordTypeVisibilities:PermissionSetRecordTypeVisibility* servicePresenceStatusAccesses:- tabSettings:PermissionSetTabSetting*
  userPermissions:PermissionSetUserPermission*`;

export const permissionStructures = {
  PermissionSet: `fullName ${permissionSet}`,
  MutingPermissionSet: `fullName ${permissionSet}`,
  PermissionSetApplicationVisibility: 'application! default:boolean visible:boolean!',
  PermissionSetApexClassAccess: 'apexClass! enabled:boolean!',
  PermissionSetNamedAccess: 'enabled:boolean! name!',
  PermissionSetExternalCredentialPrincipalAccess: 'enabled:boolean! externalCredentialPrincipal!',
  PermissionSetExternalDataSourceAccess: 'enabled:boolean! externalDataSource!',
  PermissionSetFieldPermissions: 'editable:boolean! field! readable:boolean',
  PermissionSetFlowAccess: 'enabled:boolean! flow!',
  PermissionSetObjectPermissions: `allowCreate:boolean! allowDelete:boolean! allowEdit:boolean! allowRead:boolean!
    modifyAllRecords:boolean! object! viewAllFields:boolean@63 viewAllRecords:boolean!`,
  PermissionSetApexPageAccess: 'apexPage! enabled:boolean!',
  PermissionSetRecordTypeVisibility: 'recordType! visible:boolean!',
  PermissionSetTabSetting: 'tab! visibility:PermissionSetTabVisibility!',
  PermissionSetTabVisibility: '=None|Available|Visible',
  PermissionSetUserPermission: 'enabled:boolean! name!',
  PermissionSetGroup:
    'fullName description hasActivationRequired:boolean label! mutingPermissionSets* permissionSets* status',
  Profile: `fullName agentAccesses:- applicationVisibilities:ProfileApplicationVisibility* categoryGroupVisibilities:-
    classAccesses:PermissionSetApexClassAccess* custom:boolean customMetadataTypeAccesses:PermissionSetNamedAccess*
    customPermissions:PermissionSetNamedAccess* customSettingAccesses:PermissionSetNamedAccess* description
    externalDataSourceAccesses:PermissionSetExternalDataSourceAccess* fieldPermissions:PermissionSetFieldPermissions*
    flowAccesses:PermissionSetFlowAccess* genComputingSummaryDefAccesses:- layoutAssignments:ProfileLayoutAssignment*
    loginFlows:- loginHours:ProfileLoginHours loginIpRanges:ProfileLoginIpRange* objectPermissions:ProfileObjectPermissions*
    pageAccesses:PermissionSetApexPageAccess* profileActionOverrides:- recordTypeVisibilities:ProfileRecordTypeVisibility*
    servicePresenceStatusAccesses:- tabVisibilities:ProfileTabVisibility* userLicense
    userPermissions:PermissionSetUserPermission*`,
  ProfileApplicationVisibility: 'application! default:boolean! visible:boolean!',
  ProfileLayoutAssignment: 'layout! recordType',
  ProfileLoginHours: `fridayEnd fridayStart mondayEnd mondayStart saturdayEnd saturdayStart sundayEnd sundayStart
    thursdayEnd thursdayStart tuesdayEnd tuesdayStart wednesdayEnd wednesdayStart`,
  ProfileLoginIpRange: 'description endAddress! startAddress!',
  ProfileObjectPermissions: `allowCreate:boolean allowDelete:boolean allowEdit:boolean allowRead:boolean
    modifyAllRecords:boolean object! viewAllFields:boolean@63 viewAllRecords:boolean`,
  ProfileRecordTypeVisibility: 'default:boolean! personAccountDefault:boolean recordType! visible:boolean!',
  ProfileTabVisibility: 'tab! visibility:TabVisibility!',
  TabVisibility: '=Hidden|DefaultOff|DefaultOn',
} as const satisfies StructureTable;
