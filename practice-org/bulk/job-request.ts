import { RequestError } from '../rest/request-error.ts';
import type { ApiCall } from '../rest/api-call.ts';
import type { JsonObject } from '../rest/json-body.ts';
import { isDelimiterName } from './csv.ts';
import type { JobRequest } from './bulk-jobs.ts';

/** What ingest and query jobs have in common in the request that creates them. */
export function jobRequest(call: ApiCall, body: JsonObject, object: string): JobRequest {
  const { lineEnding = 'LF', columnDelimiter = 'COMMA', contentType = 'CSV' } = body;
  if (lineEnding !== 'LF' && lineEnding !== 'CRLF') throw invalid(`Unknown line ending: ${String(lineEnding)}`);
  if (!isDelimiterName(columnDelimiter)) throw invalid(`Unknown column delimiter: ${String(columnDelimiter)}`);
  if (contentType !== 'CSV') throw invalid(`Unsupported content type: ${String(contentType)}`);
  const definition = call.services.org.schema.object(object);
  if (definition === undefined || !call.services.org.store.hasTable(definition.name)) {
    throw invalid(`Unable to find object: ${object}`);
  }
  return { object: definition.name, lineEnding, columnDelimiter };
}

export function requestedText(body: JsonObject, key: string): string {
  const value = body[key];
  if (typeof value === 'string' && value !== '') return value;
  throw invalid(`${key} is required`);
}

function invalid(message: string): RequestError {
  return new RequestError('INVALIDJOB', `InvalidJob : ${message}`);
}
