import { SalesforceError } from '../org/errors.ts';
import type { ComputedObject, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { checkbox, reference, restricted } from '../schema/notation.ts';
import { object } from '../schema/object-notation.ts';
import type { Values } from '../storage/table.ts';
import { normalizeId } from '../storage/record-id.ts';
import { computedRows, hintedValues } from './computed-rows.ts';

const maximumRecords = 200;
const notSetup = [
  'Id',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
];

export const userRecordAccess: ObjectDefinition = object(
  'UserRecordAccess',
  null,
  [
    reference('UserId', 'User', 'FG', { relationshipName: null }),
    restricted('RecordId', '', 'FSG', { length: 18 }),
    checkbox('HasReadAccess', 'FSG'),
    checkbox('HasEditAccess', 'FSG'),
    checkbox('HasDeleteAccess', 'FSG'),
    checkbox('HasTransferAccess', 'FSG'),
    checkbox('HasAllAccess', 'FSG'),
    restricted('MaxAccessLevel', 'None;Read;Edit;Delete;Transfer;All', 'SGN', { length: 40 }),
  ],
  { createable: false, updateable: false, deletable: false, without: notSetup },
);

type AccessOrg = Pick<PracticeOrg, 'store' | 'schema' | 'access'>;

/**
 * One user's access to at most 200 records. Records that do not exist, of objects without sharing, or that the caller may
 * not read are left out; restriction rules are not considered (Object Reference, UserRecordAccess).
 */
export function userRecordAccessSource(org: AccessOrg): ComputedObject {
  return (caller, hints) => {
    const users = new Set(hintedValues(hints, 'UserId')?.map((id) => normalizeId(id) ?? id));
    const records = new Set(hintedValues(hints, 'RecordId')?.map((id) => normalizeId(id) ?? id));
    const [userId] = users;
    if (userId === undefined || users.size > 1) throw refusal('UserId');
    if (records.size === 0) throw refusal('RecordId');
    if (records.size > maximumRecords) {
      throw new SalesforceError('EXCEEDED_ID_LIMIT', `Number of records exceeds limit:${maximumRecords}`);
    }
    const callerId = caller.system ? undefined : caller.userId;
    const rows = [...records].map((id) => accessRow(org, callerId, userId, id)).filter((row) => row !== undefined);
    return computedRows(userRecordAccess, rows);
  };
}

/** "UserRecordAccess only takes literal ids: one UserId and a list of RecordId"; the server's own text is unverified. */
function refusal(field: string): SalesforceError {
  return new SalesforceError('MALFORMED_QUERY', `UserRecordAccess: a filter on ${field} by literal Id is required`);
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
