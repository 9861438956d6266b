import { RequestError } from './request-error.ts';
import { json, type Reply } from '../server/reply.ts';
import { runQuery } from '../soql/query.ts';
import { parameter, versionPath, type ApiCall } from './api-call.ts';
import type { QueryPage } from './query-cursors.ts';

export function query(call: ApiCall): Reply {
  return answer(call, 'query', { tooling: false, allRows: false });
}

export function queryAll(call: ApiCall): Reply {
  return answer(call, 'queryAll', { tooling: false, allRows: true });
}

export function toolingQuery(call: ApiCall): Reply {
  return answer(call, 'tooling/query', { tooling: true, allRows: false });
}

export function queryMore(call: ApiCall): Reply {
  return page(call, 'query', call.services.cursors.next(parameter(call, 'locator'), call.caller.userId));
}

export function queryAllMore(call: ApiCall): Reply {
  return page(call, 'queryAll', call.services.cursors.next(parameter(call, 'locator'), call.caller.userId));
}

export function toolingQueryMore(call: ApiCall): Reply {
  return page(call, 'tooling/query', call.services.cursors.next(parameter(call, 'locator'), call.caller.userId));
}

function answer(
  call: ApiCall,
  resource: string,
  options: { readonly tooling: boolean; readonly allRows: boolean },
): Reply {
  const soql = call.query.get('q');
  if (soql === null || soql.trim() === '') {
    throw new RequestError('MALFORMED_QUERY', 'A query string has to be specified');
  }
  const result = runQuery(call.services.org, call.caller, soql, options);
  if (call.query.get('columns') === 'true') return json(200, result.columnMetadata());
  return page(call, resource, call.services.cursors.open(result, call.caller.userId, requestedBatchSize(call)));
}

function page(call: ApiCall, resource: string, { totalSize, done, records, locator }: QueryPage): Reply {
  call.effects.rows += records.length;
  if (locator === null) return json(200, { totalSize, done, records });
  return json(200, { totalSize, done, nextRecordsUrl: `${versionPath(call)}/${resource}/${locator}`, records });
}

/** Header `Sforce-Query-Options: batchSize=200` (REST guide). */
function requestedBatchSize(call: ApiCall): number | undefined {
  const digits = /batchSize=(\d+)/i.exec(call.headers['sforce-query-options'] ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
