import { field } from '../schema/notation.ts';
import { readOnly } from '../schema/object-notation.ts';
import type { FieldDefinition } from '../schema/definitions.ts';

/** What the objects of the metadata catalogue have in common: asked through either API, written by the platform only. */
export const catalogueObject = { ...readOnly, api: 'both' } as const;

export const noSystemFields: readonly string[] = [
  'Id',
  'IsDeleted',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
];

/** Rows of the catalogue have a durable id; their Id says nothing. */
export const emptyId = '000000000000000AAA';

/** Names an object or field of the catalogue by its durable id; a path goes on to that row. */
export function catalogueReference(name: string, target: 'EntityDefinition' | 'FieldDefinition'): FieldDefinition {
  return field(name, 'string', 'FSGN', {
    length: 255,
    referenceTo: [target],
    relationshipName: name.replace(/Id$/, ''),
  });
}

/** Structured values stand in the column as JSON text. */
export function structured(name: string): FieldDefinition {
  return field(name, 'complexvalue', 'N');
}
