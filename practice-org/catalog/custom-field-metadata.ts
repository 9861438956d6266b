import type { FieldDefinition, FieldType } from '../schema/definitions.ts';

const metadataTypes: Readonly<Record<FieldType, string | null>> = {
  id: null,
  string: 'Text',
  textarea: 'TextArea',
  boolean: 'Checkbox',
  int: 'Number',
  double: 'Number',
  currency: 'Currency',
  percent: 'Percent',
  date: 'Date',
  datetime: 'DateTime',
  email: 'Email',
  phone: 'Phone',
  url: 'Url',
  picklist: 'Picklist',
  multipicklist: 'MultiselectPicklist',
  combobox: 'Picklist',
  reference: 'Lookup',
  address: 'Address',
  location: 'Location',
  base64: null,
  encryptedstring: 'EncryptedText',
  anyType: null,
  complexvalue: null,
};

/** The Metadata column of the Tooling API: the field as the Metadata API describes it. */
export function customFieldMetadata(field: FieldDefinition): Readonly<Record<string, unknown>> {
  const { type, label, length, precision, scale, formula, description, defaultValue } = field;
  return {
    label,
    type: typeof field.metadata?.['type'] === 'string' ? field.metadata['type'] : metadataTypes[type],
    description,
    formula,
    length: length || null,
    precision: precision || null,
    scale: precision ? scale : null,
    required: !field.nillable && type !== 'boolean',
    unique: field.unique,
    externalId: field.externalId,
    defaultValue: defaultValue === null ? null : String(defaultValue),
    referenceTo: field.referenceTo[0] ?? null,
    securityClassification: field.securityClassification,
    complianceGroup: field.complianceGroup,
    ...field.metadata,
  };
}
