import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { Value } from '../storage/table.ts';
import { insufficientAccess } from './object-access.ts';
import { textOf, type StoredRecord } from './object-rule.ts';
import { userLicenceOfProfile } from './licence-seats.ts';
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

/** A muting set names what it takes away: there Edit alone means that Read is left. */
export function isMuting(org: PracticeOrg, parentId: Value): boolean {
  return recordById(org, 'PermissionSet', parentId)?.get('Type') === 'Muting';
}
