import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { Value } from '../storage/table.ts';
import { insufficientAccess } from './object-access.ts';
import { textOf, type StoredRecord } from './object-rule.ts';
import { userLicenceOfProfile } from './licence-seats.ts';
import { recordSetupChange } from './setup-audit.ts';
import { recordById } from './table-rows.ts';

type PermissionKind = 'object' | 'field';

/**
 * Which permission sets take rows of their own:
 * - the aggregate of a permission set group never does, it is computed;
 * - a standard profile keeps its object permissions, but field permissions are open (Security Implementation Guide,
 *   users_profiles_orig_ui_editing);
 * - on the profiles of the integration licence even that is unverified: quirk field-permissions.
 */
export function assertParentTakesRows(org: PracticeOrg, caller: Caller, parentId: Value, kind: PermissionKind): void {
  const parent = recordById(org, 'PermissionSet', parentId);
  if (!parent || caller.system) return;
  if (parent.get('Type') === 'Group') throw insufficientAccess();
  if (parent.get('IsOwnedByProfile') === true && !profileTakesRows(org, parent, kind)) throw insufficientAccess();
}

function profileTakesRows(org: PracticeOrg, parent: StoredRecord, kind: PermissionKind): boolean {
  if (kind === 'object') return parent.get('IsCustom') === true;
  const licence = userLicenceOfProfile(org, parent.get('ProfileId'));
  const isIntegration = licence !== undefined && textOf(licence, 'Name') === 'Salesforce Integration';
  return !isIntegration || org.settings.quirks['field-permissions'] === 'rows';
}

/** Field and object permissions of a profile are traced under another action than those of a permission set. */
export function auditPermissionRow(
  org: PracticeOrg,
  caller: Caller,
  row: StoredRecord,
  { kind, subject }: { readonly kind: PermissionKind; readonly subject: string },
): void {
  const parent = recordById(org, 'PermissionSet', row.get('ParentId'));
  if (!parent) return;
  const change = kind === 'field' ? 'field-level security' : 'object permissions';
  const owner = parent.get('IsOwnedByProfile') === true ? 'profile' : 'PermSet';
  recordSetupChange(org, caller, {
    action: `${owner}${kind === 'field' ? 'Fls' : 'EntityPerm'}Changed`,
    section: 'Manage Users',
    display: `Changed ${change} of ${subject} in ${textOf(parent, 'Label')}`,
  });
}

/** A muting set names what it takes away: there Edit alone means that Read is left. */
export function isMuting(org: PracticeOrg, parentId: Value): boolean {
  return recordById(org, 'PermissionSet', parentId)?.get('Type') === 'Muting';
}
