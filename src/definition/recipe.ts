import type { GrantPart, ObjectOperation } from './definition.js';

/** Where a claim about a vendor comes from, and when it was read there. */
export type RecipeSource = { readonly url: string; readonly title: string; readonly read: string };

/** A permission the vendor asks for that is not granted, because it would make every record or field visible. */
export type RecipeWish = {
  readonly permission: string;
  /** What it would void, in words. */
  readonly voids: string;
  readonly source: RecipeSource;
};

/** What a vendor's integration needs, as reviewed data: recipes/<name>.yaml. */
export type Recipe = {
  readonly name: string;
  readonly vendor: string;
  readonly summary: string;
  /** ISO date of the last review. */
  readonly reviewed: string;
  readonly objects: Readonly<Record<string, readonly ObjectOperation[]>>;
  readonly readFields: readonly string[];
  readonly editFields: readonly string[];
  readonly systemPermissions: readonly string[];
  /** Fields that must stay visible, with what fails without them. */
  readonly needs: ReadonlyArray<{ readonly field: string; readonly why: string; readonly source: RecipeSource }>;
  readonly wishes: readonly RecipeWish[];
  /** The integration listens to change events, which ignore sharing. */
  readonly usesChangeEvents: boolean;
  readonly notes: ReadonlyArray<{ readonly text: string; readonly source: RecipeSource }>;
  readonly sources: readonly RecipeSource[];
};

/** The recipe as a start: what the definition says itself is added to it. */
export function withRecipe(grant: GrantPart, recipe: Recipe): GrantPart {
  const names = [...new Set([...Object.keys(recipe.objects), ...Object.keys(grant.objects)])];
  return {
    ...grant,
    objects: Object.fromEntries(
      names.map((name) => [name, distinct([...(recipe.objects[name] ?? []), ...(grant.objects[name] ?? [])])]),
    ),
    readFields: distinct([...recipe.readFields, ...grant.readFields]),
    editFields: distinct([...recipe.editFields, ...grant.editFields]),
    systemPermissions: distinct([...recipe.systemPermissions, ...grant.systemPermissions]),
    vendor: recipe,
    vendorOnly: {
      fields: without([...recipe.readFields, ...recipe.editFields], [...grant.readFields, ...grant.editFields]),
      objects: without(Object.keys(recipe.objects), Object.keys(grant.objects)),
    },
  };
}

function without(names: readonly string[], others: readonly string[]): readonly string[] {
  const named = new Set(others.map((name) => name.toLowerCase()));
  return names.filter((name) => !named.has(name.toLowerCase()));
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
