import type { ObjectOperation } from '../definition/definition.js';
import type { Recipe, RecipeSource } from '../definition/recipe.js';
import type { RecipeDocument } from './schema.js';

/** The file's statements with their sources in place of the sources' keys, and its grants as one. */
export function toRecipe(document: RecipeDocument): Recipe {
  const { name, vendor, summary, reviewed, usesChangeEvents, grants, needs, wishes, notes } = document;
  const withSource = <T extends { readonly source: string }>(statement: T) => ({
    ...statement,
    source: sourceOf(document, statement.source),
  });
  return {
    name,
    vendor,
    summary,
    reviewed,
    usesChangeEvents,
    objects: objectsOf(grants),
    readFields: distinct(grants.flatMap(({ readFields }) => readFields)),
    editFields: distinct(grants.flatMap(({ editFields }) => editFields)),
    systemPermissions: distinct(grants.flatMap(({ systemPermissions }) => systemPermissions)),
    needs: needs.map(withSource),
    wishes: wishes.map(withSource),
    notes: notes.map(withSource),
    sources: Object.values(document.sources),
  };
}

function objectsOf(grants: RecipeDocument['grants']): Recipe['objects'] {
  const objects: Record<string, readonly ObjectOperation[]> = {};
  for (const [object, operations] of grants.flatMap((grant) => Object.entries(grant.objects))) {
    objects[object] = distinct([...(objects[object] ?? []), ...operations]);
  }
  return objects;
}

function sourceOf({ sources }: RecipeDocument, key: string): RecipeSource {
  const source = sources[key];
  if (source === undefined) throw new RangeError(`There is no source "${key}"`);
  return source;
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
