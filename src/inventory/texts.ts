import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export const inventoryTexts = Messages.loadMessages('sf-plugin-integration-user', 'inventory');
