import type { Schema } from '../schema/definitions.ts';

/**
 * Whose access an object that is Controlled by Parent follows: the first reference that is filled for standard objects,
 * every master for details of custom objects.
 */
export type ParentReferences = { readonly fields: readonly string[]; readonly mode: 'first' | 'every' };

const standardParents: Readonly<Record<string, readonly string[]>> = {
  Asset: ['AccountId', 'ContactId'],
  CampaignMember: ['CampaignId'],
  CaseComment: ['ParentId'],
  Contact: ['AccountId'],
  Contract: ['AccountId'],
  Order: ['AccountId', 'ContractId'],
  OrderItem: ['OrderId'],
  OpportunityContactRole: ['OpportunityId'],
  OpportunityLineItem: ['OpportunityId'],
  Quote: ['OpportunityId'],
};

export function parentReferences(schema: Schema, object: string): ParentReferences {
  const definition = schema.object(object);
  if (!definition) return { fields: [], mode: 'first' };
  const masters = [...definition.fields.values()].filter((field) => field.masterDetail).map((field) => field.name);
  if (masters.length > 0) return { fields: masters, mode: 'every' };
  const standard = standardParents[definition.name] ?? [];
  return { fields: standard.filter((field) => definition.fields.has(field.toLowerCase())), mode: 'first' };
}

export function parentObject(schema: Schema, object: string): string | undefined {
  const [first] = parentReferences(schema, object).fields;
  return first === undefined ? undefined : schema.field(object, first)?.referenceTo[0];
}

/** Without a model and an owner of its own, an object's rows follow the parent, where it has one. */
export function followsParent(schema: Schema, object: string): boolean {
  return parentReferences(schema, object).fields.length > 0 && schema.object(object)?.ownerSharing === false;
}
