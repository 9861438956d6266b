/**
 * What a permission brings along, by API name. Setup ticks these together ("Requires these permissions"), and a set that
 * came by a deployment behaves the same.
 */
const requirements: Readonly<Record<string, string>> = {
  AuthorApex: 'ViewSetup ModifyMetadata',
  CreateCustomizeReports: 'RunReports',
  CustomizeApplication: 'ViewSetup ManageCustomPermissions',
  EmailMass: 'EmailSingle',
  EmailSingle: 'EditTask',
  ExportReport: 'RunReports',
  InstallPackaging: 'EditHtmlTemplates ModifyAllData CustomizeApplication ManageUsers EditBrandTemplates',
  ManageAuthProviders: 'ManageUsers AuthorApex',
  ManageSessionPermissionSets: 'ApiEnabled',
  ManageTwoFactor: 'ManageUsers',
  ManageUsers:
    'ResetPasswords ViewAllUsers FreezeUsers ManageProfilesPermissionsets AssignPermissionSets ManageRoles ' +
    'ManageIpAddresses ManageSharing MonitorLoginHistory ViewSetup ManageInternalUsers ManagePasswordPolicies ' +
    'ManageLoginAccessPolicies DelegatedTwoFactor',
  ModifyAllData:
    'EditPublicFilters EditPublicTemplates RunReports ViewSetup TransferAnyEntity ImportLeads TransferAnyLead ' +
    'ViewAllData EditPublicDocuments ManageCategories ConvertLeads UseTeamReassignWizards SolutionImport ' +
    'ManageNetworks ManageDashbdsInPubFolders ManageReportsInPubFolders ConnectOrgToEnvironmentHub DeleteTopics ' +
    'EditTopics CreateTopics AssignTopics ModifyMetadata EditTask EditEvent',
  ModifyMetadata: 'ViewSetup',
  ResetPasswords: 'ViewSetup',
  ViewAllData:
    'ViewSetup ViewEventLogFiles ViewPublicDashboards ViewPublicReports ViewPlatformEvents ViewDataLeakageEvents',
  ViewHealthCheck: 'ViewSetup',
};

/** The permission and everything it requires, transitively. */
export function withRequirements(permission: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(permission)) return found;
  found.add(permission);
  for (const required of requirements[permission]?.split(' ') ?? []) withRequirements(required, found);
  return found;
}
