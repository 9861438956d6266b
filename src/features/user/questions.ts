import { ask, decisive, type Question, type RecordsQuestion } from '../../observation/question.js';
import { soql, soqlNames } from '../../org/soql.js';
import { permissionQuestions } from '../permissions/questions.js';
import { integrationLicense, integrationPermissionSetLicense } from './constants.js';

/** Every query of this feature, in one place. Semi-joins on names let one round answer all of the first. */
export const userQuestions = {
  license: ask.records(
    soql`SELECT Id, Name, Status, TotalLicenses, UsedLicenses FROM UserLicense WHERE Name = ${integrationLicense}`,
  ),
  /** With all its columns: MaximumPermissions… say what it allows to be granted at all (Object Reference). */
  permissionSetLicense: ask.records(
    soql`SELECT FIELDS(STANDARD) FROM PermissionSetLicense WHERE DeveloperName = ${integrationPermissionSetLicense} LIMIT 1`,
  ),
  profiles: ask.records(
    soql`SELECT Id, Name FROM Profile WHERE UserLicense.Name = ${integrationLicense} ORDER BY Name`,
  ),
  runner: (username: string) =>
    decisive(
      ask.records(
        soql`SELECT Id, Username, IsActive, UserRoleId, TimeZoneSidKey, LocaleSidKey, LanguageLocaleKey, EmailEncodingKey FROM User WHERE Username = ${username}`,
      ),
    ),
  user: permissionQuestions.user,
  userFields: (username: string, fields: readonly string[]) =>
    ask.records(soql`SELECT Id, ${soqlNames(fields)} FROM User WHERE Username = ${username}`),
  userDescription: ask.describe('User'),
  licenseAssignment: (username: string) =>
    decisive(
      ask.records(
        soql`SELECT Id FROM PermissionSetLicenseAssign WHERE Assignee.Username = ${username} AND PermissionSetLicense.DeveloperName = ${integrationPermissionSetLicense}`,
      ),
    ),
  assignments: permissionQuestions.assignments,
  permissionSets: (names: readonly string[]) =>
    ask.records(
      soql`SELECT Id, Name, NamespacePrefix, Type, LicenseId, HasActivationRequired FROM PermissionSet WHERE IsOwnedByProfile = false AND Name IN ${names}`,
    ),
  permissionSetGroups: (names: readonly string[]) =>
    ask.records(
      soql`SELECT Id, DeveloperName, NamespacePrefix FROM PermissionSetGroup WHERE DeveloperName IN ${names}`,
    ),
  allPermissionSets: ask.records(
    soql`SELECT Name, NamespacePrefix FROM PermissionSet WHERE IsOwnedByProfile = false ORDER BY Name`,
  ),
  role: (developerName: string) =>
    ask.records(soql`SELECT Id, DeveloperName, Name FROM UserRole WHERE DeveloperName = ${developerName}`),
  subordinateRoles: (roleId: string) =>
    ask.records(soql`SELECT Id, DeveloperName FROM UserRole WHERE ParentRoleId = ${roleId} ORDER BY DeveloperName`),
  allRoles: ask.records(soql`SELECT DeveloperName FROM UserRole ORDER BY DeveloperName`),
  licenseHolders: ask.records(
    soql`SELECT Username, IsActive FROM User WHERE Profile.UserLicense.Name = ${integrationLicense} ORDER BY Username`,
  ),
  permissionSetLicenseHolders: ask.records(
    soql`SELECT Id, Assignee.Username, Assignee.IsActive FROM PermissionSetLicenseAssign WHERE PermissionSetLicense.DeveloperName = ${integrationPermissionSetLicense} ORDER BY Assignee.Username`,
  ),
  profileByName: (name: string) =>
    ask.records(soql`SELECT Id, Name, UserLicense.Name FROM Profile WHERE Name = ${name}`),
  /** Tooling gives the untranslated name, one row at a time; Profile.Name comes in the running user's language. */
  profileFullName: (id: string) => ask.records(soql`SELECT Id, FullName FROM Profile WHERE Id = ${id}`, 'tooling'),
} as const satisfies Record<string, Question | ((...values: never[]) => RecordsQuestion)>;
