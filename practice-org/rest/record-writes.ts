import type { Values } from '../storage/table.ts';
import { upsert, type UpsertResult } from '../dml/upsert.ts';
import type { ApiCall } from './api-call.ts';

/** Create, update and delete in the caller's name, counted in the request's effects. */
export function insertRecord(call: ApiCall, object: string, values: Values): string {
  const id = call.services.org.dml.insert(call.caller, object, values);
  call.effects.changed += 1;
  return id;
}

export function updateRecord(call: ApiCall, object: string, id: string, values: Values): void {
  if (call.services.org.dml.update(call.caller, object, id, values)) call.effects.changed += 1;
}

export function deleteRecord(call: ApiCall, object: string, id: string): void {
  call.services.org.dml.delete(call.caller, object, id);
  call.effects.changed += 1;
}

export function upsertRecord(
  call: ApiCall,
  object: string,
  externalIdField: string,
  key: string,
  values: Values,
): UpsertResult {
  const result = upsert(call.services.org, call.caller, object, externalIdField, key, values);
  if (result.changed) call.effects.changed += 1;
  return result;
}
