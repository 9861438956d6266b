import { SalesforceError } from '../org/errors.ts';
import { json, type Reply } from '../server/reply.ts';
import type { Value, Values } from '../storage/table.ts';
import { parameter, type ApiCall } from './api-call.ts';
import { isJsonObject, jsonObject, optionalBoolean, recordType, recordValues, type JsonObject } from './json-body.ts';
import { RequestError } from './request-error.ts';
import { deleteRecord, insertRecord, updateRecord, upsertRecord } from './record-writes.ts';

type SaveResult = {
  readonly id?: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly {
    readonly statusCode: string;
    readonly message: string;
    readonly fields: readonly string[];
  }[];
};

type RowWork = (call: ApiCall) => SaveResult;

const mostRecords = 200;

export function createCollection(call: ApiCall): Reply {
  const body = jsonObject(call.json());
  const records = recordList(body);
  refuseMixedSetupTypes(call, records.map(recordType));
  return collectionReply(
    call,
    optionalBoolean(body, 'allOrNone'),
    records.map((record) => (row) => {
      const id = insertRecord(row, recordType(record), recordValues(record));
      return { id, success: true, errors: [] };
    }),
  );
}

export function updateCollection(call: ApiCall): Reply {
  const body = jsonObject(call.json());
  const records = recordList(body);
  refuseMixedSetupTypes(call, records.map(recordType));
  return collectionReply(
    call,
    optionalBoolean(body, 'allOrNone'),
    records.map((record) => (row) => {
      const { id, values } = separateId(record);
      updateRecord(row, recordType(record), id, values);
      return { id, success: true, errors: [] };
    }),
  );
}

export function upsertCollection(call: ApiCall): Reply {
  const body = jsonObject(call.json());
  const object = parameter(call, 'object');
  const field = parameter(call, 'field');
  return collectionReply(
    call,
    optionalBoolean(body, 'allOrNone'),
    recordList(body).map((record) => (row) => {
      const { value: key, rest } = takeOut(recordValues(record), field);
      if (key === null) throw new SalesforceError('MISSING_ARGUMENT', `${field} not specified`);
      const { id, created } = upsertRecord(row, object, field, String(key), rest);
      return { id, success: true, created, errors: [] };
    }),
  );
}

export function deleteCollection(call: ApiCall): Reply {
  const ids = (call.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  refuseSize(ids.length);
  return collectionReply(
    call,
    call.query.get('allOrNone') === 'true',
    ids.map((id) => (row) => {
      deleteRecord(row, objectOfId(row, id), id);
      return { id, success: true, errors: [] };
    }),
  );
}

function collectionReply(call: ApiCall, allOrNone: boolean, rows: readonly RowWork[]): Reply {
  return json(200, allOrNone ? together(call, rows) : rows.map((row) => one(call, row)));
}

function one(call: ApiCall, row: RowWork): SaveResult {
  try {
    return row(call);
  } catch (thrown) {
    if (thrown instanceof SalesforceError) return failure(thrown);
    throw thrown;
  }
}

class RolledBack extends Error {}

/** All rows in one transaction. One failure undoes all; the rows without a failure of their own say so. */
function together(call: ApiCall, rows: readonly RowWork[]): readonly SaveResult[] {
  let results: readonly SaveResult[] = [];
  try {
    call.effects.within((effects) =>
      call.services.org.store.transaction(() => {
        results = rows.map((row) => one({ ...call, effects }, row));
        if (results.some((result) => !result.success)) throw new RolledBack();
      }),
    );
    return results;
  } catch (thrown) {
    if (!(thrown instanceof RolledBack)) throw thrown;
    return results.map((result) => (result.success ? failure(rolledBack()) : result));
  }
}

function failure(error: SalesforceError): SaveResult {
  return {
    success: false,
    errors: [{ statusCode: error.errorCode, message: error.message, fields: error.fields }],
  };
}

function rolledBack(): SalesforceError {
  return new SalesforceError(
    'ALL_OR_NONE_OPERATION_ROLLED_BACK',
    'Record rolled back because not all records were valid and the request was using AllOrNone header',
  );
}

function recordList(body: JsonObject): readonly JsonObject[] {
  const { records } = body;
  if (!Array.isArray(records) || records.length === 0) {
    throw new RequestError('REQUIRED_FIELD_MISSING', 'At least 1 record is required');
  }
  refuseSize(records.length);
  return records.filter(isJsonObject);
}

function refuseSize(size: number): void {
  if (size <= mostRecords) return;
  throw new RequestError(
    'EXCEEDED_ID_LIMIT',
    `record limit reached. cannot submit more than ${mostRecords} records into this call`,
  );
}

/**
 * REST guide, sObject Collections: "You can't create records for multiple object types in one call when one of the types is
 * related to an area in the Setup menu."
 */
function refuseMixedSetupTypes(call: ApiCall, types: readonly string[]): void {
  const distinct = new Set(types.map((type) => type.toLowerCase()));
  if (distinct.size < 2) return;
  const setup = [...distinct].find((type) => call.services.org.schema.object(type)?.setup === true);
  if (setup === undefined) return;
  throw new RequestError(
    'INVALID_OPERATION',
    "You can't create records for multiple object types in one call when one of the types is related to an area in the Setup menu.",
  );
}

function separateId(record: JsonObject): { readonly id: string; readonly values: Values } {
  const { value, rest } = takeOut(recordValues(record), 'Id');
  if (typeof value === 'string') return { id: value, values: rest };
  throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call');
}

/** Takes one field, named in any case, out of the values of a record. */
function takeOut(values: Values, field: string): { readonly value: Value; readonly rest: Values } {
  const isTaken = (name: string): boolean => name.toLowerCase() === field.toLowerCase();
  const entries = Object.entries(values);
  return {
    value: entries.find(([name]) => isTaken(name))?.[1] ?? null,
    rest: Object.fromEntries(entries.filter(([name]) => !isTaken(name))),
  };
}

function objectOfId(call: ApiCall, id: string): string {
  const prefix = id.slice(0, 3);
  for (const object of call.services.org.schema.objects()) if (object.keyPrefix === prefix) return object.name;
  throw new SalesforceError('MALFORMED_ID', `malformed id ${id}`);
}
