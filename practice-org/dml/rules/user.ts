import { SalesforceError } from '../../org/errors.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import type { Value, Values } from '../../storage/table.ts';
import { invalidEmailAddress, isEmailAddress } from '../field-values.ts';
import { assertUserSeatFree, recountSeats, userLicenceOfProfile } from '../licence-seats.ts';
import { textOf, withChanges, type ObjectRule, type RuleContext, type StoredRecord } from '../object-rule.ts';
import { assertAssignmentsAllowed } from '../permission-assignability.ts';
import { recordSetupChange } from '../setup-audit.ts';
import { recordById, recordsWhere, removeRowsWhere } from '../table-rows.ts';
import { assertMayDeactivate } from './user-activation.ts';

export const userRule: ObjectRule = {
  completeInsert(context, values) {
    const { org } = context;
    assertUsername(context, values['Username'] ?? null, undefined);
    const nickname = values['CommunityNickname'] ?? generatedNickname(org);
    assertNicknameFree(org, nickname, undefined);
    assertRoleAllowed(org, values['ProfileId'] ?? null, values['UserRoleId'] ?? null);
    if (values['IsActive'] === true) assertUserSeatFree(org, values['ProfileId'] ?? null);
    return { ...values, CommunityNickname: nickname, UserType: userTypeOf(org, values['ProfileId'] ?? null) };
  },
  afterInsert(context, user) {
    const { org, caller } = context;
    assignProfileOwnedSet(org, user);
    org.store.table('UserLogin').insert({ UserId: user.id, LastModifiedById: caller.userId });
    recountSeats(org);
    org.sharing.membershipChanged();
    audit(context, 'createduser', `Created new user ${textOf(user, 'Name')}`);
  },
  completeUpdate(context, user, changes) {
    const { org } = context;
    const after = withChanges(user, changes);
    if ('Username' in changes) assertUsername(context, after.get('Username'), user.id);
    if ('CommunityNickname' in changes) assertNicknameFree(org, after.get('CommunityNickname'), user.id);
    if ('UserRoleId' in changes || 'ProfileId' in changes) {
      assertRoleAllowed(org, after.get('ProfileId'), after.get('UserRoleId'));
    }
    if ('UserRoleId' in changes) org.sharing.requireMembershipUnlocked();
    if (changes['IsActive'] === false) assertMayDeactivate(org, user.id);
    if (takesNewSeat(org, user, after)) assertUserSeatFree(org, after.get('ProfileId'));
    return changes;
  },
  afterUpdate(context, user, previous) {
    const { org } = context;
    if ('ProfileId' in previous) {
      moveProfileOwnedSet(org, user, previous['ProfileId'] ?? null);
      assertAssignmentsAllowed(org, user);
    }
    if ('ProfileId' in previous || 'IsActive' in previous) recountSeats(org);
    if ('IsActive' in previous || 'UserRoleId' in previous) org.sharing.membershipChanged();
    auditChanges(context, user, previous);
  },
};

/** User names look like e-mail addresses and are unique, without regard to case, across all of Salesforce. */
function assertUsername({ org, object }: RuleContext, username: Value, ownId: string | undefined): void {
  if (typeof username !== 'string') return;
  const field = object.fields.get('username');
  if (field && !isEmailAddress(username)) throw invalidEmailAddress(field, username);
  const isTakenHere = recordsWhere(org, 'User', { Username: username }).some(({ id }) => id !== ownId);
  if (isTakenHere || org.dml.foreignUsernames.has(username.toLowerCase())) throw duplicateUsername();
}

function duplicateUsername(): SalesforceError {
  return new SalesforceError(
    'DUPLICATE_USERNAME',
    "Duplicate Username.<br>The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address). ",
    { fields: ['Username'] },
  );
}

function assertNicknameFree(org: PracticeOrg, nickname: Value, ownId: string | undefined): void {
  const others = recordsWhere(org, 'User', { CommunityNickname: nickname }).filter(({ id }) => id !== ownId);
  if (nickname === null || others.length === 0) return;
  throw new SalesforceError(
    'DUPLICATE_COMM_NICKNAME',
    'Duplicate Nickname.<br>Another user has already selected this nickname.<br>Please select another.',
    { fields: ['CommunityNickname'] },
  );
}

function generatedNickname(org: PracticeOrg): string {
  return `User${org.clock.now()}${org.store.table('User').rowCount}`;
}

/** Whether users of this licence may have a role is not documented: quirk role. No source quotes a refusal. */
function assertRoleAllowed(org: PracticeOrg, profileId: Value, roleId: Value): void {
  if (roleId === null || org.settings.quirks.role === 'accept') return;
  const licence = userLicenceOfProfile(org, profileId);
  if (!licence || textOf(licence, 'Name') !== 'Salesforce Integration') return;
  throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', "The user license doesn't allow a role", {
    fields: ['UserRoleId'],
  });
}

function userTypeOf(org: PracticeOrg, profileId: Value): Value {
  return recordById(org, 'Profile', profileId)?.get('UserType') ?? 'Standard';
}

function takesNewSeat(org: PracticeOrg, before: StoredRecord, after: StoredRecord): boolean {
  if (after.get('IsActive') !== true) return false;
  if (before.get('IsActive') !== true) return true;
  const licenceBefore = userLicenceOfProfile(org, before.get('ProfileId'));
  return licenceBefore?.id !== userLicenceOfProfile(org, after.get('ProfileId'))?.id;
}

/** Every user has an assignment of the permission set that its profile owns. */
function assignProfileOwnedSet(org: PracticeOrg, user: StoredRecord): void {
  const [owned] = recordsWhere(org, 'PermissionSet', { ProfileId: user.get('ProfileId'), IsOwnedByProfile: true });
  if (owned) org.store.table('PermissionSetAssignment').insert({ AssigneeId: user.id, PermissionSetId: owned.id });
}

function moveProfileOwnedSet(org: PracticeOrg, user: StoredRecord, formerProfileId: Value): void {
  for (const owned of recordsWhere(org, 'PermissionSet', { ProfileId: formerProfileId, IsOwnedByProfile: true })) {
    removeRowsWhere(org, 'PermissionSetAssignment', { AssigneeId: user.id, PermissionSetId: owned.id });
  }
  assignProfileOwnedSet(org, user);
}

const auditedChanges = {
  ProfileId: ['changedprofileforuser', 'Changed profile for user'],
  UserRoleId: ['changedroleforuser', 'Changed role for user'],
  Email: ['changedemail', 'Changed email for user'],
  Username: ['changedusername', 'Changed username for user'],
} as const satisfies Record<string, readonly [action: string, display: string]>;

function auditChanges(context: RuleContext, user: StoredRecord, previous: Values): void {
  const name = textOf(user, 'Name');
  if ('IsActive' in previous) {
    const isActive = user.get('IsActive') === true;
    audit(
      context,
      isActive ? 'activateduser' : 'deactivateduser',
      `${isActive ? 'Activated' : 'Deactivated'} user ${name}`,
    );
  }
  for (const [field, [action, display]] of Object.entries(auditedChanges)) {
    if (field in previous) audit(context, action, `${display} ${name}`);
  }
}

function audit({ org, caller }: RuleContext, action: string, display: string): void {
  recordSetupChange(org, caller, { action, section: 'Manage Users', display });
}
