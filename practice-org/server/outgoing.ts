import type { ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Reply } from './reply.ts';

/** Writes an answer; returns the bytes of its body. */
export async function write(
  response: ServerResponse,
  reply: Reply,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const all = { ...headers, ...reply.headers };
  const { content } = reply;
  switch (content.kind) {
    case 'none':
      response.writeHead(reply.status, all).end();
      return 0;
    case 'json':
      return writeWhole(response, reply.status, all, 'application/json;charset=UTF-8', JSON.stringify(content.value));
    case 'text':
      return writeWhole(response, reply.status, all, content.type, content.text);
    case 'chunks':
      response.writeHead(reply.status, { ...all, 'Content-Type': content.type });
      return writeChunks(response, content.chunks);
  }
}

function writeWhole(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  type: string,
  text: string | Buffer,
): number {
  const body = typeof text === 'string' ? Buffer.from(text) : text;
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': body.length }).end(body);
  return body.length;
}

async function writeChunks(
  response: ServerResponse,
  chunks: Iterable<string> | AsyncIterable<string>,
): Promise<number> {
  let bytes = 0;
  const counted = async function* (): AsyncGenerator<string> {
    for await (const chunk of chunks) {
      bytes += Buffer.byteLength(chunk);
      yield chunk;
    }
  };
  await pipeline(counted, response);
  return bytes;
}
