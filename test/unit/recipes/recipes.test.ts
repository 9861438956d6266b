import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadRecipe, recipeNames } from '../../../src/recipes/load.js';
import { publishedRecipeSchema, recipeSchema } from '../../../src/recipes/schema.js';

const names = ['airbyte', 'fivetran', 'gong', 'hubspot', 'marketo', 'sequel', 'usergems', 'workato'];

function documentOf(name: string): Record<string, unknown> {
  const text = readFileSync(new URL(`../../../recipes/${name}.yaml`, import.meta.url), 'utf8');
  return parse(text) as Record<string, unknown>;
}

describe('the recipes that come with the plugin', () => {
  it('Given the folder, When it is listed, Then these vendors are there', async () => {
    expect(await recipeNames()).toEqual(names);
  });

  it.each(names)('Given %s, When it is checked, Then it is valid and named like its file', (name) => {
    const checked = recipeSchema.safeParse(documentOf(name));
    expect({ problems: checked.error?.issues ?? [], name: checked.data?.name }).toEqual({ problems: [], name });
  });

  it.each(names)('Given %s, When its sources are looked at, Then each of them backs a statement', (name) => {
    const { sources, grants, needs, wishes, notes } = recipeSchema.parse(documentOf(name));
    const used = new Set([...grants, ...needs, ...wishes, ...notes].map(({ source }) => source));
    expect(Object.keys(sources).filter((key) => !used.has(key))).toEqual([]);
  });

  it.each(names)('Given %s, When it is loaded, Then what the vendor needs visible is granted', async (name) => {
    const { needs, readFields, editFields } = await loadRecipe(name);
    expect(needs.map(({ field }) => field).filter((field) => ![...readFields, ...editFields].includes(field))).toEqual(
      [],
    );
  });

  it('Given an unknown name, When it is loaded, Then the error names the recipes there are, the likeliest first', async () => {
    await expect(loadRecipe('hubspott')).rejects.toMatchObject({
      name: 'UnknownRecipeError',
      message: expect.stringMatching(/: hubspot, /) as string,
      actions: [expect.any(String)],
    });
  });

  it.each([
    ['a permission without a source', { grants: [{ objects: { Account: ['read'] } }] }],
    ['a source that does not exist', { grants: [{ source: 'elsewhere', objects: { Account: ['read'] } }] }],
    ['an operation that does not exist', { grants: [{ source: 'doc', objects: { Account: ['modifyAll'] } }] }],
    ['an unknown key', { grant: [] }],
    ['no day of the review', { reviewed: 'recently' }],
  ])('Given a recipe with %s, When it is checked, Then it is refused', (_, changes) => {
    const recipe = {
      name: 'acme',
      vendor: 'Acme',
      summary: 'Reads accounts.',
      reviewed: '2026-11-23',
      sources: { doc: { url: 'https://acme.example', title: 'Setup', read: '2026-11-23' } },
    };
    expect([recipeSchema.safeParse(recipe).success, recipeSchema.safeParse({ ...recipe, ...changes }).success]).toEqual(
      [true, false],
    );
  });

  it('Given the schema in the code, When compared with the file that is shipped, Then they are the same', () => {
    const shipped: unknown = JSON.parse(
      readFileSync(new URL('../../../schemas/recipe.schema.json', import.meta.url), 'utf8'),
    );
    expect(shipped).toEqual(JSON.parse(JSON.stringify(publishedRecipeSchema())));
  });
});
