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
  if (placeOf(org) !== placeOf(target)) {
    throw messages.createError('error.AsIsAnotherOrg', [alias, placeOf(org), placeOf(target)]);
  }
  return org.getConnection(apiVersion);
}

/** Id and address: copies of an org may have the Id of their original, and an org has one My Domain. */
function placeOf(org: Org): string {
  return `${org.getOrgId().slice(0, uniqueLength)} (${new URL(org.getConnection().instanceUrl).host})`;
}
