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
  const stamp: Record<string, Value> = { ...modificationStamp(org, caller, object) };
  if (object.fields.has('createdbyid')) stamp['CreatedById'] = caller.userId;
  if (object.fields.has('createddate')) stamp['CreatedDate'] = org.clock.timestamp();
  return stamp;
}

export function modificationStamp(org: PracticeOrg, caller: Caller, object: ObjectDefinition): Values {
  const stamp: Record<string, Value> = {};
  if (object.fields.has('lastmodifiedbyid')) stamp['LastModifiedById'] = caller.userId;
  if (object.fields.has('lastmodifieddate')) stamp['LastModifiedDate'] = org.clock.timestamp();
  if (object.fields.has('systemmodstamp')) stamp['SystemModstamp'] = org.clock.timestamp();
  return stamp;
}
