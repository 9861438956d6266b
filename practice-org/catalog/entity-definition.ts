import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { checkbox, datetime, field, reference, restricted, text } from '../schema/notation.ts';
import { object } from '../schema/object-notation.ts';
import type { RowSource } from '../storage/table.ts';
import { cataloguedObjects, developerName } from './catalogued-objects.ts';
import { computedRows, type Columns } from './computed-rows.ts';
import { catalogueKeys } from './durable-id.ts';
import { catalogueObject, emptyId, noSystemFields } from './catalogue-object.ts';

const sharingModels =
  'Private;Read;ReadSelect;ReadWrite;ReadWriteTransfer;FullAccess;ControlledByParent;ControlledByLeadOrContact;ControlledByCampaign';

export const entityDefinition = object(
  'EntityDefinition',
  '4ie',
  [
    field('Id', 'id', 'FSG', { length: 18 }),
    text('DurableId', 255, 'FSGN'),
    datetime('LastModifiedDate', 'FSN'),
    reference('LastModifiedById', 'User', 'FSGN'),
    text('QualifiedApiName', 70, 'FSG'),
    text('NamespacePrefix', 15, 'FSGN'),
    text('DeveloperName', 40, 'FSG'),
    text('MasterLabel', 70, 'FSG'),
    text('Label', 70, 'FSG'),
    text('PluralLabel', 70, 'FSGN'),
    text('DefaultCompactLayoutId', 255, 'FSGN'),
    checkbox('IsCustomizable', 'FSG'),
    checkbox('IsApexTriggerable', 'FSG'),
    checkbox('IsWorkflowEnabled', 'FSG'),
    checkbox('IsProcessEnabled', 'FSG'),
    checkbox('IsCompactLayoutable', 'FSG'),
    text('DeploymentStatus', 40, 'FSGN'),
    text('KeyPrefix', 3, 'FSGN'),
    checkbox('IsCustomSetting', 'FSG'),
    checkbox('IsDeprecatedAndHidden', 'FSG'),
    checkbox('IsReplicateable', 'FSG'),
    checkbox('IsRetrieveable', 'FSG'),
    checkbox('IsSearchLayoutable', 'FSG'),
    checkbox('IsSearchable', 'FSG'),
    checkbox('IsTriggerable', 'FSG'),
    checkbox('IsIdEnabled', 'FSG'),
    checkbox('IsEverCreatable', 'FSG'),
    checkbox('IsEverUpdatable', 'FSG'),
    checkbox('IsEverDeletable', 'FSG'),
    checkbox('IsFeedEnabled', 'FSG'),
    checkbox('IsQueryable', 'FSG'),
    checkbox('IsMruEnabled', 'FSG'),
    text('DetailUrl', 255, 'FSGN'),
    text('EditUrl', 255, 'FSGN'),
    text('NewUrl', 255, 'FSGN'),
    text('EditDefinitionUrl', 255, 'FSGN'),
    text('HelpSettingPageName', 255, 'FSGN'),
    text('HelpSettingPageUrl', 255, 'FSGN'),
    text('PublisherId', 255, 'FSGN'),
    checkbox('IsLayoutable', 'FSG'),
    restricted('InternalSharingModel', sharingModels, 'FSGN', { length: 40 }),
    restricted('ExternalSharingModel', sharingModels, 'FSGN', { length: 40 }),
    checkbox('HasSubtypes', 'FSG'),
    checkbox('IsSubtype', 'FSG'),
    checkbox('IsAutoActivityCaptureEnabled', 'FSG'),
    checkbox('IsInterface', 'FSG'),
    checkbox('IsFlsEnabled', 'FSG'),
    text('Description', 1000, 'FSN'),
    text('FullName', 255, 'GN'),
  ],
  { ...catalogueObject, without: noSystemFields },
);

type SharedObject = { readonly object: ObjectDefinition; readonly internal: string; readonly external: string };

export function entityDefinitions(org: PracticeOrg, caller: Caller): RowSource {
  const shared = cataloguedObjects(org, caller).map((one) => ({ object: one, ...org.sharing.reportedModel(one.name) }));
  return computedRows(org.schema.object('EntityDefinition') ?? entityDefinition, shared, columns(org), 'DurableId');
}

function columns(org: PracticeOrg): Columns<SharedObject> {
  const keys = catalogueKeys(org.organizationId);
  const ofBusiness = ({ object: { permissionable } }: SharedObject): boolean => permissionable;
  return {
    Id: () => emptyId,
    DurableId: ({ object: entity }) => keys.entity(entity),
    QualifiedApiName: ({ object: { name } }) => name,
    FullName: ({ object: { name } }) => name,
    DeveloperName: ({ object: { name } }) => developerName(name),
    MasterLabel: ({ object: { label } }) => label,
    Label: ({ object: { label } }) => label,
    PluralLabel: ({ object: { labelPlural } }) => labelPlural,
    KeyPrefix: ({ object: { keyPrefix } }) => keyPrefix,
    DeploymentStatus: ({ object: { custom } }) => (custom ? 'Deployed' : null),
    Description: ({ object: { metadata } }) => descriptionIn(metadata),
    PublisherId: ({ object: { custom } }) => (custom ? '<local>' : 'System'),
    InternalSharingModel: ({ internal }) => internal,
    ExternalSharingModel: ({ external }) => external,
    IsApexTriggerable: ofBusiness,
    IsCompactLayoutable: ofBusiness,
    IsCustomSetting: () => false,
    IsCustomizable: ({ object: { permissionable, name } }) => permissionable || name === 'User',
    IsDeprecatedAndHidden: () => false,
    IsEverCreatable: ({ object: { createable } }) => createable,
    IsEverDeletable: ({ object: { deletable } }) => deletable,
    IsEverUpdatable: ({ object: { updateable } }) => updateable,
    // "User has IsFlsEnabled=false yet has permissionable custom fields" (seen in an open-source metadata tool's notes).
    IsFlsEnabled: ofBusiness,
    IsIdEnabled: () => true,
    IsLayoutable: ofBusiness,
    IsQueryable: ({ object: { queryable } }) => queryable,
    IsReplicateable: ofBusiness,
    IsRetrieveable: ({ object: { queryable } }) => queryable,
    IsSearchLayoutable: ofBusiness,
    IsSearchable: ofBusiness,
    IsTriggerable: ofBusiness,
    IsWorkflowEnabled: ofBusiness,
    IsProcessEnabled: ofBusiness,
    IsFeedEnabled: () => false,
    IsMruEnabled: () => false,
    HasSubtypes: () => false,
    IsSubtype: () => false,
    IsAutoActivityCaptureEnabled: () => false,
    IsInterface: () => false,
  };
}

function descriptionIn(metadata: ObjectDefinition['metadata']): string | null {
  const description = metadata?.['description'];
  return typeof description === 'string' ? description : null;
}
