import { SalesforceError } from '../org/errors.ts';
import type { ApiCall, Handler } from '../rest/api-call.ts';
import { parseJson } from '../rest/json-body.ts';
import { versions } from '../rest/resource-routes.ts';
import { apiRoutes } from '../rest/routes.ts';
import { methodNotAllowed } from '../rest/subrequest.ts';
import { resourceNotFound } from './error-reply.ts';
import type { Incoming } from './incoming.ts';
import { text, type Reply } from './reply.ts';
import type { LogEntry } from './request-log.ts';
import { Router, versionOf } from './router.ts';
import type { OrgServices } from './services.ts';
import { requireApiEnabled, sessionUser, usernameOf, type Sessions } from './sessions.ts';

const router = new Router<Handler>(apiRoutes);

/** Answers everything that is not SOAP. */
export async function answerApi(
  services: OrgServices,
  sessions: Sessions,
  request: Incoming,
  body: Buffer,
  entry: LogEntry,
): Promise<Reply> {
  if (request.path.replace(/\/$/, '') === '/services/data') return versions();
  const match = router.match(request.path);
  const oauth = isOauthPath(request.path);
  const userId = authenticated(services, sessions, request, oauth);
  if (userId === undefined) return text(403, 'text/html;charset=UTF-8', 'Bad_OAuth_Token');
  entry.user = usernameOf(services.org, userId);
  if (!oauth) requireApiEnabled(services.org, userId);
  if (match === undefined) throw resourceNotFound();
  const method = request.method === 'HEAD' ? 'GET' : overriddenMethod(request);
  const handler = match.methods[method];
  if (handler === undefined) throw methodNotAllowed(method, Object.keys(match.methods));
  services.apiUsage.count(1);
  return handler(apiCall(services, request, { body, entry, userId, method, parameters: match.parameters }));
}

/** Userinfo and identity addresses refuse a bad token in a form of their own. */
function isOauthPath(path: string): boolean {
  return path.startsWith('/services/oauth2/') || path.startsWith('/id/');
}

function authenticated(
  services: OrgServices,
  sessions: Sessions,
  request: Incoming,
  oauth: boolean,
): string | undefined {
  const token = /^(?:Bearer|OAuth) (.+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  try {
    return sessionUser(services.org, sessions, token ?? request.query.get('oauth_token') ?? undefined);
  } catch (thrown) {
    if (oauth && thrown instanceof SalesforceError) return undefined;
    throw thrown;
  }
}

/** `?_HttpMethod=PATCH` on a POST, for clients that cannot send PATCH (REST guide). */
function overriddenMethod(request: Incoming): string {
  return request.query.get('_HttpMethod')?.toUpperCase() ?? request.method;
}

type Handled = {
  readonly body: Buffer;
  readonly entry: LogEntry;
  readonly userId: string;
  readonly method: string;
  readonly parameters: Readonly<Record<string, string>>;
};

function apiCall(services: OrgServices, request: Incoming, handled: Handled): ApiCall {
  const version = versionOf(request.path.split('/')[3] ?? '');
  return {
    method: handled.method,
    path: request.path,
    query: request.query,
    parameters: handled.parameters,
    headers: request.headers,
    bytes: handled.body,
    json: () => parseJson(handled.body.toString('utf8')),
    caller: { userId: handled.userId, apiVersion: version ?? 0 },
    services,
    effects: handled.entry.effects,
  };
}
