import { SalesforceError } from '../org/errors.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { resourceNotFound } from '../server/error-reply.ts';
import { json, noContent, type Reply } from '../server/reply.ts';
import { runQuery } from '../soql/query.ts';
import { quoted } from '../soql/string-literal.ts';
import { parameter, versionPath, type ApiCall } from './api-call.ts';
import { jsonObject, recordValues } from './json-body.ts';
import { pathObject } from './object-names.ts';
import { deleteRecord, insertRecord, updateRecord, upsertRecord } from './record-writes.ts';

const recordIdPattern = /^[a-zA-Z0-9]{15}(?:[a-zA-Z0-9]{3})?$/;

export function createRecord(call: ApiCall): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  const id = insertRecord(call, object.name, recordValues(jsonObject(call.json())));
  return json(
    201,
    { id, success: true, errors: [] },
    { Location: `${versionPath(call)}/sobjects/${object.name}/${id}` },
  );
}

export function getRecord(call: ApiCall): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  return json(200, readRecord(call, object, 'Id', recordIdOf(call)));
}

export function patchRecord(call: ApiCall): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  updateRecord(call, object.name, recordIdOf(call), recordValues(jsonObject(call.json())));
  return noContent();
}

export function removeRecord(call: ApiCall): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  deleteRecord(call, object.name, recordIdOf(call));
  return noContent();
}

export function getRecordByExternalId(call: ApiCall): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  return json(200, readRecord(call, object, parameter(call, 'field'), parameter(call, 'key')));
}

export function upsertByExternalId(call: ApiCall): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  const values = recordValues(jsonObject(call.json()));
  const { id, created } = upsertRecord(call, object.name, parameter(call, 'field'), parameter(call, 'key'), values);
  return json(created ? 201 : 200, { id, success: true, errors: [], created });
}

export function deleteByExternalId(call: ApiCall): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  const record = readRecord(call, object, parameter(call, 'field'), parameter(call, 'key'), ['Id']);
  deleteRecord(call, object.name, String(record['Id']));
  return noContent();
}

function recordIdOf(call: ApiCall): string {
  const id = parameter(call, 'id');
  if (recordIdPattern.test(id)) return id;
  throw new SalesforceError('NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${id}`, {
    httpStatus: 404,
  });
}

/** One record as its reader sees it: a query, so that sharing and field-level security hold here as everywhere. */
function readRecord(
  call: ApiCall,
  object: ObjectDefinition,
  keyField: string,
  key: string,
  wanted: readonly string[] = requestedFields(call, object),
): Readonly<Record<string, unknown>> {
  const soql = `SELECT ${wanted.join(', ')} FROM ${object.name} WHERE ${keyField} = ${quoted(key)}`;
  const result = runQuery(call.services.org, call.caller, soql, { tooling: call.path.includes('/tooling/') });
  if (result.totalSize === 0) throw resourceNotFound();
  call.effects.rows += 1;
  return result.record(0);
}

function requestedFields(call: ApiCall, object: ObjectDefinition): readonly string[] {
  const given = call.query.get('fields');
  if (given !== null) return given.split(',').map((field) => field.trim());
  const { access } = call.services.org;
  return [...object.fields.values()]
    .filter((field) => access.fieldAccess(call.caller.userId, object.name, field.name).read)
    .map((field) => field.name);
}
