import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export const engineTexts = Messages.loadMessages('sf-plugin-integration-user', 'engine');
