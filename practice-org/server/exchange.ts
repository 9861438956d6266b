import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { control, controlPrefix, type Controlled } from './control.ts';
import { Effects } from './effects.ts';
import { replyToThrown } from './error-reply.ts';
import { faultReply } from './fault-reply.ts';
import type { FaultSpecification } from './faults.ts';
import { decodeBody, incoming, readBody, type Incoming } from './incoming.ts';
import { write } from './outgoing.ts';
import { text, type Reply } from './reply.ts';
import type { LogEntry } from './request-log.ts';
import { isSoapPath, soapAction } from './soap-fault.ts';

/** URI and headers together (help 000386264): 414 where the URI alone is too long, else 431. */
const mostHeadBytes = 16_384;

export type Exchange = {
  readonly controlled: Controlled;
  readonly latencyMs: number;
  readonly answer: (request: Incoming, body: Buffer, entry: LogEntry) => Promise<Reply>;
  readonly responseHeaders: (request: Incoming) => Readonly<Record<string, string>>;
};

/** Serves one HTTP request: control, log, faults, latency, answer. */
export async function serve(exchange: Exchange, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = incoming(message);
  if (request.path.startsWith(controlPrefix)) {
    const reply = control(exchange.controlled, request.method, request.path, await readBody(message));
    await write(response, reply, {});
    return;
  }
  const entry = exchange.controlled.log.begin(request.method, request.address, new Effects());
  const body = await receive(message, request, entry);
  await respond(exchange, { request, body, entry, response });
}

async function receive(message: IncomingMessage, request: Incoming, entry: LogEntry): Promise<Buffer> {
  const raw = await readBody(message);
  entry.bytesIn = raw.length;
  const body = decodeBody(raw, request.headers['content-encoding']);
  if (isSoapPath(request.path)) entry.action = soapAction(body.toString('utf8'));
  return body;
}

type Work = {
  readonly request: Incoming;
  readonly body: Buffer;
  readonly entry: LogEntry;
  readonly response: ServerResponse;
};

async function respond(exchange: Exchange, work: Work): Promise<void> {
  const { request, body, entry, response } = work;
  const fault = exchange.controlled.faults.forRequest({
    method: request.method,
    path: request.address,
    body: () => body.toString('utf8'),
  });
  const wait = exchange.latencyMs + (fault?.latencyMs ?? 0);
  if (wait > 0) await delay(wait);
  if (fault?.drop === 'before') {
    response.destroy();
    return;
  }
  const reply = await replyTo(exchange, work, fault);
  if (fault?.drop === 'after') {
    response.destroy();
    return;
  }
  entry.status = reply.status;
  entry.ms = performance.now() - entry.startedAt;
  entry.bytesOut = await write(response, reply, exchange.responseHeaders(request));
}

async function replyTo(exchange: Exchange, work: Work, fault: FaultSpecification | undefined): Promise<Reply> {
  const { request, body, entry } = work;
  if (fault !== undefined && fault.drop === undefined) {
    const instead = faultReply(fault, request.path);
    if (instead !== undefined) return instead;
  }
  try {
    return tooLong(request) ?? (await exchange.answer(request, body, entry));
  } catch (thrown) {
    return replyToThrown(thrown);
  }
}

function tooLong(request: Incoming): Reply | undefined {
  const uriBytes = Buffer.byteLength(request.address);
  if (uriBytes > mostHeadBytes) return text(414, 'text/html', 'URI Too Long');
  if (uriBytes + request.headerBytes <= mostHeadBytes) return undefined;
  return text(431, 'text/html', 'Request Header Fields Too Large');
}
