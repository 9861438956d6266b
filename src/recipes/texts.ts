import { Messages } from '@salesforce/core/messages';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

export const recipeTexts = Messages.loadMessages('sf-plugin-integration-user', 'recipes');
