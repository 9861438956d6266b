import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import type { Value, Values } from '../storage/table.ts';

/** What the platform fills in when the caller does not. */
export function defaultValues(caller: Caller, object: ObjectDefinition, given: Values): Values {
  const values: Record<string, Value> = {};
  for (const { name, defaultValue } of object.fields.values()) {
    if (defaultValue !== null && given[name] === undefined) values[name] = defaultValue;
  }
  const ownsRecords = object.ownerSharing && object.fields.has('ownerid');
  if (ownsRecords && (given['OwnerId'] ?? null) === null) values['OwnerId'] = caller.userId;
  return values;
}

export function creationStamp(org: PracticeOrg, caller: Caller, object: ObjectDefinition): Values {
  return stampOf(org, caller, object, ['Created', 'LastModified']);
}

export function modificationStamp(org: PracticeOrg, caller: Caller, object: ObjectDefinition): Values {
  return stampOf(org, caller, object, ['LastModified']);
}

/** Not every object has all system fields. */
function stampOf(
  org: PracticeOrg,
  caller: Caller,
  { fields }: ObjectDefinition,
  events: readonly ('Created' | 'LastModified')[],
): Values {
  const now = org.clock.timestamp();
  const stamp: Record<string, Value> = {};
  for (const event of events) {
    if (fields.has(`${event.toLowerCase()}byid`)) stamp[`${event}ById`] = caller.userId;
    if (fields.has(`${event.toLowerCase()}date`)) stamp[`${event}Date`] = now;
  }
  if (fields.has('systemmodstamp')) stamp['SystemModstamp'] = now;
  return stamp;
}
