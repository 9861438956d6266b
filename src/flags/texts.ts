import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export const flagTexts = Messages.loadMessages('sf-plugin-integration-user', 'flags');
