import type { Definition, GrantPart, HidePart, SharedObject, SharePart, UserPart } from './definition.js';
import { defaultFlagLabel, defaultLastName } from './names.js';
import type { DefinitionDocument } from './schema.js';

/** A valid document with its defaults filled in. */
export function toDefinition(document: DefinitionDocument): Definition {
  const { integration, user, grant, hide, share } = document;
  return {
    integration: integration.trim(),
    username: user.username,
    user: userPart(user, integration),
    grant: grant === undefined ? null : grantPart(grant),
    hide: hide === undefined ? null : hidePart(hide),
    share: share === undefined ? null : sharePart(share, integration),
  };
}

function userPart(user: DefinitionDocument['user'], integration: string): UserPart {
  return {
    email: user.email ?? null,
    firstName: user.firstName ?? null,
    lastName: user.lastName ?? defaultLastName(integration),
    role: user.role ?? null,
    profile: user.profile ?? null,
    permissionSets: user.permissionSets ?? [],
    fields: user.fields ?? {},
    reactivate: user.reactivate ?? false,
    sendPasswordReset: user.sendPasswordReset ?? false,
  };
}

function grantPart(grant: NonNullable<DefinitionDocument['grant']>): GrantPart {
  return {
    recipe: grant.recipe ?? null,
    objects: grant.objects ?? {},
    readFields: grant.fields?.read ?? [],
    editFields: grant.fields?.edit ?? [],
    systemPermissions: grant.systemPermissions ?? [],
    permissionSets: grant.permissionSets ?? [],
    allowUnfiltered: grant.allowUnfiltered ?? false,
  };
}

function hidePart(hide: NonNullable<DefinitionDocument['hide']>): HidePart {
  return {
    fields: hide.fields ?? [],
    securityClassification: hide.securityClassification ?? [],
    complianceGroup: hide.complianceGroup ?? [],
    allExcept: hide.allExcept ?? {},
  };
}

function sharePart(share: NonNullable<DefinitionDocument['share']>, integration: string): SharePart {
  return {
    flagLabel: share.flag ?? defaultFlagLabel(integration),
    flagEditors: share.flagEditors ?? [],
    manageOrganizationWideDefaults: share.organizationWideDefaults === 'manage',
    unfiltered: share.unfiltered ?? [],
    objects: Object.entries(share.objects).map(([object, settings]) => sharedObject(object, settings)),
    addToLayouts: share.addToLayouts ?? [],
  };
}

function sharedObject(
  object: string,
  settings: NonNullable<DefinitionDocument['share']>['objects'][string],
): SharedObject {
  const { Contact, Opportunity, Case } = settings.related ?? {};
  return {
    object,
    access: settings.access,
    flagInitially: settings.flagInitially?.trim() ?? null,
    related: {
      ...(Contact === undefined ? {} : { Contact }),
      ...(Opportunity === undefined ? {} : { Opportunity }),
      ...(Case === undefined ? {} : { Case }),
    },
  };
}
