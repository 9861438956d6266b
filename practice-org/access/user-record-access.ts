import type { ComputedObject, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import type { Values } from '../storage/table.ts';
import { normalizeId } from '../storage/record-id.ts';
import { computedRows, hintedValues } from './computed-rows.ts';
import { userRecordAccess } from './user-access-objects.ts';

type AccessOrg = Pick<PracticeOrg, 'store' | 'schema' | 'access'>;

/**
 * One user's access to records that the query names; how many, and what it may select, the query engine checks. Records that do not exist, of objects without sharing, or that the caller may
 * not read are left out; restriction rules are not considered (Object Reference, UserRecordAccess).
 */
export function userRecordAccessSource(org: AccessOrg): ComputedObject {
  return (caller, hints) => {
    const users = hintedValues(hints, 'UserId')?.map((id) => normalizeId(id) ?? id) ?? [];
    const records = new Set(hintedValues(hints, 'RecordId')?.map((id) => normalizeId(id) ?? id));
    const [userId] = users;
    if (userId === undefined) return computedRows(userRecordAccess, []);
    const callerId = caller.system ? undefined : caller.userId;
    const rows = [...records].map((id) => accessRow(org, callerId, userId, id)).filter((row) => row !== undefined);
    return computedRows(userRecordAccess, rows);
  };
}

function accessRow(org: AccessOrg, callerId: string | undefined, userId: string, recordId: string): Values | undefined {
  const shared = [...org.schema.objects()].find(
    ({ keyPrefix }) => keyPrefix !== null && recordId.startsWith(keyPrefix),
  );
  if (!shared || !org.store.hasTable(shared.name) || !isOnSharingSettings(shared)) return undefined;
  const row = org.store.table(shared.name).rowOf(recordId);
  if (row === undefined) return undefined;
  if (callerId !== undefined && !org.access.recordAccess(callerId, shared.name, row).hasReadAccess) return undefined;
  const access = org.access.recordAccess(userId, shared.name, row);
  return {
    UserId: userId,
    RecordId: recordId,
    HasReadAccess: access.hasReadAccess,
    HasEditAccess: access.hasEditAccess,
    HasDeleteAccess: access.hasDeleteAccess,
    HasTransferAccess: access.hasTransferAccess,
    HasAllAccess: access.hasAllAccess,
    MaxAccessLevel: access.maxAccessLevel,
  };
}

/** "You can only query records of objects listed on the Sharing Settings Setup page." */
function isOnSharingSettings({ permissionable, setup }: ObjectDefinition): boolean {
  return permissionable && !setup;
}
