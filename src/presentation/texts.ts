import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export const presentationTexts = Messages.loadMessages('sf-plugin-integration-user', 'presentation');
