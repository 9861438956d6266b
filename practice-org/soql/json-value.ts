import type { FieldDefinition } from '../schema/definitions.ts';
import type { RowSource } from '../storage/table.ts';
import type { Reader } from './field-reader.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };
export type JsonRecord = { readonly [key: string]: JsonValue };
export type JsonReader = (row: number) => JsonValue;

/** How REST writes a field's value. */
export function jsonReader(source: RowSource, field: FieldDefinition, read: Reader): JsonReader {
  switch (field.type) {
    case 'address':
      return compoundReader(source, field, addressParts);
    case 'location':
      return compoundReader(source, field, ['latitude', 'longitude']);
    case 'complexvalue':
      return (row) => parsed(read(row));
    default:
      return (row) => {
        const value = read(row);
        return value === '' ? null : value;
      };
  }
}

/** Computed objects keep structured values as JSON text. */
function parsed(value: unknown): JsonValue {
  return typeof value === 'string' ? (JSON.parse(value) as JsonValue) : null;
}

const addressParts = [
  'city',
  'country',
  'geocodeAccuracy',
  'latitude',
  'longitude',
  'postalCode',
  'state',
  'street',
] as const;

/** A compound is null when all its parts are. */
function compoundReader(source: RowSource, compound: FieldDefinition, parts: readonly string[]): JsonReader {
  const prefix = compound.name.replace(/Address$|__c$/, '');
  const readers = parts.map((part) => [part, partReader(source, prefix, part)] as const);
  return (row) => {
    const entries = readers.map(([part, read]) => [part, read(row)] as const);
    return entries.every(([, value]) => value === null) ? null : Object.fromEntries(entries);
  };
}

function partReader(source: RowSource, prefix: string, part: string): Reader {
  const { fields } = source.object;
  const field = fields.get(`${prefix}${part}`.toLowerCase()) ?? fields.get(`${prefix}__${part}__s`.toLowerCase());
  return field ? source.reader(field.name) : () => null;
}
