import type { FieldDefinition, FieldType, PicklistValue } from './definitions.ts';

/**
 * The notation of the object catalogue. Properties are letters, as the Object Reference lists them:
 * C create, U update, F filter, S sort, G group, N nillable. The reference's usual "CUFSGN" may be left out.
 */
type Properties = string;
export type Details = Partial<Omit<FieldDefinition, 'name' | 'type'>> & { readonly children?: string };

const usual = 'CUFSGN';

/** Never under field-level security (Object Reference, FieldPermissions). */
const systemFieldNames = new Set([
  'Id',
  'CreatedById',
  'CreatedDate',
  'IsDeleted',
  'LastModifiedById',
  'LastModifiedDate',
  'SystemModstamp',
  'OwnerId',
]);

export function field(name: string, type: FieldType, properties: Properties, details: Details = {}): FieldDefinition {
  const { children, ...given } = details;
  const nillable = properties.includes('N');
  const basic = {
    label: labelOf(name),
    length: 0,
    precision: 0,
    scale: 0,
    createable: properties.includes('C'),
    updateable: properties.includes('U'),
    filterable: properties.includes('F'),
    sortable: properties.includes('S'),
    groupable: properties.includes('G'),
    nillable,
    unique: false,
    externalId: false,
    caseSensitive: false,
    defaultValue: type === 'boolean' ? false : null,
    picklistValues: [],
    restrictedPicklist: false,
    referenceTo: [],
    relationshipName: null,
    masterDetail: false,
    compoundFieldName: null,
    nameField: false,
    autoNumber: false,
    calculated: false,
    formula: null,
    custom: false,
    description: null,
    securityClassification: null,
    complianceGroup: null,
    metadata: children === undefined ? null : { childRelationshipName: children },
    ...given,
  };
  return { name, type, permissionable: isPermissionable(name, type, basic), ...basic };
}

/**
 * A required field, a part of a compound, a system field and what only the platform writes have no field-level security; the
 * few exceptions say so. A checkbox is not nillable without being required.
 */
function isPermissionable(
  name: string,
  type: FieldType,
  { nillable, updateable, compoundFieldName }: Pick<FieldDefinition, 'nillable' | 'updateable' | 'compoundFieldName'>,
): boolean {
  if (systemFieldNames.has(name) || compoundFieldName !== null) return false;
  return type === 'address' || (updateable && (nillable || type === 'boolean'));
}

/** "AnnualRevenue" → "Annual Revenue", "ParentId" → "Parent ID". */
export function labelOf(name: string): string {
  return name
    .replace(/Id$/, ' ID')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/ {2,}/g, ' ')
    .trim();
}

export function text(
  name: string,
  length: number,
  properties: Properties = usual,
  details: Details = {},
): FieldDefinition {
  return field(name, 'string', properties, { length, ...details });
}

export function longText(name: string, length: number, properties: Properties = 'CUN', details: Details = {}) {
  return field(name, 'textarea', properties, { length, ...details });
}

export function checkbox(name: string, properties: Properties = 'CUFSG', details: Details = {}): FieldDefinition {
  return field(name, 'boolean', properties, details);
}

export function integer(name: string, properties: Properties = usual, details: Details = {}): FieldDefinition {
  return field(name, 'int', properties, { precision: 8, ...details });
}

export function decimal(
  name: string,
  precision: number,
  scale: number,
  properties: Properties = 'CUFSN',
  details: Details = {},
) {
  return field(name, 'double', properties, { precision, scale, ...details });
}

export function money(name: string, properties: Properties = 'CUFSN', details: Details = {}): FieldDefinition {
  return field(name, 'currency', properties, { precision: 18, scale: 2, ...details });
}

export function percent(name: string, properties: Properties = 'CUFSN', details: Details = {}): FieldDefinition {
  return field(name, 'percent', properties, { precision: 3, scale: 0, ...details });
}

export function date(name: string, properties: Properties = usual, details: Details = {}): FieldDefinition {
  return field(name, 'date', properties, details);
}

export function datetime(name: string, properties: Properties = 'CUFSN', details: Details = {}): FieldDefinition {
  return field(name, 'datetime', properties, details);
}

