import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'definition');

export function definitionText(key: string, tokens: readonly string[] = []): string {
  return messages.getMessage(key, [...tokens]);
}
