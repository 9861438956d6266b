import { handleSoap } from '../soap/endpoint.ts';
import { resourceNotFound } from './error-reply.ts';
import type { Incoming } from './incoming.ts';
import { text, type Reply } from './reply.ts';
import type { LogEntry } from './request-log.ts';
import type { OrgServices } from './services.ts';
import { requireApiEnabled, sessionUser, usernameOf, type Sessions } from './sessions.ts';

const address = /^\/services\/Soap\/m\/(\d{2})\.0(?:\/|$)/;

/** Metadata API over SOAP. The session stands in the envelope, not in a header. */
export function answerSoap(
  services: OrgServices,
  sessions: Sessions,
  request: Incoming,
  body: Buffer,
  entry: LogEntry,
): Reply {
  const version = address.exec(request.path)?.[1];
  if (version === undefined) throw resourceNotFound();
  services.apiUsage.count(1);
  const callerOf = (sessionId: string | undefined) => {
    const userId = sessionUser(services.org, sessions, sessionId);
    entry.user = usernameOf(services.org, userId);
    requireApiEnabled(services.org, userId);
    return { userId, apiVersion: Number(version) };
  };
  const reply = handleSoap(services.metadata, callerOf, body.toString('utf8'));
  void reply.changed.then((changed) => {
    entry.effects.changed += changed;
  });
  return text(reply.status, 'text/xml;charset=UTF-8', reply.body);
}
