import type { FieldDefinition } from '../schema/definitions.ts';

/** FieldDefinition.DataType: the type as Setup shows it, such as "Text(40)" or "Lookup(Account)". */
export function fieldTypeLabel(field: FieldDefinition): string {
  if (field.calculated && field.formula !== null) return `Formula (${plainTypeLabel(field)})`;
  if (field.autoNumber) return 'Auto Number';
  return plainTypeLabel(field);
}

function plainTypeLabel({
  type,
  length,
  precision,
  scale,
  referenceTo,
  masterDetail,
  name,
  nameField,
}: FieldDefinition): string {
  switch (type) {
    case 'id':
      return 'Lookup()';
    case 'string':
      return nameField && name === 'Name' && length === 121 ? 'Name' : `Text(${length})`;
    case 'textarea':
      return length > 255 ? `Long Text Area(${length})` : `Text Area(${length})`;
    case 'boolean':
      return 'Checkbox';
    case 'int':
      return `Number(${precision}, 0)`;
    case 'double':
      return `Number(${precision - scale}, ${scale})`;
    case 'currency':
      return `Currency(${precision - scale}, ${scale})`;
    case 'percent':
      return `Percent(${precision - scale}, ${scale})`;
    case 'date':
      return 'Date';
    case 'datetime':
      return 'Date/Time';
    case 'email':
      return 'Email';
    case 'phone':
      return 'Phone';
    case 'url':
      return `URL(${length})`;
    case 'picklist':
      return 'Picklist';
    case 'multipicklist':
      return 'Picklist (Multi-Select)';
    case 'combobox':
      return 'Picklist';
    case 'reference':
      return `${masterDetail ? 'Master-Detail' : 'Lookup'}(${referenceTo.join(',')})`;
    case 'address':
      return 'Address';
    case 'location':
      return 'Geolocation';
    case 'encryptedstring':
      return `Text (Encrypted)(${length})`;
    case 'base64':
    case 'anyType':
    case 'complexvalue':
      return type;
  }
}
