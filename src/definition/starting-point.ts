import type { Definition, GrantPart, SharePart } from './definition.js';
import { defaultFlagLabel, defaultLastName } from './names.js';
import type { Recipe } from './recipe.js';

export type Start = {
  readonly integration: string;
  readonly username: string | null;
  readonly email: string | null;
  readonly recipe: Recipe | null;
};

/** Objects with an organization-wide default and criteria rules of their own; custom objects have both. */
const shareable = new Set([
  'Account',
  'Asset',
  'Campaign',
  'Case',
  'Contact',
  'Lead',
  'Opportunity',
  'Order',
  'WorkOrder',
]);

/** A definition to start from. Names that are not known yet come from the environment, so that none is made up. */
export function startingDefinition({ integration, username, email, recipe }: Start): Definition {
  return {
    integration,
    username: username ?? '${env:INTEGRATION_USERNAME}',
    user: {
      email: email ?? '${env:INTEGRATION_EMAIL}',
      firstName: null,
      lastName: defaultLastName(integration),
      role: null,
      profile: null,
      permissionSets: [],
      fields: {},
      reactivate: false,
      sendPasswordReset: false,
    },
    grant: recipe === null ? null : recipeGrant(recipe),
    hide: null,
    share: recipe === null ? null : recipeShare(integration, recipe),
  };
}

function recipeGrant({ name }: Recipe): GrantPart {
  return {
    recipe: name,
    objects: {},
    readFields: [],
    editFields: [],
    systemPermissions: [],
    permissionSets: [],
    allowUnfiltered: false,
  };
}

/** Every object the vendor reads gets a flag where it can have one; the others are named, so that somebody decides. */
function recipeShare(integration: string, { objects }: Recipe): SharePart | null {
  const names = Object.keys(objects);
  const flagged = names.filter((name) => shareable.has(name) || name.endsWith('__c'));
  if (flagged.length === 0) return null;
  return {
    flagLabel: defaultFlagLabel(integration),
    flagEditors: [],
    manageOrganizationWideDefaults: false,
    unfiltered: names.filter((name) => !flagged.includes(name)),
    objects: flagged.map((object) => ({
      object,
      access: objects[object]?.includes('edit') === true ? 'edit' : 'read',
      flagInitially: null,
      related: {},
    })),
    addToLayouts: [],
  };
}
