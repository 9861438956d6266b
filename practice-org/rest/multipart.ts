import { RequestError } from './request-error.ts';

export type Part = { readonly name: string; readonly content: Buffer };

/** Parts of a multipart/form-data body. */
export function multipartParts(body: Buffer, contentType: string): readonly Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) throw new RequestError('INVALID_MULTIPART_REQUEST', 'The boundary is missing');
  const delimiter = Buffer.from(`--${boundary}`);
  const parts: Part[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const from = start + delimiter.length;
    const end = body.indexOf(delimiter, from);
    if (end < 0) break;
    const part = parsePart(body.subarray(from, end));
    if (part !== undefined) parts.push(part);
    start = end;
  }
  return parts;
}

function parsePart(bytes: Buffer): Part | undefined {
  const headerEnd = bytes.indexOf('\r\n\r\n');
  if (headerEnd < 0) return undefined;
  const name = /name="([^"]*)"/.exec(bytes.subarray(0, headerEnd).toString('utf8'))?.[1];
  if (name === undefined) return undefined;
  const content = bytes.subarray(headerEnd + 4);
  // The line break before the next delimiter belongs to the delimiter (RFC 2046, 5.1.1).
  return { name, content: content.subarray(0, Math.max(0, content.length - 2)) };
}
