import { RequestError } from '../rest/request-error.ts';
import { parameter, type ApiCall, type Handler } from '../rest/api-call.ts';
import { jsonObject } from '../rest/json-body.ts';
import { chunked, json, noContent, type Reply } from '../server/reply.ts';
import type { Route } from '../server/router.ts';
import { parseSoql } from '../soql/parser.ts';
import { jobRequest, requestedText } from './job-request.ts';
import { resultRows } from './query-job.ts';

const base = '/services/data/:version/jobs/query';

/** Rows of a part when the caller names no number: large results come in several parts. */
const rowsOfPart = 50_000;

export const bulkQueryRoutes: readonly Route<Handler>[] = [
  { pattern: base, methods: { GET: list, POST: create } },
  { pattern: `${base}/:id`, methods: { GET: information, PATCH: abort, DELETE: remove } },
  { pattern: `${base}/:id/results`, methods: { GET: results } },
];

function create(call: ApiCall): Reply {
  const body = jsonObject(call.json());
  const operation = requestedText(body, 'operation');
  if (operation !== 'query' && operation !== 'queryAll') {
    throw new RequestError('INVALIDJOB', `InvalidJob : Unknown operation: ${operation}`);
  }
  const soql = requestedText(body, 'query');
  const request = jobRequest(call, body, parseSoql(soql).from.names.at(-1) ?? '');
  return json(200, call.services.jobs.createQuery(call.caller, request, operation, soql).information());
}

function list(call: ApiCall): Reply {
  const records = call.services.jobs.queryJobs().map((job) => job.information());
  return json(200, { done: true, nextRecordsUrl: null, records });
}

function information(call: ApiCall): Reply {
  return json(200, call.services.jobs.query(parameter(call, 'id')).detailedInformation());
}

function abort(call: ApiCall): Reply {
  const job = call.services.jobs.query(parameter(call, 'id'));
  const state = requestedText(jsonObject(call.json()), 'state');
  if (state !== 'Aborted') throw new RequestError('INVALIDJOBSTATE', `A job cannot be put into the state ${state}`);
  job.abort(call.services.org.clock.timestamp());
  return json(200, job.information());
}

function remove(call: ApiCall): Reply {
  call.services.jobs.deleteQuery(parameter(call, 'id'));
  return noContent();
}

function results(call: ApiCall): Reply {
  const job = call.services.jobs.query(parameter(call, 'id'));
  const { size } = job.finished().result;
  const from = rowAt(call.query.get('locator'));
  const to = Math.min(size, from + requestedRows(call));
  call.effects.rows += to - from;
  return chunked('text/csv', resultRows(job, from, to), {
    'Sforce-Locator': to < size ? locatorOf(to) : 'null',
    'Sforce-NumberOfRecords': String(to - from),
  });
}

function requestedRows(call: ApiCall): number {
  const given = Number(call.query.get('maxRecords') ?? rowsOfPart);
  if (Number.isInteger(given) && given > 0) return given;
  throw new RequestError('INVALID_REQUEST_PARAMETER', 'maxRecords must be a positive number');
}

/** Locators are opaque to callers; here, the row number in base64. */
function locatorOf(row: number): string {
  return Buffer.from(String(row)).toString('base64url');
}

function rowAt(locator: string | null): number {
  if (locator === null) return 0;
  const row = Number(Buffer.from(locator, 'base64url').toString('utf8'));
  if (Number.isInteger(row) && row > 0) return row;
  throw new RequestError('INVALID_LOCATOR', 'Invalid locator');
}
