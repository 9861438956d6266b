import type { Caller, FilterHints, PracticeOrg } from '../org/practice-org.ts';
import { checkbox, datetime, field, integer, reference, restricted, text } from '../schema/notation.ts';
import { object } from '../schema/object-notation.ts';
import type { RowSource } from '../storage/table.ts';
import { cataloguedFields, developerName, type CataloguedField } from './catalogued-objects.ts';
import { catalogueObject, catalogueReference, emptyId, noSystemFields, structured } from './catalogue-object.ts';
import { computedRows, type Columns } from './computed-rows.ts';
import { customFieldMetadata } from './custom-field-metadata.ts';
import { catalogueKeys } from './durable-id.ts';
import { fieldTypeLabel } from './field-type-label.ts';
import { extraTypeInfo, isCompound, isCompoundName, isWorkflowFilterable } from './field-traits.ts';

export const fieldDefinition = object(
  'FieldDefinition',
  '4fe',
  [
    field('Id', 'id', 'FSG', { length: 18 }),
    text('DurableId', 255, 'FSGN'),
    text('QualifiedApiName', 70, 'FSG'),
    catalogueReference('EntityDefinitionId', 'EntityDefinition'),
    text('NamespacePrefix', 15, 'FSGN'),
    text('DeveloperName', 40, 'FSG'),
    text('MasterLabel', 80, 'FSG'),
    text('Label', 80, 'FSG'),
    integer('Length', 'FSG'),
    text('DataType', 1333, 'FSG'),
    text('ServiceDataTypeId', 255, 'FSGN'),
    text('ValueTypeId', 255, 'FSGN'),
    text('ExtraTypeInfo', 40, 'FSGN'),
    checkbox('IsCalculated', 'FSG'),
    checkbox('IsHighScaleNumber', 'FSG'),
    checkbox('IsHtmlFormatted', 'FSG'),
    checkbox('IsNameField', 'FSG'),
    checkbox('IsNillable', 'FSG'),
    checkbox('IsWorkflowFilterable', 'FSG'),
    checkbox('IsCompactLayoutable', 'FSG'),
    integer('Precision', 'FSGN'),
    integer('Scale', 'FSGN'),
    checkbox('IsFieldHistoryTracked', 'FSG'),
    checkbox('IsIndexed', 'FSG'),
    checkbox('IsApiFilterable', 'FSG'),
    checkbox('IsApiSortable', 'FSG'),
    checkbox('IsApiGroupable', 'FSG'),
    checkbox('IsListFilterable', 'FSG'),
    checkbox('IsListSortable', 'FSG'),
    checkbox('IsListVisible', 'FSG'),
    checkbox('IsFlsEnabled', 'FSG'),
    checkbox('IsEverApiAccessible', 'FSG'),
    checkbox('IsCompound', 'FSG'),
    checkbox('IsSearchPrefilterable', 'FSG'),
    checkbox('IsPolymorphicForeignKey', 'FSG'),
    text('ControllingFieldDefinitionId', 255, 'FSGN'),
    datetime('LastModifiedDate', 'FSN'),
    reference('LastModifiedById', 'User', 'FSGN'),
    text('PublisherId', 255, 'FSGN'),
    text('RunningUserFieldAccessId', 255, 'FSGN'),
    text('RelationshipName', 80, 'FSGN'),
    structured('ReferenceTo'),
    text('ReferenceTargetField', 80, 'FSGN'),
    reference('BusinessOwnerId', 'User,Group', 'FSGN'),
    restricted('BusinessStatus', 'Active;DeprecateCandidate;Hidden', 'FSGN', { length: 255 }),
    restricted('SecurityClassification', 'Public;Internal;Confidential;Restricted;MissionCritical', 'FSGN', {
      length: 255,
    }),
    field('ComplianceGroup', 'multipicklist', 'FSGN', { length: 255 }),
    text('Description', 1000, 'FN'),
    text('FullName', 255, 'GN'),
    structured('Metadata'),
  ],
  { ...catalogueObject, without: noSystemFields },
);

