import type { ObjectOperation } from '../../definition/definition.js';
import type { DescribedField } from '../../observation/question.js';

/**
 * What Salesforce demands beside a permission: create and edit need read; delete needs read and edit (deployments refuse with
 * "Permission Create X depends on permission(s): Read X").
 */
const operationNeeds = {
  read: [],
  create: ['read'],
  edit: ['read'],
  delete: ['read', 'edit'],
} as const satisfies Record<ObjectOperation, readonly ObjectOperation[]>;

/** System permissions that Salesforce grants only together with others ("Requires these permissions" in Setup). */
const systemNeeds: Readonly<Record<string, string>> = {
  AssignPermissionSets: 'ViewSetup',
  AuthorApex: 'ModifyMetadata ViewSetup',
  CreateCustomizeReports: 'RunReports',
  CustomizeApplication: 'ManageCustomPermissions ViewSetup',
  EmailMass: 'EmailSingle',
  EmailSingle: 'EditTask',
  ExportReport: 'RunReports',
  InstallPackaging: 'CustomizeApplication EditBrandTemplates EditHtmlTemplates ManageUsers ModifyAllData',
  ManageAuthProviders: 'AuthorApex ManageUsers',
  ManageInternalUsers: 'ViewSetup',
  ManageProfilesPermissionsets: 'ViewSetup',
  ManageSessionPermissionSets: 'ApiEnabled',
  ManageSharing: 'ViewSetup',
  ManageTwoFactor: 'ManageUsers',
  ManageUsers:
    'AssignPermissionSets DelegatedTwoFactor FreezeUsers ManageInternalUsers ManageIpAddresses ManageLoginAccessPolicies ' +
    'ManagePasswordPolicies ManageProfilesPermissionsets ManageRoles ManageSharing MonitorLoginHistory ResetPasswords ' +
    'ViewAllUsers ViewSetup',
  ModifyAllData:
    'AssignTopics ConnectOrgToEnvironmentHub ConvertLeads CreateTopics DeleteTopics EditEvent EditPublicDocuments ' +
    'EditPublicFilters EditPublicTemplates EditTask EditTopics ImportLeads ManageCategories ManageDashbdsInPubFolders ' +
    'ManageNetworks ManageReportsInPubFolders ModifyMetadata RunReports SolutionImport TransferAnyEntity TransferAnyLead ' +
    'UseTeamReassignWizards ViewAllData ViewSetup',
  ModifyMetadata: 'ViewSetup',
  ResetPasswords: 'ViewSetup',
  ViewAllData:
    'ViewDataLeakageEvents ViewEventLogFiles ViewPlatformEvents ViewPublicDashboards ViewPublicReports ViewSetup',
  ViewHealthCheck: 'ViewSetup',
  ViewSetup: 'ViewRoles',
};

export function withNeededOperations(operations: readonly ObjectOperation[]): ReadonlySet<ObjectOperation> {
  return new Set(operations.flatMap((operation) => [operation, ...operationNeeds[operation]]));
}

export function withNeededSystemPermissions(permissions: readonly string[]): readonly string[] {
  const needed = new Set<string>();
  const add = (permission: string): void => {
    if (needed.has(permission)) return;
    needed.add(permission);
    for (const other of systemNeeds[permission]?.split(' ') ?? []) add(other);
  };
  for (const permission of permissions) add(permission);
  return [...needed].sort();
}

/** The masters of a detail: reading it asks for reading them. */
export function masterObjects(fields: readonly DescribedField[]): readonly string[] {
  return fields
    .filter((field) => field.custom && field.type === 'reference' && !field.nillable && !field.permissionable)
    .flatMap((field) => field.referenceTo);
}
