import { Org, type Connection } from '@salesforce/core';
import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.verify');

/** The unique part of an Id that comes with 15 or 18 characters. */
const uniqueLength = 15;

/**
 * The integration user's own login. Whose queries are counted decides what is proven: another user, or the same name in
 * another org, is an error, and there is no default org to fall back on.
 */
export async function asUserConnection(
  alias: string,
  username: string,
  target: Org,
  apiVersion: string | undefined,
): Promise<Connection> {
  const org = await Org.create({ aliasOrUsername: alias });
  const actual = org.getUsername() ?? '';
  if (actual.toLowerCase() !== username.toLowerCase()) {
    throw messages.createError('error.AsIsAnotherUser', [alias, actual, username]);
  }
  const [orgId, targetId] = [org.getOrgId(), target.getOrgId()];
  if (orgId.slice(0, uniqueLength) !== targetId.slice(0, uniqueLength)) {
    throw messages.createError('error.AsIsAnotherOrg', [alias, orgId, targetId]);
  }
  return org.getConnection(apiVersion);
}
