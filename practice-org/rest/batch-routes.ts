import { RequestError } from './request-error.ts';
import { replyToThrown, resourceNotFound } from '../server/error-reply.ts';
import { json, type Reply } from '../server/reply.ts';
import type { ApiCall } from './api-call.ts';
import { jsonObject, optionalBoolean, type JsonObject } from './json-body.ts';
import { runSubrequest } from './subrequest.ts';

const mostSubrequests = 25;

type BatchResult = { readonly statusCode: number; readonly result: unknown };

/** Independent subrequests. Each counts as an API call of its own and none may be a Tooling path (REST guide, Batch). */
export function batch(call: ApiCall): Reply {
  const body = jsonObject(call.json());
  const list = body['batchRequests'];
  if (!Array.isArray(list)) throw new RequestError('MISSING_ARGUMENT', 'batchRequests must be specified');
  if (list.length > mostSubrequests) {
    throw new RequestError(
      'LIMIT_EXCEEDED',
      `Batch subrequests limit exceeded. Number of subrequests must not exceed ${mostSubrequests}.`,
    );
  }
  const results = runAll(call, list.map(jsonObject), optionalBoolean(body, 'haltOnError'));
  call.services.apiUsage.count(list.length);
  return json(200, { hasErrors: results.some((result) => result.statusCode >= 400), results });
}

function runAll(call: ApiCall, subrequests: readonly JsonObject[], haltOnError: boolean): readonly BatchResult[] {
  const results: BatchResult[] = [];
  let halted = false;
  for (const subrequest of subrequests) {
    const result: BatchResult = halted ? haltedResult() : runOne(call, subrequest);
    halted ||= haltOnError && result.statusCode >= 400;
    results.push(result);
  }
  return results;
}

function runOne(call: ApiCall, subrequest: JsonObject): BatchResult {
  const reply = answered(call, subrequest);
  return { statusCode: reply.status, result: reply.content.kind === 'json' ? reply.content.value : null };
}

function answered(call: ApiCall, { method, url, richInput }: JsonObject): Reply {
  try {
    const target = batchTarget(String(url));
    return runSubrequest(call, String(method).toUpperCase(), target, richInput);
  } catch (thrown) {
    return replyToThrown(thrown);
  }
}

/** Addresses are relative to /services/data: `v66.0/query?q=…`. */
function batchTarget(url: string): string {
  const relative = url.replace(/^\/?services\/data/, '').replace(/^\/+/, '');
  if (/^v\d+\.0\/composite\b/.test(relative)) throw resourceNotFound();
  return `/services/data/${relative}`;
}

function haltedResult(): BatchResult {
  return {
    statusCode: 412,
    result: [
      {
        errorCode: 'BATCH_PROCESSING_HALTED',
        message: 'Batch processing halted per request',
      },
    ],
  };
}
