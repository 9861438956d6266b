import type { Definition } from '../../definition/definition.js';
import type { Finding } from '../../planning/finding.js';
import { sameName } from '../permissions/held-permissions.js';
import { texts } from './texts.js';

/** What the vendor needs and this definition hides, and what the vendor asks for and does not get. */
export function recipeFindings(definition: Definition, hidden: readonly string[]): readonly Finding[] {
  const recipe = definition.grant?.vendor;
  if (recipe === undefined) return [];
  const needed = recipe.needs
    .filter(({ field }) => hidden.some((name) => sameName(name, field)))
    .map(({ field, why, source }) =>
      texts.finding('warning', 'VendorNeedsField', field, [recipe.vendor, field, why, source.url]),
    );
  const wishes = recipe.wishes.map(({ permission, voids, source }) =>
    texts.note('VendorWishNotGranted', permission, [recipe.vendor, permission, voids, source.url]),
  );
  const events = recipe.usesChangeEvents
    ? [texts.finding('warning', 'ChangeEventsIgnoreSharing', recipe.vendor, [recipe.vendor])]
    : [];
  const { vendor, reviewed, summary } = recipe;
  const used = texts.note('RecipeUsed', recipe.name, [recipe.name, reviewed, summary]);
  const notes = recipe.notes.map(({ text, source }) => texts.note('RecipeNote', vendor, [vendor, text, source.url]));
  return [used, ...needed, ...events, ...wishes, ...notes];
}
