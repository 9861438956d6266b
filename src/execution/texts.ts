import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export const executionTexts = Messages.loadMessages('sf-plugin-integration-user', 'execution');
