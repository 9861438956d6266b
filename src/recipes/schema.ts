import { z } from 'zod';

const source = z.strictObject({ url: z.url(), title: z.string().min(1), read: z.iso.date() });
const operation = z.enum(['read', 'create', 'edit', 'delete']);
const field = z.string().regex(/^[A-Za-z]\w*\.[\w*]+$/);

/** A recipe file. Every permission has a source, and every source the day on which it was read. */
export const recipeSchema = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/),
  vendor: z.string().min(1),
  summary: z.string().min(1),
  reviewed: z.iso.date(),
  objects: z.record(z.string(), z.array(operation).min(1)).default({}),
  readFields: z.array(field).default([]),
  editFields: z.array(field).default([]),
  systemPermissions: z.array(z.string().regex(/^[A-Za-z]\w*$/)).default([]),
  needs: z.array(z.strictObject({ field, why: z.string().min(1), source })).default([]),
  wishes: z.array(z.strictObject({ permission: z.string().min(1), voids: z.string().min(1), source })).default([]),
  usesChangeEvents: z.boolean().default(false),
  notes: z.array(z.string().min(1)).default([]),
  sources: z.array(source).min(1),
});
