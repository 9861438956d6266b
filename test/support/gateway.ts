import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach } from 'vitest';
import type { LoginTarget } from './login.ts';

export type PassedAnswer = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
};

type Change = (request: { readonly path: string; readonly body: string }, answer: PassedAnswer) => PassedAnswer;

/** Something between client and Salesforce that changes answers on their way, as company networks do; until the test is over. */
export function useGateway(): (target: LoginTarget, change: Change) => Promise<LoginTarget> {
  const closing: (() => void)[] = [];
  afterEach(() => closing.splice(0).forEach((close) => close()));
  return async (target, change) => {
    const server = createServer((request, response) => {
      pass(request, response, target, change).catch(() => response.destroy());
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, accessToken: target.accessToken };
  };
}

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  target: LoginTarget,
  change: Change,
): Promise<void> {
  const path = request.url ?? '';
  const sent = await buffer(request);
  const answer = await fetch(target.url + path, {
    ...(request.method === undefined ? {} : { method: request.method }),
    headers: passedOn(request.headers),
    ...(sent.length === 0 ? {} : { body: new Uint8Array(sent) }),
  });
  const { status, headers, body } = change(
    { path, body: sent.toString('utf8') },
    { status: answer.status, headers: answer.headers, body: await answer.text() },
  );
  // The body was unpacked on the way, and may have changed: what its headers said of its length and packing is over.
  const told = [...headers].filter(
    ([name]) => !/^(content-(length|encoding)|transfer-encoding|connection)$/.test(name),
  );
  response.writeHead(status, Object.fromEntries(told)).end(body);
}

function passedOn(headers: IncomingHttpHeaders): Headers {
  const kept = Object.entries(headers).filter(
    ([name]) => !/^(host|connection|content-length|transfer-encoding|expect)$/.test(name),
  );
  return new Headers(kept.map(([name, value]) => [name, String(value)]));
}
