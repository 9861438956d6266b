import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export const recordTexts = Messages.loadMessages('sf-plugin-integration-user', 'records');
