import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import type { Value } from '../storage/table.ts';
import { insufficientAccess } from './object-access.ts';
import { recordById } from './table-rows.ts';

/** An owner must be active, unless the caller may update records with inactive owners. */
export function assertCanOwn(org: PracticeOrg, caller: Caller, object: ObjectDefinition, ownerId: Value): void {
  if (caller.system || typeof ownerId !== 'string' || !ownerId.startsWith('005')) return;
  if (recordById(org, 'User', ownerId)?.get('IsActive') !== false) return;
  throw new SalesforceError(
    'INACTIVE_OWNER_OR_USER',
    `operation performed with inactive user [${ownerId.slice(0, 15)}] as owner of ${object.label.toLowerCase()}`,
  );
}

/** Giving a record away needs more than editing it: ownership, a role above the owner's, or the right to transfer. */
export function assertMayTransfer(org: PracticeOrg, caller: Caller, object: ObjectDefinition, row: number): void {
  if (caller.system || !object.ownerSharing) return;
  if (!org.access.recordAccess(caller.userId, object.name, row).hasTransferAccess) throw insufficientAccess();
}
