import { SalesforceError } from '../org/errors.ts';
import { ComponentError } from '../metadata/component-error.ts';
import { parseXml, type XmlElement } from '../metadata/xml/parse.ts';
import { escapeXml, metadataNamespace } from '../metadata/xml/render.ts';

export type SoapRequest = {
  readonly operation: XmlElement;
  readonly sessionId: string | undefined;
  readonly allOrNone: boolean;
};

const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';
const schemaInstanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';

export function childNamed(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((child) => child.name === name);
}

/** SOAP knows no Authorization header: the access token is in the session header. */
export function parseEnvelope(xml: string): SoapRequest {
  const envelope = readXml(xml);
  const operation = childNamed(envelope, 'Body')?.children[0];
  if (envelope.name !== 'Envelope' || operation === undefined) {
    throw new SalesforceError('UNKNOWN_EXCEPTION', 'unable to find end tag at: Envelope');
  }
  const header = childNamed(envelope, 'Header');
  const allOrNone = childNamed(childNamed(header, 'AllOrNoneHeader'), 'allOrNone')?.text.trim() === 'true';
  const sessionId = childNamed(childNamed(header, 'SessionHeader'), 'sessionId')?.text.trim();
  return { operation, sessionId, allOrNone };
}

function readXml(xml: string): XmlElement {
  try {
    return parseXml(xml);
  } catch (error) {
    if (error instanceof ComponentError) throw new SalesforceError('UNKNOWN_EXCEPTION', error.message);
    throw error;
  }
}

/** Clients look for prefixed names: jsforce matches ":Envelope" and ":Body". */
function envelope(body: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<soapenv:Envelope xmlns:soapenv="${soapNamespace}" xmlns="${metadataNamespace}" xmlns:xsi="${schemaInstanceNamespace}">` +
    `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`
  );
}

export function replyEnvelope(operation: string, content: string): string {
  return envelope(`<${operation}Response>${content}</${operation}Response>`);
}

export function faultEnvelope(faultCode: string, faultString: string): string {
  const namespace = faultCode.startsWith('sf:') ? ` xmlns:sf="${metadataNamespace}"` : '';
  return envelope(
    `<soapenv:Fault${namespace}><faultcode>${escapeXml(faultCode)}</faultcode>` +
      `<faultstring>${escapeXml(faultString)}</faultstring></soapenv:Fault>`,
  );
}
