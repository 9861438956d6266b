import { createHash } from 'node:crypto';
import { SalesforceError } from '../org/errors.ts';
import type { PracticeOrg } from '../org/practice-org.ts';

/**
 * Access tokens, each standing for a user. They outlive a reset: the org made anew has the same users under the same Ids. The
 * form is the one that the CLI checks for, `00D…!` and word characters.
 */
export class Sessions {
  readonly #users = new Map<string, string>();

  public issue(organizationId: string, userId: string): string {
    const secret = createHash('sha256').update(`${organizationId}:${userId}`).digest('hex');
    const token = `${organizationId}!AQEAQ.${secret}`;
    this.#users.set(token, userId);
    return token;
  }

  public userOf(token: string | undefined): string | undefined {
    return token === undefined ? undefined : this.#users.get(token);
  }
}

/** Deactivating or freezing a user ends its sessions (Object Reference, User.IsActive and UserLogin.IsFrozen). */
export function sessionUser(org: PracticeOrg, sessions: Sessions, token: string | undefined): string {
  const userId = sessions.userOf(token);
  const user = userId === undefined ? undefined : org.store.find('User', userId);
  if (userId === undefined || user?.IsActive !== true || isFrozen(org, userId)) throw sessionInvalid();
  return userId;
}

export function usernameOf(org: PracticeOrg, userId: string): string | null {
  const username = org.store.find('User', userId)?.['Username'];
  return typeof username === 'string' ? username : null;
}

export function requireApiEnabled(org: PracticeOrg, userId: string): void {
  if (org.access.systemPermission(userId, 'ApiEnabled')) return;
  throw new SalesforceError('API_CURRENTLY_DISABLED', 'API is disabled for this User', { httpStatus: 403 });
}

function sessionInvalid(): SalesforceError {
  return new SalesforceError('INVALID_SESSION_ID', 'Session expired or invalid', { httpStatus: 401 });
}

function isFrozen(org: PracticeOrg, userId: string): boolean {
  return org.store.select('UserLogin', { UserId: userId }).some((login) => login.IsFrozen === true);
}
