import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ObjectDefinition } from '../../../practice-org/schema/definitions.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';
import { timedOrg } from './practice-settings.ts';

type ReferenceField = { readonly type?: string; readonly properties?: string };

const properties = {
  createable: 'Create',
  updateable: 'Update',
  filterable: 'Filter',
  sortable: 'Sort',
  groupable: 'Group',
} as const;

/** Where the reference's own text says more than its list of properties, and what it is that ours follows. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['IsDeleted', 'is listed without Sort and Group, which describes recorded from real orgs have'],
  ['UserRecordAccess.RecordId', 'is typed as a picklist, but compares as an Id'],
  ['EntityDefinitionId', 'names a relationship'],
]);

function referenceFields(object: string): Readonly<Record<string, ReferenceField>> {
  const path =
    referencePath('schema', 'enterprise_api', `${object}.json`) ??
    referencePath('schema', 'tooling_api', `${object}.json`);
  if (path === undefined) return {};
  return (JSON.parse(readFileSync(path, 'utf8')) as { fields: Record<string, ReferenceField> }).fields;
}

function differences(object: ObjectDefinition): readonly string[] {
  const documented = referenceFields(object.name);
  return [...object.fields.values()].flatMap((field) => {
    const reference = documented[field.name];
    const name = `${object.name}.${field.name}`;
    if (!reference?.properties || exceptions.has(name) || exceptions.has(field.name)) return [];
    const listed = reference.properties.split(',').map((property) => property.trim());
    return Object.entries(properties)
      .filter(([key, property]) => field[key as keyof typeof properties] !== listed.includes(property))
      .map(([, property]) => `${name}: ${property} should be ${listed.includes(property)}`);
  });
}

describeWithReference('Given the official reference of objects that access makes', () => {
  const { schema } = timedOrg().org;
  const names = [
    'AccountShare',
    'CampaignShare',
    'CaseShare',
    'ContactShare',
    'LeadShare',
    'OpportunityShare',
    'UserRecordAccess',
    'UserFieldAccess',
    'UserEntityAccess',
  ];

  it.each(names)('when the fields of %s are compared, then their properties agree', (name) => {
    const object = schema.object(name);
    expect(object && differences(object)).toEqual([]);
  });
});
