import type { FieldAccess } from '../access/access.ts';
import type { FieldDefinition, ObjectDefinition, PicklistValue } from '../schema/definitions.ts';
import { extraTypeInfo, isLongText, looksPermissionable, soapType } from './field-traits.ts';

export type DescribedField = Readonly<Record<string, unknown>>;

const timestamps = new Set(['CreatedDate', 'LastModifiedDate', 'SystemModstamp', 'CreatedById', 'LastModifiedById']);

/** Filled by the platform when the caller gives nothing. */
function isDefaultedOnCreate({ name, type, autoNumber, defaultValue }: FieldDefinition): boolean {
  const isSystemField = type === 'id' || name === 'OwnerId' || timestamps.has(name);
  return isSystemField || type === 'boolean' || autoNumber || defaultValue !== null;
}

function describeOption({ active, isDefault, label, value }: PicklistValue): Readonly<Record<string, unknown>> {
  return { active, defaultValue: isDefault, label, validFor: null, value };
}

function isAggregatable(field: FieldDefinition): boolean {
  return field.type !== 'boolean' && field.type !== 'address' && field.type !== 'location' && !isLongText(field);
}

/** Fields by whose value a record can be named in an upsert. */
function isIdLookup({ name, type, externalId, nameField, autoNumber }: FieldDefinition): boolean {
  return type === 'id' || externalId || (nameField && autoNumber) || name === 'Email';
}

/** Lookups to records, record types excepted, can narrow a search. */
function isSearchLookup({ type, referenceTo }: FieldDefinition): boolean {
  return type === 'reference' && !referenceTo.includes('RecordType');
}

function textOrNull(text: unknown): string | null {
  return typeof text === 'string' ? text : null;
}

/** One field of a REST describe, for a caller with this access to it. */
export function describeField(
  object: ObjectDefinition,
  field: FieldDefinition,
  access: FieldAccess,
  picklistValues: readonly PicklistValue[],
): DescribedField {
  const { type, length, referenceTo, masterDetail } = field;
  const isId = type === 'id' || type === 'reference';
  const isPolymorphic = referenceTo.length > 1;
  return {
    aggregatable: isAggregatable(field),
    aiPredictionField: false,
    autoNumber: field.autoNumber,
    byteLength: isId ? length : length * 3,
    calculated: field.calculated,
    calculatedFormula: field.formula,
    cascadeDelete: masterDetail,
    caseSensitive: isId ? false : field.caseSensitive,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    createable: field.createable && access.edit,
    custom: field.custom,
    defaultValue: field.defaultValue,
    defaultValueFormula: null,
    defaultedOnCreate: isDefaultedOnCreate(field),
    dependentPicklist: false,
    deprecatedAndHidden: false,
    digits: type === 'int' ? field.precision : 0,
    displayLocationInDecimal: false,
    encrypted: type === 'encryptedstring',
    externalId: field.externalId,
    extraTypeInfo: extraTypeInfo(field),
    filterable: field.filterable,
    filteredLookupInfo: null,
    formulaTreatNullNumberAsZero: false,
    groupable: field.groupable,
    highScaleNumber: false,
    htmlFormatted: false,
    idLookup: isIdLookup(field),
    inlineHelpText: textOrNull(field.metadata?.['inlineHelpText']),
    label: field.label,
    length,
    mask: null,
    maskType: null,
    name: field.name,
    nameField: field.nameField,
    namePointing: isPolymorphic,
    nillable: field.nillable,
    permissionable: looksPermissionable(field, object.fields),
    picklistValues: picklistValues.map(describeOption),
    polymorphicForeignKey: isPolymorphic,
    precision: type === 'int' ? 0 : field.precision,
    queryByDistance: type === 'address' || type === 'location',
    referenceTargetField: null,
    referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: masterDetail ? 0 : null,
    restrictedDelete: false,
    restrictedPicklist: field.restrictedPicklist,
    scale: field.scale,
    searchPrefilterable: field.updateable && field.nillable && isSearchLookup(field),
    soapType: soapType(field),
    sortable: field.sortable,
    type,
    unique: field.unique,
    updateable: field.updateable && access.edit,
    writeRequiresMasterRead: false,
  };
}