export function email(name: string, properties: Properties = usual, details: Details = {}): FieldDefinition {
  return field(name, 'email', properties, { length: 80, ...details });
}

export function phone(name: string, properties: Properties = usual, details: Details = {}): FieldDefinition {
  return field(name, 'phone', properties, { length: 40, ...details });
}

export function url(name: string, properties: Properties = usual, details: Details = {}): FieldDefinition {
  return field(name, 'url', properties, { length: 255, ...details });
}

/** Values are separated by semicolons; the one that starts with "*" is the default. */
export function picklist(name: string, values: string, properties: Properties = usual, details: Details = {}) {
  const picklistValues = picklistValuesOf(values);
  const defaultValue = picklistValues.find((entry) => entry.isDefault)?.value ?? null;
  return field(name, 'picklist', properties, { length: 255, picklistValues, defaultValue, ...details });
}

/** A picklist that takes no other values. */
export function restricted(name: string, values: string, properties: Properties = usual, details: Details = {}) {
  return picklist(name, values, properties, { restrictedPicklist: true, ...details });
}

function picklistValuesOf(values: string): readonly PicklistValue[] {
  if (values === '') return [];
  return values.split(';').map((entry) => {
    const isDefault = entry.startsWith('*');
    const [value = '', label = value] = entry.replace(/^\*/, '').split('=');
    return { value, label, active: true, isDefault };
  });
}

/** `targets` is one object or several separated by commas. The relationship is the name without its "Id". */
export function reference(name: string, targets: string, properties: Properties = usual, details: Details = {}) {
  const relationshipName = name.endsWith('Id') ? name.slice(0, -2) : null;
  return field(name, 'reference', properties, {
    length: 18,
    referenceTo: targets.split(',').filter(Boolean),
    relationshipName,
    ...details,
  });
}

type AddressOptions = { readonly properties?: Properties; readonly geocode?: boolean };

/** An address and its parts; field-level security stands on the whole only. */
export function address(
  prefix: string,
  { properties = usual, geocode = true }: AddressOptions = {},
): readonly FieldDefinition[] {
  const compound = { compoundFieldName: `${prefix}Address` };
  const parts = [
    longText(`${prefix}Street`, 255, properties, compound),
    text(`${prefix}City`, 40, properties, compound),
    text(`${prefix}State`, 80, properties, { ...compound, label: labelOf(`${prefix} State/Province`) }),
    text(`${prefix}PostalCode`, 20, properties, { ...compound, label: labelOf(`${prefix} Zip/Postal Code`) }),
    text(`${prefix}Country`, 80, properties, compound),
  ];
  const withoutGrouping = properties.replace('G', '');
  const geocoded = [
    decimal(`${prefix}Latitude`, 18, 15, withoutGrouping, compound),
    decimal(`${prefix}Longitude`, 18, 15, withoutGrouping, compound),
    restricted(
      `${prefix}GeocodeAccuracy`,
      'Address;NearAddress;Block;Street;ExtendedZip;Zip;Neighborhood;City;County;State;Unknown',
      properties,
      { length: 40, ...compound },
    ),
  ];
  const whole = field(`${prefix}Address`, 'address', 'FN');
  return [...parts, ...(geocode ? geocoded : []), whole];
}

/** Readable or not by field-level security, although nobody may write it. */
export const secured: Details = { permissionable: true };
/** Open to everybody who reads the record. */
export const unsecured: Details = { permissionable: false };

/** Queues own leads, cases and the like. */
export const ownerField = reference('OwnerId', 'User', 'CUFSG');
/** Queues own leads, cases and tasks as well. */
export const queueableOwnerField = reference('OwnerId', 'Group,User', 'CUFSG');
/** Owned by people only (recorded describes of Account, Contact and Opportunity). */
export const userOwnerField = reference('OwnerId', 'User', 'CUFSG');

export const recordTypeField = reference('RecordTypeId', 'RecordType', 'CUFSGN', unsecured);
/** Most objects' pages list neither Sort nor Group for it. */
export const restrictedRecordTypeField = reference('RecordTypeId', 'RecordType', 'CUFN', unsecured);
