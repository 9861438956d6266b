import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export const proofTexts = Messages.loadMessages('sf-plugin-integration-user', 'proof');
