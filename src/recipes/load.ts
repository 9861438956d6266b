import { readdir, readFile } from 'node:fs/promises';
import { distance } from 'fastest-levenshtein';
import { parse } from 'yaml';
import type { Definition, GrantPart } from '../definition/definition.js';
import { withRecipe, type Recipe } from '../definition/recipe.js';
import { recipeSchema } from './schema.js';
import { toRecipe } from './to-recipe.js';
import { recipeTexts as texts } from './texts.js';

const folder = new URL('../../recipes/', import.meta.url);
const suffix = '.yaml';

/** Names of the recipes that come with the plugin, sorted. */
export async function recipeNames(): Promise<readonly string[]> {
  const files = await readdir(folder);
  return files
    .filter((file) => file.endsWith(suffix))
    .map((file) => file.slice(0, -suffix.length))
    .sort();
}

/** Throws UnknownRecipeError with the names there are. */
export async function loadRecipe(name: string): Promise<Recipe> {
  const names = await recipeNames();
  const known = names.find((candidate) => candidate === name.toLowerCase());
  if (known === undefined) throw texts.createError('error.UnknownRecipe', [name, byLikeness(name, names).join(', ')]);
  const text = await readFile(new URL(`${known}${suffix}`, folder), 'utf8');
  return toRecipe(recipeSchema.parse(parse(text)));
}

/** The grant with its recipe read and merged in, where it names one. */
export async function grantWithRecipe(grant: GrantPart): Promise<GrantPart> {
  return grant.recipe === null ? grant : withRecipe(grant, await loadRecipe(grant.recipe));
}

/** The definition with the recipe that its grant names. */
export async function definitionWithRecipe(definition: Definition): Promise<Definition> {
  return definition.grant === null ? definition : { ...definition, grant: await grantWithRecipe(definition.grant) };
}

function byLikeness(wrong: string, names: readonly string[]): readonly string[] {
  return [...names].sort((a, b) => distance(wrong, a) - distance(wrong, b));
}
