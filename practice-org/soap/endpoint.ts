import { SalesforceError } from '../org/errors.ts';
import type { Caller } from '../org/practice-org.ts';
import type { MetadataService } from '../metadata/metadata-service.ts';
import { metadataNamespace } from '../metadata/xml/render.ts';
import { faultEnvelope, parseEnvelope, replyEnvelope } from './envelope.ts';
import { operations } from './operations.ts';

export type SoapReply = {
  readonly status: 200 | 500;
  readonly body: string;
  /** Components changed for good; a deployment is still running when its request is answered. */
  readonly changed: Promise<number>;
};

/** The user behind a session, or Salesforce's refusal. */
export type CallerOfSession = (sessionId: string | undefined) => Caller;

/** Answers one request to /services/Soap/m/<version>. */
export function handleSoap(service: MetadataService, callerOf: CallerOfSession, xml: string): SoapReply {
  try {
    const { operation, sessionId, allOrNone } = parseEnvelope(xml);
    const handle = operations[operation.name];
    if (handle === undefined) {
      return fault('soapenv:Client', `No operation available for request {${metadataNamespace}}${operation.name}`);
    }
    const { content, changed } = handle(service, callerOf(sessionId), operation, allOrNone);
    return { status: 200, body: replyEnvelope(operation.name, content), changed };
  } catch (error) {
    if (error instanceof SalesforceError)
      return fault(`sf:${error.errorCode}`, `${error.errorCode}: ${faultText(error)}`);
    throw error;
  }
}

/** REST says of the same session that it is "expired or invalid". */
function faultText(error: SalesforceError): string {
  if (error.errorCode !== 'INVALID_SESSION_ID') return error.message;
  return 'Invalid Session ID found in SessionHeader: Illegal Session';
}

function fault(code: string, text: string): SoapReply {
  return { status: 500, body: faultEnvelope(code, text), changed: Promise.resolve(0) };
}
