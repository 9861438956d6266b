import { json, type Reply } from '../server/reply.ts';
import { runQuery } from '../soql/query.ts';
import { parameter, type ApiCall } from './api-call.ts';
import { jsonObject } from './json-body.ts';
import { pathObject } from './object-names.ts';
import { RequestError } from './request-error.ts';

const mostRecords = 2000;

/** GET with `ids` and `fields` in the address. */
export function readCollection(call: ApiCall): Reply {
  return records(call, listOf(call.query.get('ids')), listOf(call.query.get('fields')));
}

/** POST with both in the body, for more Ids than an address can hold. */
export function readCollectionByBody(call: ApiCall): Reply {
  const { ids, fields } = jsonObject(call.json());
  return records(call, Array.isArray(ids) ? ids.map(String) : [], Array.isArray(fields) ? fields.map(String) : []);
}

/** In the order of the Ids, null where the caller sees no record of that Id (REST guide, sObject Collections). */
function records(call: ApiCall, ids: readonly string[], fields: readonly string[]): Reply {
  const object = pathObject(call, parameter(call, 'object'));
  if (ids.length === 0 || fields.length === 0)
    throw new RequestError('MISSING_ARGUMENT', 'ids and fields are required');
  if (ids.length > mostRecords) {
    throw new RequestError('EXCEEDED_ID_LIMIT', `record limit reached. cannot submit more than ${mostRecords} records`);
  }
  const literals = ids.map((id) => `'${id.replaceAll(/[^a-zA-Z0-9]/g, '')}'`).join(',');
  const names = [...new Set(['Id', ...fields])].join(', ');
  const soql = `SELECT ${names} FROM ${object.name} WHERE Id IN (${literals})`;
  const result = runQuery(call.services.org, call.caller, soql, { tooling: false });
  const found = new Map<string, unknown>();
  for (let index = 0; index < result.size; index += 1) {
    const record = result.record(index);
    if (typeof record['Id'] === 'string') found.set(record['Id'].slice(0, 15), record);
  }
  call.effects.rows += found.size;
  return json(
    200,
    ids.map((id) => found.get(id.slice(0, 15)) ?? null),
  );
}

function listOf(text: string | null): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
