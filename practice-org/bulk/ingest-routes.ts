import { RequestError } from '../rest/request-error.ts';
import { parameter, type ApiCall, type Handler } from '../rest/api-call.ts';
import { jsonObject, parseJson, type JsonObject } from '../rest/json-body.ts';
import { multipartParts } from '../rest/multipart.ts';
import { chunked, json, noContent, type Reply } from '../server/reply.ts';
import type { Route } from '../server/router.ts';
import type { IngestJob } from './ingest-job.ts';
import { resultFile, type ResultKind } from './ingest-results.ts';
import type { IngestOperation } from './job-information.ts';
import { jobRequest, requestedText } from './job-request.ts';

const base = '/services/data/:version/jobs/ingest';
const operations: ReadonlySet<string> = new Set(['insert', 'update', 'upsert', 'delete', 'hardDelete']);

export const ingestRoutes: readonly Route<Handler>[] = [
  { pattern: base, methods: { GET: list, POST: create } },
  { pattern: `${base}/:id`, methods: { GET: information, PATCH: changeState, DELETE: remove } },
  { pattern: `${base}/:id/batches`, methods: { PUT: upload } },
  { pattern: `${base}/:id/successfulResults`, methods: { GET: (call) => results(call, 'successfulResults') } },
  { pattern: `${base}/:id/failedResults`, methods: { GET: (call) => results(call, 'failedResults') } },
  // Both spellings occur: the guide has a capital R, the CLI asks in lower case.
  { pattern: `${base}/:id/unprocessedrecords`, methods: { GET: (call) => results(call, 'unprocessedrecords') } },
  { pattern: `${base}/:id/unprocessedRecords`, methods: { GET: (call) => results(call, 'unprocessedrecords') } },
];

function create(call: ApiCall): Reply {
  const contentType = call.headers['content-type'] ?? '';
  return contentType.startsWith('multipart/form-data') ? createWithContent(call, contentType) : createEmpty(call);
}

function createEmpty(call: ApiCall): Reply {
  return json(200, createJob(call, jsonObject(call.json())).information());
}

/** Job and content in one request: the job is closed at once (Bulk API 2.0 guide, "Create a Multipart Job"). */
function createWithContent(call: ApiCall, contentType: string): Reply {
  const parts = multipartParts(call.bytes, contentType);
  const description = parts.find((part) => part.name === 'job')?.content.toString('utf8') ?? '';
  const job = createJob(call, jsonObject(parseJson(description)));
  job.upload(parts.find((part) => part.name === 'content')?.content ?? Buffer.alloc(0));
  close(call, job);
  return json(200, job.information());
}

function createJob(call: ApiCall, body: JsonObject): IngestJob {
  const operation = requestedText(body, 'operation');
  if (!isOperation(operation)) throw invalidJob(`Unknown operation: ${operation}`);
  const request = jobRequest(call, body, requestedText(body, 'object'));
  const externalId = body['externalIdFieldName'];
  if (operation === 'upsert' && typeof externalId !== 'string') {
    throw invalidJob('External ID was blank for upsert operation');
  }
  refuseUnauthorised(call, request.object, operation);
  return call.services.jobs.createIngest(
    call.caller,
    request,
    operation,
    operation === 'upsert' && typeof externalId === 'string' ? externalId : null,
  );
}

function isOperation(operation: string): operation is IngestOperation {
  return operations.has(operation);
}

function refuseUnauthorised(call: ApiCall, object: string, operation: IngestOperation): void {
  const { org } = call.services;
  if (operation !== 'hardDelete' || org.access.systemPermission(call.caller.userId, 'BulkApiHardDelete')) return;
  throw new RequestError(
    'FEATURENOTENABLED',
    `hardDelete operation requires special user profile permission, please contact your system administrator: ${object}`,
  );
}

function list(call: ApiCall): Reply {
  const records = call.services.jobs.ingestJobs().map((job) => job.information());
  return json(200, { done: true, nextRecordsUrl: null, records });
}

function information(call: ApiCall): Reply {
  return json(200, call.services.jobs.ingest(parameter(call, 'id')).detailedInformation());
}

function upload(call: ApiCall): Reply {
  call.services.jobs.ingest(parameter(call, 'id')).upload(call.bytes);
  return noContent(201);
}

function changeState(call: ApiCall): Reply {
  const job = call.services.jobs.ingest(parameter(call, 'id'));
  const state = requestedText(jsonObject(call.json()), 'state');
  if (state === 'UploadComplete') close(call, job);
  else if (state === 'Aborted') job.abort(call.services.org.clock.timestamp());
  else throw new RequestError('INVALIDJOBSTATE', `A job cannot be put into the state ${state}`);
  return json(200, job.briefInformation());
}

function close(call: ApiCall, job: IngestJob): void {
  const { jobs, faults, org } = call.services;
  job.close(org.clock.timestamp());
  jobs.startIngest({ caller: call.caller, effects: call.effects, faults }, job);
}

function remove(call: ApiCall): Reply {
  call.services.jobs.deleteIngest(parameter(call, 'id'));
  return noContent();
}

function results(call: ApiCall, kind: ResultKind): Reply {
  return chunked('text/csv', resultFile(call.services.jobs.ingest(parameter(call, 'id')), kind));
}

function invalidJob(message: string): RequestError {
  return new RequestError('INVALIDJOB', `InvalidJob : ${message}`);
}
