import type { FieldDefinition, FieldType } from '../schema/definitions.ts';

/** Types that criteria of rules can test (Salesforce Help, "Criteria-Based Sharing Rules"). */
const ruleTypes: ReadonlySet<FieldType> = new Set([
  'string',
  'textarea',
  'boolean',
  'int',
  'double',
  'percent',
  'date',
  'datetime',
  'phone',
  'email',
  'url',
  'picklist',
  'multipicklist',
]);

function pointsToPeople({ referenceTo }: FieldDefinition): boolean {
  return referenceTo.length > 0 && referenceTo.every((target) => target === 'User' || target === 'Group');
}

/** Formulas, encrypted fields and lookups other than to people cannot stand in a rule's criteria. */
export function isWorkflowFilterable(field: FieldDefinition): boolean {
  if (field.calculated || isCompound(field)) return false;
  if (field.type === 'reference') return pointsToPeople(field);
  return ruleTypes.has(field.type) && field.filterable;
}

export function isCompound({ type }: FieldDefinition): boolean {
  return type === 'address' || type === 'location';
}

/** A name made of parts is a compound too, although its type is text. */
export function isCompoundName({ nameField }: FieldDefinition, others: ReadonlyMap<string, FieldDefinition>): boolean {
  return nameField && others.get('lastname')?.compoundFieldName === 'Name';
}

/**
 * Describe shows the parts of an address as permissionable although only the whole can have field permissions (recorded
 * describes; the picklist of FieldPermissions.Field is what counts).
 */
export function looksPermissionable(field: FieldDefinition, others: ReadonlyMap<string, FieldDefinition>): boolean {
  return field.permissionable || others.get(field.compoundFieldName?.toLowerCase() ?? '')?.permissionable === true;
}

export function isLongText({ type, filterable }: FieldDefinition): boolean {
  return type === 'textarea' && !filterable;
}

export function extraTypeInfo({ type, nameField, length, name, compoundFieldName }: FieldDefinition): string | null {
  if (type === 'textarea') return 'plaintextarea';
  if (compoundFieldName === 'Name' || (nameField && length === 121)) return 'personname';
  return type === 'url' && /PhotoUrl$/.test(name) ? 'imageurl' : null;
}

/** XML Schema type of a value in SOAP, as describe names it. */
export function soapType({ type }: FieldDefinition): string {
  switch (type) {
    case 'id':
    case 'reference':
      return 'tns:ID';
    case 'boolean':
      return 'xsd:boolean';
    case 'int':
      return 'xsd:int';
    case 'double':
    case 'currency':
    case 'percent':
      return 'xsd:double';
    case 'date':
      return 'xsd:date';
    case 'datetime':
      return 'xsd:dateTime';
    case 'address':
      return 'urn:address';
    case 'location':
      return 'urn:location';
    case 'base64':
      return 'xsd:base64Binary';
    case 'anyType':
      return 'xsd:anyType';
    case 'complexvalue':
      return 'mns:complexvalue';
    default:
      return 'xsd:string';
  }
}
