import { fetch as fetchThrough, ProxyAgent, type RequestInit } from 'undici';

/** What of an answer is read here. Node's own `fetch` and the one that takes a proxy answer the same. */
export type StreamedAnswer = Pick<Awaited<ReturnType<typeof fetch>>, 'ok' | 'status' | 'headers' | 'body' | 'text'>;

export type StreamedFetch = (
  url: string,
  request: Pick<RequestInit, 'method' | 'body' | 'duplex' | 'redirect'> & {
    readonly headers: Readonly<Record<string, string>>;
  },
) => Promise<StreamedAnswer>;

/**
 * The variables that decide for every other request of the CLI, in the order in which its library looks at them (jsforce,
 * `transport.ts`): what goes around the library must take the same way out of a company's network.
 */
const variables = ['https_proxy', 'http_proxy', 'HTTPS_PROXY', 'HTTP_PROXY'] as const;

export function fetchFor(environment: Readonly<Record<string, string | undefined>>): StreamedFetch {
  const uri = variables.map((name) => environment[name]).find((value) => value !== undefined);
  if (uri === undefined) return fetch;
  const dispatcher = agentOf(uri);
  return (url, request) => fetchThrough(url, { ...request, dispatcher });
}

const agents = new Map<string, ProxyAgent>();

/** One for all requests, because it keeps the connections. */
function agentOf(uri: string): ProxyAgent {
  const known = agents.get(uri);
  if (known !== undefined) return known;
  const agent = new ProxyAgent({ uri, requestTls: { allowH2: false } });
  agents.set(uri, agent);
  return agent;
}
