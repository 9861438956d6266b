import { grantedSystemPermissions } from '../../dml/licence-entitlements.ts';
import { assertSystemDependencies } from '../../dml/permission-dependencies.ts';
import { changeRow, recordById, recordsWhere } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import type { ComponentRecords } from '../component-records.ts';
import { children, compact, text, type Document } from '../document.ts';
import { decodeName } from '../registry.ts';
import { checkedAccesses, mergedAccesses, profileAccesses, type HasComponent } from './component-accesses.ts';
import type { ComponentType, Deployment, ReadScope } from './component-type.ts';
import { outcomeOf, systemCaller } from './outcome.ts';
import { readAllFieldPermissions, readObjectPermissions, writePermissionRows } from './permission-rows.ts';
import { profileMetadataName, profileNamed } from './profile-names.ts';
import { readUserPermissions, userPermissionColumns } from './user-permissions.ts';

/** Kept as deployed; a later document replaces the whole list. */
const heldWhole = ['loginHours', 'loginIpRanges'];
/** Retrieved files of real orgs call the old integration profile a custom one. */
const oldIntegrationProfile = 'Salesforce API Only System Integrations';

type OwnedProfile = { readonly profile: StoredRecord; readonly set: StoredRecord };

/** Profiles: what a document names is changed, everything else stays. */
export function profileType(org: PracticeOrg, records: ComponentRecords, has: HasComponent): ComponentType {
  const find = (fullName: string): OwnedProfile | undefined => {
    const profile = profileNamed(org, fullName);
    const set = profile && recordsWhere(org, 'PermissionSet', { ProfileId: profile.id, IsOwnedByProfile: true })[0];
    return profile && set ? { profile, set } : undefined;
  };
  const type: ComponentType = {
    name: 'Profile',
    names: () => recordsWhere(org, 'Profile', {}).map((profile) => profileMetadataName(org, profile)),
    rowId: (fullName) => find(fullName)?.profile.id,
    read(fullName, scope) {
      const owned = find(fullName);
      return owned === undefined ? undefined : readProfile(org, owned, records.held('Profile', fullName), scope);
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        const accesses = checkedAccesses(document, profileAccesses, has);
        if (find(fullName) === undefined) createProfile(org, fullName, document);
        const owned = find(fullName);
        if (owned === undefined) throw new Error(`Profile ${fullName} was not created`);
        mergeProfile(org, owned, document, deployment);
        const before = records.held('Profile', fullName);
        const whole = Object.fromEntries(heldWhole.map((element) => [element, document[element] ?? before[element]]));
        const held = compact({ ...mergedAccesses(before, accesses, profileAccesses), ...whole });
        records.put('Profile', fullName, deployment.caller.userId, { held });
      }),
    remove(fullName, deployment) {
      const owned = find(fullName);
      if (owned === undefined) return;
      if (!isCustom(owned)) throw new ComponentError(`Cannot delete standard profile: ${fullName}`);
      org.dml.delete(systemCaller(deployment), 'Profile', owned.profile.id);
    },
  };
  return type;
}

function isCustom({ set }: OwnedProfile): boolean {
  return set.get('IsCustom') === true;
}

/**
 * "You can edit all settings except name, user license, description, object permissions, and user permissions" of a standard
 * profile; from version 50 on a deployment ignores its edits of these.
 */
function mergeProfile(org: PracticeOrg, owned: OwnedProfile, document: Document, deployment: Deployment): void {
  const { profile, set } = owned;
  const custom = isCustom(owned);
  const columns = userPermissionColumns(org, document);
  const description = text(document, 'description');
  if (custom) {
    changeRow(org, 'PermissionSet', set.id, columns);
    changeRow(org, 'Profile', profile.id, {
      ...columns,
      ...(description === undefined ? {} : { Description: description }),
    });
    assertSystemDependencies(org, grantedSystemPermissions(org, set));
  }
  writePermissionRows(org, {
    permissionSetId: set.id,
    document,
    caller: systemCaller(deployment),
    replace: false,
    objectPermissions: custom,
  });
}

/** A profile that the org does not know is made as a custom one. */
function createProfile(org: PracticeOrg, fullName: string, document: Document): void {
  const licenceName = text(document, 'userLicense') ?? 'Salesforce';
  const licence = recordsWhere(org, 'UserLicense', { Name: licenceName })[0];
  if (licence === undefined)
    throw new ComponentError(`In field: userLicense - no UserLicense named ${licenceName} found`);
  const profiles = org.store.table('Profile');
  const profileId = profiles.idOf(
    profiles.insert({ Name: decodeName(fullName), UserLicenseId: licence.id, UserType: 'Standard' }),
  );
  const name = `X${profileId.slice(0, 15)}`;
  org.store.table('PermissionSet').insert({
    Name: name,
    Label: name,
    ProfileId: profileId,
    LicenseId: licence.id,
    IsOwnedByProfile: true,
    IsCustom: true,
    Type: 'Profile',
  });
}

function readProfile(org: PracticeOrg, owned: OwnedProfile, held: Document, scope: ReadScope): Document {
  const { profile, set } = owned;
  const objects = scope.named('CustomObject');
  const fields = scope.named('CustomField');
  const isInScope = (object: string, field: string) =>
    objects === undefined || objects.has(object) || fields?.has(`${object}.${field}`) === true;
  return compact({
    ...heldInScope(held, scope),
    custom: isCustom(owned) || profileMetadataName(org, profile) === oldIntegrationProfile,
    description: profile.get('Description'),
    fieldPermissions: readAllFieldPermissions(org, set.id, isInScope),
    objectPermissions: readObjectPermissions(org, set.id, objects),
    userLicense: recordById(org, 'UserLicense', profile.get('UserLicenseId'))?.get('Name') ?? null,
    userPermissions: readUserPermissions(org, set),
  });
}

/** A retrieve gives what the profile says about the other components of the same request, and about nothing else. */
function heldInScope(held: Document, scope: ReadScope): Document {
  const inScope: Record<string, readonly Document[]> = {};
  for (const [element, { key, type }] of Object.entries(profileAccesses)) {
    const named = scope.named(type);
    const items = children(held, element).filter((item) => named === undefined || named.has(text(item, key) ?? ''));
    if (items.length > 0) inScope[element] = items;
  }
  return { ...held, ...Object.fromEntries(Object.keys(profileAccesses).map((element) => [element, inScope[element]])) };
}
