import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { PracticeOrg } from '../org/practice-org.ts';
import type { OrgSettings } from '../org/settings.ts';
import { answerApi } from './api-endpoint.ts';
import { serve, type Exchange } from './exchange.ts';
import { Faults } from './faults.ts';
import { RequestLog } from './request-log.ts';
import { createServices } from './services.ts';
import { Sessions } from './sessions.ts';
import { answerSoap } from './soap-endpoint.ts';
import { isSoapPath } from './soap-fault.ts';

export type PracticeServer = {
  readonly url: string;
  readonly port: number;
  /** The org as it is now: a reset puts another in its place. */
  readonly org: PracticeOrg;
  /** The administrator's. */
  readonly accessToken: string;
  close(): Promise<void>;
};

/** Long enough for the server itself to refuse an over-long head in Salesforce's way rather than in Node's. */
const headBytesRead = 128 * 1024;

const keepAliveMs = 65_000;

/** Starts a practice org on 127.0.0.1. Port 0 takes a free one. */
export async function startServer(settings: OrgSettings, { port }: { readonly port: number }): Promise<PracticeServer> {
  const faults = new Faults();
  const log = new RequestLog();
  const sessions = new Sessions();
  let url = '';
  const instanceUrl = (): string => url;
  let services = createServices(settings, faults, instanceUrl);
  const exchange: Exchange = {
    latencyMs: settings.latencyMs,
    controlled: {
      org: () => services.org,
      sessions,
      faults,
      log,
      reset: () => {
        services = createServices(settings, faults, instanceUrl);
      },
    },
    answer: async (request, body, entry) =>
      isSoapPath(request.path)
        ? answerSoap(services, sessions, request, body, entry)
        : answerApi(services, sessions, request, body, entry),
    responseHeaders: (request) =>
      request.path.startsWith('/services/data') ? { 'Sforce-Limit-Info': services.apiUsage.header() } : {},
  };
  const server = createServer({ maxHeaderSize: headBytesRead }, (message, response) => {
    // A connection that breaks while it is read or written is the client's affair, not an error of the server.
    serve(exchange, message, response).catch(() => response.destroy());
  });
  // Slow uploads are legitimate: the default of five minutes for a whole request does not apply to a practice org.
  server.requestTimeout = 0;
  // Longer than the five seconds between two looks of the CLI at a bulk job, so that it never writes to a closing connection.
  server.keepAliveTimeout = keepAliveMs;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = addressOf(server);
  url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    port: address.port,
    get org() {
      return services.org;
    },
    accessToken: sessions.issue(services.org.organizationId, services.org.adminUserId),
    close: () => closeServer(server),
  };
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no TCP address');
  return address;
}

async function closeServer(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