/** A part of an address or name has no row of its own here, only in EntityParticle. */
function isWhole({ field: { name, compoundFieldName } }: CataloguedField): boolean {
  return compoundFieldName === null || compoundFieldName === name;
}

export function fieldDefinitions(org: PracticeOrg, caller: Caller, hints: FilterHints): RowSource {
  const fields = cataloguedFields(org, caller, hints).filter(isWhole);
  return computedRows(
    org.schema.object('FieldDefinition') ?? fieldDefinition,
    fields,
    columns(org, caller),
    'DurableId',
  );
}

function columns(org: PracticeOrg, caller: Caller): Columns<CataloguedField> {
  const keys = catalogueKeys(org.organizationId);
  const durableId = (one: CataloguedField): string => keys.field(one.object, one.field);
  return {
    Id: () => emptyId,
    DurableId: durableId,
    QualifiedApiName: ({ field: { name } }) => name,
    FullName: ({ object: entity, field: { name } }) => `${entity.name}.${name}`,
    EntityDefinitionId: ({ object: entity }) => keys.entity(entity),
    DeveloperName: ({ field: { name } }) => developerName(name),
    MasterLabel: ({ field: { label } }) => label,
    Label: ({ field: { label } }) => label,
    Length: ({ field: { length } }) => length,
    DataType: ({ field: definition }) => fieldTypeLabel(definition),
    ServiceDataTypeId: ({ field: { type } }) => type,
    ValueTypeId: ({ field: { type } }) => type,
    ExtraTypeInfo: ({ field: definition }) => extraTypeInfo(definition),
    IsCalculated: ({ field: { calculated } }) => calculated,
    IsHighScaleNumber: () => false,
    IsHtmlFormatted: () => false,
    IsNameField: ({ field: { nameField } }) => nameField,
    IsNillable: ({ field: { nillable } }) => nillable,
    IsWorkflowFilterable: ({ field: definition }) => isWorkflowFilterable(definition),
    IsCompactLayoutable: ({ object: { permissionable } }) => permissionable,
    Precision: ({ field: { precision } }) => precision,
    Scale: ({ field: { scale } }) => scale,
    IsFieldHistoryTracked: () => false,
    IsIndexed: ({ field: { type, unique, externalId } }) =>
      unique || externalId || type === 'id' || type === 'reference',
    IsApiFilterable: ({ field: { filterable } }) => filterable,
    IsApiSortable: ({ field: { sortable } }) => sortable,
    IsApiGroupable: ({ field: { groupable } }) => groupable,
    IsListFilterable: ({ field: { filterable } }) => filterable,
    IsListSortable: ({ field: { sortable } }) => sortable,
    IsListVisible: () => true,
    IsFlsEnabled: ({ field: { permissionable } }) => permissionable,
    IsEverApiAccessible: () => true,
    IsCompound: ({ object: { fields }, field: definition }) =>
      isCompound(definition) || isCompoundName(definition, fields),
    IsSearchPrefilterable: ({ field: { type } }) => type === 'reference',
    IsPolymorphicForeignKey: ({ field: { referenceTo } }) => referenceTo.length > 1,
    PublisherId: ({ field: { custom } }) => (custom ? '<local>' : 'System'),
    RunningUserFieldAccessId: (one) => `${durableId(one)}.${caller.userId.slice(0, 15)}`,
    RelationshipName: ({ field: { relationshipName } }) => relationshipName,
    ReferenceTo: ({ field: { referenceTo } }) =>
      JSON.stringify({ referenceTo: referenceTo.length > 0 ? referenceTo : null }),
    SecurityClassification: ({ field: { securityClassification } }) => securityClassification,
    ComplianceGroup: ({ field: { complianceGroup } }) => complianceGroup,
    Description: ({ field: { description } }) => description,
    Metadata: ({ field: definition }) => JSON.stringify(customFieldMetadata(definition)),
  };
}
