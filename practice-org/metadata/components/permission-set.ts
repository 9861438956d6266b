import { assertSystemDependencies } from '../../dml/permission-dependencies.ts';
import { grantedSystemPermissions, systemPermissionNames } from '../../dml/licence-entitlements.ts';
import { changeRow, recordById, recordsWhere } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import type { ComponentRecords } from '../component-records.ts';
import { compact, flag, text, type Document } from '../document.ts';
import { checkedAccesses, permissionSetAccesses, type HasComponent } from './component-accesses.ts';
import type { ComponentType, Deployment } from './component-type.ts';
import { outcomeOf, systemCaller } from './outcome.ts';
import { readFieldPermissions, readObjectPermissions, writePermissionRows } from './permission-rows.ts';
import { readUserPermissions, userPermissionColumns } from './user-permissions.ts';

type PermissionSetKind = 'PermissionSet' | 'MutingPermissionSet';

/** Sets that somebody has made: not those behind profiles and groups. Muting sets are a type of their own. */
export function permissionSetNamed(org: PracticeOrg, kind: PermissionSetKind, name: string): StoredRecord | undefined {
  return recordsWhere(org, 'PermissionSet', { Name: name }).find((set) => isOfKind(set, kind));
}

function isOfKind(set: StoredRecord, kind: PermissionSetKind): boolean {
  if (kind === 'MutingPermissionSet') return set.get('Type') === 'Muting';
  return ['Regular', 'Session', 'Standard'].includes(String(set.get('Type'))) && set.get('IsOwnedByProfile') !== true;
}

/** Permission sets, and muting ones: a deployment replaces the whole set (Metadata API from version 40 on). */
export function permissionSetType(
  org: PracticeOrg,
  records: ComponentRecords,
  has: HasComponent,
  kind: PermissionSetKind,
): ComponentType {
  const type: ComponentType = {
    name: kind,
    names: () =>
      recordsWhere(org, 'PermissionSet', {})
        .filter((set) => isOfKind(set, kind))
        .map((set) => String(set.get('Name'))),
    rowId: (fullName) => permissionSetNamed(org, kind, fullName)?.id,
    read(fullName) {
      const set = permissionSetNamed(org, kind, fullName);
      return set === undefined ? undefined : readPermissionSet(org, set, records.held(kind, fullName));
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        const held = checkedAccesses(document, permissionSetAccesses, has);
        const id = writePermissionSet(org, kind, fullName, document, deployment);
        writePermissionRows(org, {
          permissionSetId: id,
          document,
          caller: systemCaller(deployment),
          replace: true,
          objectPermissions: true,
        });
        records.put(kind, fullName, deployment.caller.userId, { held });
      }),
    remove(fullName, deployment) {
      const set = permissionSetNamed(org, kind, fullName);
      if (set !== undefined) org.dml.delete(systemCaller(deployment), 'PermissionSet', set.id);
    },
  };
  return type;
}

function writePermissionSet(
  org: PracticeOrg,
  kind: PermissionSetKind,
  fullName: string,
  document: Document,
  deployment: Deployment,
): string {
  const caller = systemCaller(deployment);
  const off = Object.fromEntries(systemPermissionNames(org).map((name) => [`Permissions${name}`, false]));
  const values = {
    Label: text(document, 'label') ?? null,
    Description: text(document, 'description') ?? null,
    HasActivationRequired: flag(document, 'hasActivationRequired') ?? false,
    ...off,
    ...userPermissionColumns(org, document),
  };
  const LicenseId = licenceId(org, text(document, 'license'));
  const existing = permissionSetNamed(org, kind, fullName);
  if (existing === undefined) {
    const muting = kind === 'MutingPermissionSet' ? { Type: 'Muting' } : {};
    const id = org.dml.insert(caller, 'PermissionSet', { ...values, Name: fullName, LicenseId, ...muting });
    assertDependencies(org, id);
    return id;
  }
  if (existing.get('LicenseId') !== LicenseId) changeRow(org, 'PermissionSet', existing.id, { LicenseId });
  org.dml.update(caller, 'PermissionSet', existing.id, values);
  assertDependencies(org, existing.id);
  return existing.id;
}

function assertDependencies(org: PracticeOrg, permissionSetId: string): void {
  const set = recordById(org, 'PermissionSet', permissionSetId);
  if (set !== undefined && set.get('Type') !== 'Muting')
    assertSystemDependencies(org, grantedSystemPermissions(org, set));
}

/** A user licence by its name, or a permission set licence by its label or developer name. */
function licenceId(org: PracticeOrg, name: string | undefined): string | null {
  if (name === undefined || name === '') return null;
  const licence =
    recordsWhere(org, 'UserLicense', { Name: name })[0] ??
    recordsWhere(org, 'PermissionSetLicense', { MasterLabel: name })[0] ??
    recordsWhere(org, 'PermissionSetLicense', { DeveloperName: name })[0];
  if (licence === undefined) throw new ComponentError(`In field: license - no UserLicense named ${name} found`);
  return licence.id;
}

function readPermissionSet(org: PracticeOrg, set: StoredRecord, held: Document): Document {
  const licence =
    recordById(org, 'UserLicense', set.get('LicenseId'))?.get('Name') ??
    recordById(org, 'PermissionSetLicense', set.get('LicenseId'))?.get('MasterLabel') ??
    null;
  return compact({
    ...held,
    description: set.get('Description'),
    fieldPermissions: readFieldPermissions(org, set.id),
    hasActivationRequired: set.get('HasActivationRequired') === true,
    label: set.get('Label'),
    license: licence,
    objectPermissions: readObjectPermissions(org, set.id),
    userPermissions: readUserPermissions(org, set),
  });
}
