import type { ObjectDefinition, Schema } from '../schema/definitions.ts';

/**
 * Whose access an object that is Controlled by Parent follows: the first reference that is filled for standard objects,
 * every master for details of custom objects.
 */
type ParentReferences = { readonly fields: readonly string[]; readonly mode: 'first' | 'every' };

/** Objects with owners of their own whose default may be Controlled by Parent. */
const standardParents: Readonly<Record<string, readonly string[]>> = {
  Asset: ['AccountId', 'ContactId'],
  Contact: ['AccountId'],
  Contract: ['AccountId'],
  Order: ['AccountId', 'ContractId'],
  Quote: ['OpportunityId'],
};

export function parentReferences(schema: Schema, object: string): ParentReferences {
  const definition = schema.object(object);
  if (!definition) return { fields: [], mode: 'first' };
  const masters = [...definition.fields.values()].filter((field) => field.masterDetail).map((field) => field.name);
  if (masters.length > 0) return { fields: masters, mode: 'every' };
  const fields = standardParents[definition.name] ?? referencesTo(definition, definition.permissionsFollow);
  return { fields: fields.filter((field) => definition.fields.has(field.toLowerCase())), mode: 'first' };
}

/** Lines, members and roles refer to the object that they belong to. */
function referencesTo({ fields }: ObjectDefinition, parent: string | undefined): readonly string[] {
  if (parent === undefined) return [];
  return [...fields.values()].filter(({ referenceTo }) => referenceTo[0] === parent).map(({ name }) => name);
}

/** Records that belong to their parent: who may edit the parent may do everything to them. */
export function isPartOfParent(schema: Schema, object: string): boolean {
  const { mode } = parentReferences(schema, object);
  return mode === 'every' || schema.object(object)?.permissionsFollow !== undefined;
}

export function parentObject(schema: Schema, object: string): string | undefined {
  const [first] = parentReferences(schema, object).fields;
  return first === undefined ? undefined : schema.field(object, first)?.referenceTo[0];
}

/** Without a model and an owner of its own, an object's rows follow the parent, where it has one. */
export function followsParent(schema: Schema, object: string): boolean {
  return parentReferences(schema, object).fields.length > 0 && schema.object(object)?.ownerSharing === false;
}
