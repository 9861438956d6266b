import type { ObjectDescription } from '../observation/question.js';

/** Parents whose rows Salesforce locks when a child is written, of standard objects. */
const standardParents: Readonly<Record<string, string>> = {
  Asset: 'AccountId',
  Case: 'AccountId',
  Contact: 'AccountId',
  Contract: 'AccountId',
  Opportunity: 'AccountId',
  Order: 'AccountId',
};

/**
 * The field by which rows are put in order, so that children of one parent are in one batch and do not wait for each other's
 * lock. On custom objects it is the reference that every row must have: a master, or a required lookup.
 */
export function lockingParent({ name, fields }: ObjectDescription): string | null {
  const standard = standardParents[name];
  const parent = fields.find((field) =>
    standard === undefined ? field.custom && field.type === 'reference' && !field.nillable : field.name === standard,
  );
  return parent?.name ?? null;
}
