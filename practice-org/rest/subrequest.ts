import { RequestError } from './request-error.ts';
import { resourceNotFound } from '../server/error-reply.ts';
import type { Reply } from '../server/reply.ts';
import { versionOf } from '../server/router.ts';
import type { ApiCall } from './api-call.ts';

/**
 * Runs one subrequest of composite or batch, in the name and the transaction of the request around it. Tooling resources are
 * not among those that the REST guide lists for either.
 */
export function runSubrequest(around: ApiCall, method: string, url: string, body: unknown): Reply {
  const { pathname, searchParams } = new URL(url.startsWith('/') ? url : `/${url}`, 'http://subrequest');
  const path = decodeURI(pathname).replaceAll(/\/{2,}/g, '/');
  const version = versionOf(path.split('/')[3] ?? '');
  const match = around.services.subrequestRoutes.match(path);
  if (version === undefined || match === undefined || path.includes('/tooling/')) throw resourceNotFound();
  const handler = match.methods[method];
  if (handler === undefined) throw methodNotAllowed(method, Object.keys(match.methods));
  return handler({
    ...around,
    method,
    path,
    query: searchParams,
    parameters: match.parameters,
    bytes: Buffer.alloc(0),
    json: () => body,
    caller: { ...around.caller, apiVersion: version },
  });
}

export function methodNotAllowed(method: string, allowed: readonly string[]): RequestError {
  return new RequestError(
    'METHOD_NOT_ALLOWED',
    `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`,
    { httpStatus: 405 },
  );
}
