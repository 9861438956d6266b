import type { DescribedField, ObjectDescription } from '../../observation/question.js';
import type { BatchRead } from './batch.js';

type Described = Readonly<Record<string, unknown>>;
export type DescribedObject = Described & { readonly fields: readonly Described[] };

export function describeRead(sobject: string): BatchRead<DescribedObject> {
  return { path: `/sobjects/${encodeURIComponent(sobject)}/describe`, isExpected: isDescription };
}

function isDescription(body: unknown): body is DescribedObject {
  return typeof body === 'object' && body !== null && 'fields' in body && Array.isArray(body.fields);
}

export function objectDescription(described: DescribedObject): ObjectDescription {
  return {
    name: text(described, 'name') ?? '',
    label: text(described, 'label') ?? '',
    custom: described['custom'] === true,
    queryable: described['queryable'] === true,
    createable: described['createable'] === true,
    updateable: described['updateable'] === true,
    keyPrefix: text(described, 'keyPrefix'),
    fields: described.fields.map(describedField),
  };
}

function describedField(field: Described): DescribedField {
  return {
    name: text(field, 'name') ?? '',
    label: text(field, 'label') ?? '',
    type: text(field, 'type') ?? '',
    custom: field['custom'] === true,
    calculated: field['calculated'] === true,
    createable: field['createable'] === true,
    updateable: field['updateable'] === true,
    nillable: field['nillable'] === true,
    permissionable: field['permissionable'] === true,
    length: typeof field['length'] === 'number' ? field['length'] : 0,
    defaultedOnCreate: field['defaultedOnCreate'] === true,
    compoundFieldName: text(field, 'compoundFieldName'),
    nameField: field['nameField'] === true,
    referenceTo: list(field['referenceTo']).map(String),
    relationshipName: text(field, 'relationshipName'),
    autoNumber: field['autoNumber'] === true,
    externalId: field['externalId'] === true,
    idLookup: field['idLookup'] === true,
    unique: field['unique'] === true,
    restrictedPicklist: field['restrictedPicklist'] === true,
    picklistValues: list(field['picklistValues']).filter(isDescribed).map(picklistValue),
    calculatedFormula: text(field, 'calculatedFormula'),
  };
}

function picklistValue(value: Described): { readonly value: string; readonly active: boolean } {
  return { value: text(value, 'value') ?? '', active: value['active'] !== false };
}

function isDescribed(value: unknown): value is Described {
  return typeof value === 'object' && value !== null;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(described: Described, key: string): string | null {
  const value = described[key];
  return typeof value === 'string' ? value : null;
}
