import { SalesforceError } from '../org/errors.ts';
import { RequestError } from '../rest/request-error.ts';
import { json, type Reply } from './reply.ts';

type ErrorBody = { readonly message: string; readonly errorCode: string; readonly fields?: readonly string[] };

/**
 * REST shape of an error. Recorded answers carry `fields` on record errors and leave it out on query, session and routing
 * errors.
 */
export function errorBody(error: SalesforceError): readonly ErrorBody[] {
  const { message, errorCode, fields } = error;
  const concernsRecord = !(error instanceof RequestError) && !withoutFields.has(errorCode);
  return concernsRecord ? [{ message, errorCode, fields }] : [{ message, errorCode }];
}

const withoutFields: ReadonlySet<string> = new Set([
  'INVALID_SESSION_ID',
  'NOT_FOUND',
  'JSON_PARSER_ERROR',
  'MALFORMED_QUERY',
  'INVALID_FIELD',
  'INVALID_TYPE',
  'REQUEST_LIMIT_EXCEEDED',
  'SERVER_UNAVAILABLE',
  'API_CURRENTLY_DISABLED',
  'UNKNOWN_EXCEPTION',
]);

export function errorReply(error: SalesforceError): Reply {
  return json(error.httpStatus, errorBody(error));
}

/** Anything that is not a SalesforceError is a defect of the practice org: shown as Salesforce shows its own, cause on stderr. */
export function replyToThrown(thrown: unknown): Reply {
  if (thrown instanceof SalesforceError) return errorReply(thrown);
  process.stderr.write(
    `practice org: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`,
  );
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return errorReply(
    new SalesforceError('UNKNOWN_EXCEPTION', `An unexpected error occurred. ${message}`, { httpStatus: 500 }),
  );
}

export function resourceNotFound(): SalesforceError {
  return new SalesforceError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });
}
