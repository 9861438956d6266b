import type { PracticeOrg } from '../org/practice-org.ts';
import { restricted, text, type field } from '../schema/notation.ts';
import { object, readOnly } from '../schema/object-notation.ts';
import type { RowSource } from '../storage/table.ts';
import { developerName, type CataloguedField } from './catalogued-objects.ts';
import { catalogueReference, structured } from './catalogue-object.ts';
import { computedRows } from './computed-rows.ts';
import { customFieldMetadata } from './custom-field-metadata.ts';
import { catalogueKeys } from './durable-id.ts';

const customization = { ...readOnly, setup: true, api: 'tooling', without: ['IsDeleted'] } as const;
const commonFields: ReadonlyArray<ReturnType<typeof field>> = [
  text('DeveloperName', 80, 'FSG'),
  text('NamespacePrefix', 15, 'FSGN'),
  restricted('ManageableState', 'beta;deleted;deprecated;installed;released;unmanaged', 'FSGN', { length: 40 }),
  text('Description', 1000, 'FN'),
];

/** Custom fields and objects as rows of the Tooling API. */
export const customField = object(
  'CustomField',
  '00N',
  [
    ...commonFields,
    text('TableEnumOrId', 40, 'FSG'),
    catalogueReference('EntityDefinitionId', 'EntityDefinition'),
    text('FullName', 255, 'GN'),
    structured('Metadata'),
  ],
  customization,
);

export const customObject = object(
  'CustomObject',
  '01I',
  [...commonFields, text('Language', 40, 'FSG'), text('SharingModel', 40, 'FSGN')],
  customization,
);

export function customFields(org: PracticeOrg): RowSource {
  const keys = catalogueKeys(org.organizationId);
  const fields = [...org.schema.objects()].flatMap((entity) =>
    [...entity.fields.values()].filter(({ custom }) => custom).map((field) => ({ object: entity, field })),
  );
  return computedRows<CataloguedField>(
    org.schema.object('CustomField') ?? customField,
    fields,
    {
      Id: ({ object: entity, field }) => keys.customFieldId(entity, field),
      DeveloperName: ({ field: { name } }) => developerName(name),
      ManageableState: () => 'unmanaged',
      Description: ({ field: { description } }) => description,
      TableEnumOrId: ({ object: entity }) => keys.entity(entity),
      EntityDefinitionId: ({ object: entity }) => keys.entity(entity),
      FullName: ({ object: entity, field: { name } }) => `${entity.name}.${name}`,
      Metadata: ({ field }) => JSON.stringify(customFieldMetadata(field)),
      ...audit(org),
    },
    'Id',
  );
}

export function customObjects(org: PracticeOrg): RowSource {
  const keys = catalogueKeys(org.organizationId);
  const objects = [...org.schema.objects()].filter(({ custom }) => custom);
  return computedRows(
    org.schema.object('CustomObject') ?? customObject,
    objects,
    {
      Id: (entity) => keys.customObjectId(entity),
      DeveloperName: ({ name }) => developerName(name),
      ManageableState: () => 'unmanaged',
      Description: ({ metadata }) => (typeof metadata?.['description'] === 'string' ? metadata['description'] : null),
      Language: () => org.settings.quirks.language,
      SharingModel: ({ name }) => org.sharing.reportedModel(name).internal,
      ...audit(org),
    },
    'Id',
  );
}

/** The org does not remember when a piece of metadata was made; the administrator made it. */
function audit(org: PracticeOrg): Readonly<Record<string, () => string>> {
  const byAdministrator = (): string => org.adminUserId;
  const now = (): string => org.clock.timestamp();
  return {
    CreatedById: byAdministrator,
    LastModifiedById: byAdministrator,
    CreatedDate: now,
    LastModifiedDate: now,
    SystemModstamp: now,
  };
}
