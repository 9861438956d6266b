import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { standardObjects } from '../../../practice-org/schema/catalogue/catalogue.ts';
import type { FieldDefinition, ObjectDefinition } from '../../../practice-org/schema/definitions.ts';
import { describeWithReference, referencePath } from '../../support/reference-data.ts';

type ReferenceField = { readonly type?: string; readonly properties?: string };
type Reference = { readonly fields: Readonly<Record<string, ReferenceField>> };

const propertyNames = {
  createable: 'Create',
  updateable: 'Update',
  filterable: 'Filter',
  sortable: 'Sort',
  groupable: 'Group',
  nillable: 'Nillable',
} as const satisfies Partial<Record<keyof FieldDefinition, string>>;

/** Where a page contradicts what it says elsewhere, by object, by field or for every object's field. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['IsDeleted', 'is listed without Sort and Group, which describes recorded from real orgs have'],
  ['PermissionSet.Type', 'is typed "reference", with the values of a picklist'],
  ['Campaign', 'campaigns can be created and updated, but no field is listed as writable'],
  ['Group.QueueRoutingConfigId', 'is not listed as nillable, although public groups have none'],
  ['Lead.Company', 'is nillable, but only with person accounts'],
]);

function readReference(object: string): Reference | undefined {
  const path = referencePath('schema', 'enterprise_api', `${object}.json`);
  return path === undefined ? undefined : (JSON.parse(readFileSync(path, 'utf8')) as Reference);
}

function normalizedType(type: string | undefined): string {
  return (type ?? '').toLowerCase();
}

function differences(object: ObjectDefinition, reference: Reference): readonly string[] {
  return [...object.fields.values()].flatMap((field) => {
    const documented = reference.fields[field.name];
    const name = `${object.name}.${field.name}`;
    const isException = [name, object.name, field.name].some((key) => exceptions.has(key));
    if (!documented?.properties || isException) return [];
    const properties = documented.properties.split(',').map((property) => property.trim());
    const wrong = Object.entries(propertyNames)
      .filter(([key, property]) => field[key as keyof typeof propertyNames] !== properties.includes(property))
      .map(([, property]) => `${name}: ${property} should be ${properties.includes(property)}`);
    const type = normalizedType(documented.type);
    return type === field.type ? wrong : [...wrong, `${name}: type should be ${type}, is ${field.type}`];
  });
}

describeWithReference('The object catalogue against the official Object Reference', () => {
  const documented = standardObjects({ 'person-accounts': 'on' }).flatMap((object) => {
    const reference = readReference(object.name);
    return reference ? [{ object, reference }] : [];
  });

  it.each(documented.map(({ object, reference }) => [object.name, object, reference] as const))(
    'Given %s, When its fields are compared, Then type, and properties agree',
    (_, object, reference) => {
      expect(differences(object, reference)).toEqual([]);
    },
  );
});
