/**
 * System permissions that make records or fields visible whatever sharing says (Object Reference: PermissionSet, "View All
 * Data", "Modify All Data", "View All Users", "View All Fields (Global)"). Value: what becomes visible.
 */
export const bypassPermissions = {
  ViewAllData: 'records',
  ModifyAllData: 'records',
  ViewAllUsers: 'users',
  ViewAllFieldsGlobal: 'fields',
} as const satisfies Readonly<Record<string, 'records' | 'users' | 'fields'>>;

/**
 * System permissions with which a user can give itself, or anybody, more than it was given. They don't open anything by
 * themselves. The value is the key of the reason in the messages.
 */
export const liftingPermissions = {
  ManageUsers: 'lifting.users',
  ManageInternalUsers: 'lifting.users',
  AssignPermissionSets: 'lifting.assign',
  ManageProfilesPermissionsets: 'lifting.permissionSets',
  ManageSharing: 'lifting.sharing',
  CustomizeApplication: 'lifting.customize',
  ModifyMetadata: 'lifting.metadata',
  AuthorApex: 'lifting.apex',
  QueryAllFiles: 'lifting.files',
} as const satisfies Readonly<Record<string, string>>;
