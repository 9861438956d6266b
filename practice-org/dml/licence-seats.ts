import { SalesforceError } from '../org/errors.ts';
import type { PracticeOrg } from '../org/practice-org.ts';
import type { Value } from '../storage/table.ts';
import { textOf, type StoredRecord } from './object-rule.ts';
import { changeRow, recordById, recordsWhere } from './table-rows.ts';

export function userLicenceOfProfile(org: PracticeOrg, profileId: Value): StoredRecord | undefined {
  const profile = recordById(org, 'Profile', profileId);
  return profile && recordById(org, 'UserLicense', profile.get('UserLicenseId'));
}

export function userLicenceOfUser(org: PracticeOrg, userId: Value): StoredRecord | undefined {
  return userLicenceOfProfile(org, recordById(org, 'User', userId)?.get('ProfileId') ?? null);
}

/** Newer orgs append the licence to "License Limit Exceeded". */
export function assertUserSeatFree(org: PracticeOrg, profileId: Value): void {
  const licence = userLicenceOfProfile(org, profileId);
  if (!licence || activeUsersOn(org, licence.id) < numberIn(licence, 'TotalLicenses')) return;
  throw licenceLimitExceeded(textOf(licence, 'Name'));
}

export function assertPermissionSetLicenceSeatFree(org: PracticeOrg, licence: StoredRecord): void {
  if (assignmentsOf(org, licence.id) < numberIn(licence, 'TotalLicenses')) return;
  throw licenceLimitExceeded(textOf(licence, 'MasterLabel'));
}

function licenceLimitExceeded(licence: string): SalesforceError {
  return new SalesforceError('LICENSE_LIMIT_EXCEEDED', `License Limit Exceeded - ${licence}`);
}

/** Only active users hold a seat of a user licence; of a permission set licence everybody who is assigned. */
export function recountSeats(org: PracticeOrg): void {
  for (const licence of recordsWhere(org, 'UserLicense', {}))
    recount(org, 'UserLicense', licence, activeUsersOn(org, licence.id));
  for (const licence of recordsWhere(org, 'PermissionSetLicense', {})) {
    recount(org, 'PermissionSetLicense', licence, assignmentsOf(org, licence.id));
  }
}

function recount(org: PracticeOrg, object: string, licence: StoredRecord, used: number): void {
  if (licence.get('UsedLicenses') !== used) changeRow(org, object, licence.id, { UsedLicenses: used });
}

function activeUsersOn(org: PracticeOrg, licenceId: string): number {
  const profiles = new Set(recordsWhere(org, 'Profile', { UserLicenseId: licenceId }).map(({ id }) => id));
  const users = org.store.table('User');
  const profileOf = users.reader('ProfileId');
  const isActive = users.reader('IsActive');
  let count = 0;
  for (let row = 0; row < users.rowCount; row++) {
    if (users.isLive(row) && isActive(row) === true && profiles.has(String(profileOf(row)))) count++;
  }
  return count;
}

function assignmentsOf(org: PracticeOrg, licenceId: string): number {
  return recordsWhere(org, 'PermissionSetLicenseAssign', { PermissionSetLicenseId: licenceId }).length;
}

function numberIn(record: StoredRecord, field: string): number {
  return Number(record.get(field) ?? 0);
}
