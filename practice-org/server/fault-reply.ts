import { errorReply } from './error-reply.ts';
import { SalesforceError } from '../org/errors.ts';
import type { FaultSpecification } from './faults.ts';
import { text, type Reply } from './reply.ts';
import { isSoapPath, soapFault } from './soap-fault.ts';

const statusOfCode: Readonly<Record<string, number>> = {
  INVALID_SESSION_ID: 401,
  REQUEST_LIMIT_EXCEEDED: 403,
  NOT_FOUND: 404,
  SERVER_UNAVAILABLE: 503,
  UNKNOWN_EXCEPTION: 500,
};

const messageOfCode: Readonly<Record<string, string>> = {
  INVALID_SESSION_ID: 'Session expired or invalid',
  REQUEST_LIMIT_EXCEEDED: 'TotalRequests Limit exceeded.',
  NOT_FOUND: 'The requested resource does not exist',
  SERVER_UNAVAILABLE: 'Server Unavailable',
};

/** The answer a fault asks for instead of the real one; undefined when it only delays or drops. */
export function faultReply(fault: FaultSpecification, path: string): Reply | undefined {
  const { status, errorCode, message } = fault;
  // Without a Salesforce error code, something between client and Salesforce answers: any body it likes.
  if (errorCode === undefined) return status === undefined ? undefined : text(status, 'text/html', message ?? '');
  const error = new SalesforceError(errorCode, message ?? messageOfCode[errorCode] ?? errorCode, {
    httpStatus: status ?? statusOfCode[errorCode] ?? 400,
  });
  return isSoapPath(path) ? soapFault(error) : errorReply(error);
}
