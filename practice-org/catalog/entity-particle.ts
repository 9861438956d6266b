import type { Caller, FilterHints, PracticeOrg } from '../org/practice-org.ts';
import type { FieldDefinition } from '../schema/definitions.ts';
import { checkbox, field, integer, text } from '../schema/notation.ts';
import { object } from '../schema/object-notation.ts';
import type { RowSource } from '../storage/table.ts';
import { cataloguedFields, developerName, type CataloguedField } from './catalogued-objects.ts';
import { catalogueObject, catalogueReference, emptyId, noSystemFields, structured } from './catalogue-object.ts';
import { computedRows, type Columns } from './computed-rows.ts';
import { catalogueKeys } from './durable-id.ts';
import {
  extraTypeInfo,
  isCompound,
  isCompoundName,
  isWorkflowFilterable,
  looksPermissionable,
} from './field-traits.ts';

export const entityParticle = object(
  'EntityParticle',
  '0Nv',
  [
    field('Id', 'id', 'FSG', { length: 18 }),
    text('DurableId', 255, 'FSGN'),
    text('QualifiedApiName', 70, 'FSG'),
    catalogueReference('EntityDefinitionId', 'EntityDefinition'),
    catalogueReference('FieldDefinitionId', 'FieldDefinition'),
    text('NamespacePrefix', 15, 'FSGN'),
    text('DeveloperName', 40, 'FSG'),
    text('MasterLabel', 80, 'FSG'),
    text('Label', 80, 'FSG'),
    integer('Length', 'FSG'),
    text('DataType', 70, 'FSG'),
    text('ServiceDataTypeId', 255, 'FSGN'),
    text('ValueTypeId', 255, 'FSGN'),
    text('ExtraTypeInfo', 40, 'FSGN'),
    checkbox('IsAutonumber', 'FSG'),
    integer('ByteLength', 'FSG'),
    checkbox('IsCalculated', 'FSG'),
    checkbox('IsCaseSensitive', 'FSG'),
    checkbox('IsUnique', 'FSG'),
    checkbox('IsCreatable', 'FSG'),
    checkbox('IsUpdatable', 'FSG'),
    checkbox('IsDefaultedOnCreate', 'FSG'),
    checkbox('IsDeprecatedAndHidden', 'FSG'),
    checkbox('IsDependentPicklist', 'FSG'),
    checkbox('IsEncrypted', 'FSG'),
    checkbox('IsIdLookup', 'FSG'),
    checkbox('IsNameField', 'FSG'),
    checkbox('IsNamePointing', 'FSG'),
    checkbox('IsNillable', 'FSG'),
    checkbox('IsPermissionable', 'FSG'),
    checkbox('IsCompound', 'FSG'),
    checkbox('IsComponent', 'FSG'),
    checkbox('IsLayoutable', 'FSG'),
    checkbox('IsCompactLayoutable', 'FSG'),
    checkbox('IsFieldHistoryTracked', 'FSG'),
    checkbox('IsHighScaleNumber', 'FSG'),
    checkbox('IsHtmlFormatted', 'FSG'),
    checkbox('IsApiFilterable', 'FSG'),
    checkbox('IsApiSortable', 'FSG'),
    checkbox('IsApiGroupable', 'FSG'),
    checkbox('IsListVisible', 'FSG'),
    checkbox('IsSearchPrefilterable', 'FSG'),
    checkbox('IsWorkflowFilterable', 'FSG'),
    checkbox('IsPolymorphicForeignKey', 'FSG'),
    integer('Precision', 'FSGN'),
    integer('Scale', 'FSGN'),
    integer('Digits', 'FSGN'),
    text('RelationshipName', 80, 'FSGN'),
    integer('RelationshipOrder', 'FSGN'),
    structured('ReferenceTo'),
    text('ReferenceTargetField', 80, 'FSGN'),
    text('DefaultValueFormula', 1333, 'N'),
    text('InlineHelpText', 510, 'N'),
  ],
  { ...catalogueObject, without: noSystemFields },
);

