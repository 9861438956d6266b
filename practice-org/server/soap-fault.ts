import type { SalesforceError } from '../org/errors.ts';
import { text, type Reply } from './reply.ts';

export function isSoapPath(path: string): boolean {
  return path.startsWith('/services/Soap/');
}

/** A fault made by the transport, before the SOAP endpoint sees the envelope. HTTP status 500, as SOAP 1.1 wants it. */
export function soapFault(error: SalesforceError): Reply {
  const code = escapeXml(error.errorCode);
  return text(
    error.httpStatus === 503 ? 503 : 500,
    'text/xml;charset=UTF-8',
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="http://soap.sforce.com/2006/04/metadata">' +
      `<soapenv:Body><soapenv:Fault><faultcode>sf:${code}</faultcode>` +
      `<faultstring>${code}: ${escapeXml(error.message)}</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`,
  );
}

/** Name of the first element in the SOAP body. */
export function soapAction(xml: string): string | null {
  return /<(?:[\w-]+:)?Body[^>]*>\s*<(?:[\w-]+:)?([A-Za-z]+)/.exec(xml)?.[1] ?? null;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
