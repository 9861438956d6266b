import type { FieldDefinition, ObjectDefinition } from './definitions.ts';
import { checkbox, datetime, field, labelOf, reference } from './notation.ts';

const systemFields: readonly FieldDefinition[] = [
  checkbox('IsDeleted', 'FSG', { label: 'Deleted' }),
  datetime('CreatedDate', 'FS'),
  reference('CreatedById', 'User', 'FSG'),
  datetime('LastModifiedDate', 'FS'),
  reference('LastModifiedById', 'User', 'FSG'),
  datetime('SystemModstamp', 'FS'),
];

function idField(objectLabel: string): FieldDefinition {
  return field('Id', 'id', 'FSG', { label: `${objectLabel} ID`, length: 18, caseSensitive: true });
}

type ObjectDetails = Partial<Omit<ObjectDefinition, 'name' | 'keyPrefix' | 'fields'>> & {
  /** System fields that this object does not have. */
  readonly without?: readonly string[];
};

export function object(
  name: string,
  keyPrefix: string | null,
  fields: ReadonlyArray<FieldDefinition | readonly FieldDefinition[]>,
  details: ObjectDetails = {},
): ObjectDefinition {
  const { without = [], ...given } = details;
  const label = given.label ?? labelOf(name);
  const all = [idField(label), ...systemFields.filter((one) => !without.includes(one.name)), ...fields.flat()];
  return {
    name,
    label,
    labelPlural: `${label}s`,
    keyPrefix,
    custom: false,
    queryable: true,
    createable: true,
    updateable: true,
    deletable: true,
    setup: false,
    api: 'rest',
    permissionable: false,
    ownerSharing: false,
    fields: new Map(all.map((one) => [one.name.toLowerCase(), one])),
    metadata: null,
    ...given,
  };
}

/** Data of the business: under object permissions and field-level security. */
export const businessObject: ObjectDetails = { permissionable: true };
export const ownedObject: ObjectDetails = { permissionable: true, ownerSharing: true };
/** Not deleted to a recycle bin: setup rows have no IsDeleted. */
export const setupObject: ObjectDetails = { setup: true, without: ['IsDeleted'] };
/** Rows that only the platform writes. */
export const readOnly: ObjectDetails = { createable: false, updateable: false, deletable: false };
