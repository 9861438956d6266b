import { Messages } from '@salesforce/core/messages';
import { readDefinitionFile, type DefinitionFile } from './definition-file.js';
import type { Definition } from './definition.js';
import type { ParseContext } from './parse.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.verify');

export type VerificationRequest = Pick<DefinitionFile, 'definition' | 'resolved'>;

/** A whole definition to hold the org against, or a username alone: then nothing was asked for. */
export async function verificationRequest(
  file: string | null,
  username: string | null,
  context: ParseContext,
): Promise<VerificationRequest> {
  if (file === null) return { definition: userAlone(username ?? ''), resolved: [] };
  const read = await readDefinitionFile(file, context);
  if (username !== null && username.toLowerCase() !== read.definition.username.toLowerCase()) {
    throw messages.createError('error.UsernameDiffers', [read.definition.username, username]);
  }
  return read;
}

function userAlone(username: string): Definition {
  return { integration: null, username, user: null, grant: null, hide: null, share: null };
}
