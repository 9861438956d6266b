import type { Recipe } from './recipe.js';

/**
 * The request of every feature, after parsing, defaults and environment references. Commands build a partial one from
 * their flags, `apply` a whole one from a file; a part that is null is not touched and not reported on.
 */
export type Definition = {
  /** Names everything the plugin owns. Null only where a command works on a username alone (restrict-fields, verify). */
  readonly integration: string | null;
  readonly username: string;
  readonly user: UserPart | null;
  readonly grant: GrantPart | null;
  readonly hide: HidePart | null;
  readonly share: SharePart | null;
};

export type UserPart = {
  readonly email: string | null;
  readonly firstName: string | null;
  readonly lastName: string;
  /** DeveloperName of the role. */
  readonly role: string | null;
  readonly profile: string | null;
  /** Existing permission sets, assigned as they are (names). */
  readonly permissionSets: readonly string[];
  /** Any other User field; values as text are converted by the field's described type. */
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
  readonly reactivate: boolean;
  readonly sendPasswordReset: boolean;
};

export type ObjectOperation = 'read' | 'create' | 'edit' | 'delete';

export type GrantPart = {
  readonly recipe: string | null;
  /** The recipe itself, once it has been read and its permissions merged into the rest. */
  readonly vendor?: Recipe;
  /** What only the recipe asks for: it gives way to what is hidden, and to what the org does not have. */
  readonly vendorOnly?: { readonly fields: readonly string[]; readonly objects: readonly string[] };
  readonly objects: Readonly<Record<string, readonly ObjectOperation[]>>;
  /** Field names or patterns, "Account.*". */
  readonly readFields: readonly string[];
  readonly editFields: readonly string[];
  readonly systemPermissions: readonly string[];
  readonly permissionSets: readonly string[];
  readonly allowUnfiltered: boolean;
};

export type HidePart = {
  readonly fields: readonly string[];
  readonly securityClassification: readonly string[];
  readonly complianceGroup: readonly string[];
  /** Object → the only fields that stay visible. */
  readonly allExcept: Readonly<Record<string, readonly string[]>>;
};

export type RelatedAccess = 'none' | 'read' | 'edit';

export type SharedObject = {
  readonly object: string;
  readonly access: 'read' | 'edit';
  /** SOQL condition of the records flagged at the start. */
  readonly flagInitially: string | null;
  /** Account only: explicit levels for related objects; absent means "none where that is possible". */
  readonly related: Readonly<Partial<Record<'Contact' | 'Opportunity' | 'Case', RelatedAccess>>>;
};

export type SharePart = {
  readonly flagLabel: string;
  readonly flagEditors: readonly string[];
  /** True when the reviewed definition consents to setting and keeping OWDs Private. */
  readonly manageOrganizationWideDefaults: boolean;
  readonly unfiltered: readonly string[];
  readonly objects: readonly SharedObject[];
  readonly addToLayouts: readonly string[];
};