export function entityParticles(org: PracticeOrg, caller: Caller, hints: FilterHints): RowSource {
  const fields = [...cataloguedFields(org, caller, hints)];
  return computedRows(org.schema.object('EntityParticle') ?? entityParticle, fields, columns(org), 'DurableId');
}

function columns(org: PracticeOrg): Columns<CataloguedField> {
  const keys = catalogueKeys(org.organizationId);
  return {
    Id: () => emptyId,
    DurableId: ({ object: entity, field: definition }) => keys.field(entity, definition),
    QualifiedApiName: ({ field: { name } }) => name,
    EntityDefinitionId: ({ object: entity }) => keys.entity(entity),
    FieldDefinitionId: ({ object: entity, field: definition }) =>
      keys.field(entity, wholeOf(entity.fields, definition)),
    DeveloperName: ({ field: { name } }) => developerName(name),
    MasterLabel: ({ field: { label } }) => label,
    Label: ({ field: { label } }) => label,
    Length: ({ field: { length } }) => length,
    ByteLength: ({ field: { length } }) => length * 3,
    DataType: ({ field: { type } }) => type,
    ServiceDataTypeId: ({ field: { type } }) => type,
    ValueTypeId: ({ field: { type } }) => type,
    ExtraTypeInfo: ({ field: definition }) => extraTypeInfo(definition),
    IsAutonumber: ({ field: { autoNumber } }) => autoNumber,
    IsCalculated: ({ field: { calculated } }) => calculated,
    IsCaseSensitive: ({ field: { caseSensitive } }) => caseSensitive,
    IsUnique: ({ field: { unique } }) => unique,
    IsCreatable: ({ field: { createable } }) => createable,
    IsUpdatable: ({ field: { updateable } }) => updateable,
    IsDefaultedOnCreate: ({ field: { defaultValue } }) => defaultValue !== null,
    IsDeprecatedAndHidden: () => false,
    IsDependentPicklist: () => false,
    IsEncrypted: ({ field: { type } }) => type === 'encryptedstring',
    IsIdLookup: ({ field: { type, nameField, externalId } }) => type === 'id' || nameField || externalId,
    IsNameField: ({ field: { nameField } }) => nameField,
    IsNamePointing: ({ field: { referenceTo } }) => referenceTo.length > 1,
    IsNillable: ({ field: { nillable } }) => nillable,
    IsPermissionable: ({ object: { fields }, field: definition }) => looksPermissionable(definition, fields),
    IsCompound: ({ object: { fields }, field: definition }) =>
      isCompound(definition) || isCompoundName(definition, fields),
    IsComponent: ({ field: { name, compoundFieldName } }) => compoundFieldName !== null && compoundFieldName !== name,
    IsLayoutable: ({ object: { permissionable } }) => permissionable,
    IsCompactLayoutable: ({ object: { permissionable } }) => permissionable,
    IsFieldHistoryTracked: () => false,
    IsHighScaleNumber: () => false,
    IsHtmlFormatted: () => false,
    IsApiFilterable: ({ field: { filterable } }) => filterable,
    IsApiSortable: ({ field: { sortable } }) => sortable,
    IsApiGroupable: ({ field: { groupable } }) => groupable,
    IsListVisible: () => true,
    IsSearchPrefilterable: ({ field: { type } }) => type === 'reference',
    IsWorkflowFilterable: ({ field: definition }) => isWorkflowFilterable(definition),
    IsPolymorphicForeignKey: ({ field: { referenceTo } }) => referenceTo.length > 1,
    Precision: ({ field: { precision } }) => precision,
    Scale: ({ field: { scale } }) => scale,
    Digits: ({ field: { type, precision } }) => (type === 'int' ? precision : 0),
    RelationshipName: ({ field: { relationshipName } }) => relationshipName,
    ReferenceTo: ({ field: { referenceTo } }) =>
      JSON.stringify({ referenceTo: referenceTo.length > 0 ? referenceTo : null }),
  };
}

/** The address or name that a part belongs to. */
function wholeOf(fields: ReadonlyMap<string, FieldDefinition>, part: FieldDefinition): FieldDefinition {
  return fields.get(part.compoundFieldName?.toLowerCase() ?? '') ?? part;
}
