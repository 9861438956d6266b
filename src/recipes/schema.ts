import { z } from 'zod';

const source = z.strictObject({ url: z.url(), title: z.string().min(1), read: z.iso.date() });
const sourceKey = z.string().regex(/^[a-z][a-z0-9-]*$/);
const operation = z.enum(['read', 'create', 'edit', 'delete']);
const field = z.string().regex(/^[A-Za-z]\w*\.[\w*]+$/);

const grant = z.strictObject({
  source: sourceKey.describe('Where the vendor asks for these permissions.'),
  objects: z.record(z.string(), z.array(operation).min(1)).default({}),
  readFields: z.array(field).default([]),
  editFields: z.array(field).default([]),
  systemPermissions: z.array(z.string().regex(/^[A-Za-z]\w*$/)).default([]),
});

const need = z.strictObject({
  field: field.describe('A field that must stay visible.'),
  why: z.string().min(1).describe('What fails without it.'),
  source: sourceKey,
});

const wish = z.strictObject({
  permission: z.string().min(1).describe('What the vendor asks for, and does not get.'),
  voids: z.string().min(1).describe('What it would void.'),
  source: sourceKey,
});

const note = z.strictObject({ text: z.string().min(1), source: sourceKey });

/** A recipe file. Every statement names its source, and every source the day on which it was read. */
export const recipeSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    vendor: z.string().min(1),
    summary: z.string().min(1),
    reviewed: z.iso.date().describe('Day of the last review.'),
    sources: z.record(sourceKey, source),
    grants: z.array(grant).default([]),
    needs: z.array(need).default([]),
    wishes: z.array(wish).default([]),
    usesChangeEvents: z.boolean().default(false).describe('Listens to change events, which ignore sharing.'),
    notes: z.array(note).default([]),
  })
  .superRefine(({ sources, grants, needs, wishes, notes }, context) => {
    for (const { source: key } of [...grants, ...needs, ...wishes, ...notes]) {
      if (!(key in sources)) context.addIssue({ code: 'custom', message: `There is no source "${key}".` });
    }
  });

export type RecipeDocument = z.infer<typeof recipeSchema>;

/** JSON Schema for editors. That sources exist is checked only when a recipe is read. */
export function publishedRecipeSchema(): Readonly<Record<string, unknown>> {
  const { $schema, ...schema } = z.toJSONSchema(recipeSchema, { target: 'draft-7', io: 'input' });
  return { $schema, title: 'Vendor recipe of sf integration-user', ...schema };
}
