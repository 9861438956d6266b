import type { PracticeOrg } from '../org/practice-org.ts';
import { parseFaults, type Faults } from './faults.ts';
import { json, noContent, type Reply } from './reply.ts';
import type { RequestLog } from './request-log.ts';
import type { Sessions } from './sessions.ts';

export const controlPrefix = '/__practice__/';

export type Controlled = {
  readonly org: () => PracticeOrg;
  readonly sessions: Sessions;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly reset: () => void;
};

type Control = (controlled: Controlled, body: () => unknown) => Reply;

const controls: Readonly<Record<string, Control>> = {
  'POST token': issueToken,
  'POST faults': addFaults,
  'DELETE faults': ({ faults }) => {
    faults.clear();
    return noContent();
  },
  'GET requests': ({ log }) => json(200, log.list()),
  'DELETE requests': ({ log }) => {
    log.clear();
    return noContent();
  },
  'POST reset': ({ reset }) => {
    reset();
    return noContent();
  },
};

/** The practice org's own switches. No part of Salesforce: their errors have a plain form. */
export function control(controlled: Controlled, method: string, path: string, bytes: Buffer): Reply {
  const handler = controls[`${method} ${path.slice(controlPrefix.length)}`];
  if (handler === undefined) return problem(404, `no such control: ${method} ${path}`);
  try {
    return handler(controlled, () => JSON.parse(bytes.toString('utf8')) as unknown);
  } catch (thrown) {
    return problem(400, thrown instanceof Error ? thrown.message : String(thrown));
  }
}

function issueToken({ org, sessions }: Controlled, body: () => unknown): Reply {
  const given = body();
  const username = typeof given === 'object' && given !== null && 'username' in given ? given.username : undefined;
  if (typeof username !== 'string') return problem(400, 'username is missing');
  const { organizationId } = org();
  const userId = userIdOf(org(), username);
  if (userId === undefined) return problem(404, `no user named ${username}`);
  return json(200, { accessToken: sessions.issue(organizationId, userId) });
}

/** Usernames are not case-sensitive. */
function userIdOf(org: PracticeOrg, username: string): string | undefined {
  const users = org.store.table('User');
  const wanted = username.toLowerCase();
  const name = users.reader('Username');
  for (let row = 0; row < users.rowCount; row += 1) {
    if (users.isLive(row) && String(name(row)).toLowerCase() === wanted) return users.idOf(row);
  }
  return undefined;
}

function addFaults({ faults }: Controlled, body: () => unknown): Reply {
  faults.add(parseFaults(body()));
  return noContent();
}

function problem(status: number, message: string): Reply {
  return json(status, { error: message });
}
