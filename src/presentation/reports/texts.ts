import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export const reportTexts = Messages.loadMessages('sf-plugin-integration-user', 'reports');
