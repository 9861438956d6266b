import type { IncomingMessage } from 'node:http';
import { gunzipSync, inflateSync } from 'node:zlib';

/** A request as it arrived: address normalised, body still to be read. */
export type Incoming = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Path and query as sent, leading slashes collapsed: what the log and the faults go by. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly headerBytes: number;
};

export function incoming(message: IncomingMessage): Incoming {
  // The CLI stores instance addresses with a trailing slash and then asks for //services/…
  const address = (message.url ?? '/').replace(/^\/{2,}/, '/');
  const [rawPath = '/', rawQuery = ''] = splitOnce(address, '?');
  return {
    method: message.method ?? 'GET',
    path: rawPath.replaceAll(/\/{2,}/g, '/'),
    query: new URLSearchParams(rawQuery),
    address,
    headers: flatHeaders(message),
    headerBytes: message.rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0),
  };
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function flatHeaders(message: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

export async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function decodeBody(raw: Buffer, encoding: string | undefined): Buffer {
  if (raw.length === 0) return raw;
  if (encoding === 'gzip') return gunzipSync(raw);
  return encoding === 'deflate' ? inflateSync(raw) : raw;
}
