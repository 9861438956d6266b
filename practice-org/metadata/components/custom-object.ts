import { registerShareObject } from '../../access/register-access-objects.ts';
import { shareObjectOf } from '../../access/share-objects.ts';
import { removeRowsWhere } from '../../dml/table-rows.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import type { ObjectDefinition } from '../../schema/definitions.ts';
import { ComponentError } from '../component-error.ts';
import { compact, positionOf, text, type Document } from '../document.ts';
import type { ComponentType } from './component-type.ts';
import { createFirstLayout } from './layout.ts';
import { newCustomObject } from './new-custom-object.ts';
import { planSharingModel } from './object-sharing-model.ts';
import { outcomeOf } from './outcome.ts';
import { requirePermission } from './permissions-of-deployer.ts';

const modelElements = ['sharingModel', 'externalSharingModel'];
/** Without these a custom object cannot be made. */
const neededByNewObjects = ['label', 'pluralLabel', 'nameField', 'deploymentStatus', 'sharingModel'];

/** What a custom object has without being asked for; a retrieve writes it out. */
const customDefaults: Document = {
  allowInChatterGroups: false,
  compactLayoutAssignment: 'SYSTEM',
  enableActivities: false,
  enableBulkApi: true,
  enableFeeds: false,
  enableHistory: false,
  enableLicensing: false,
  enableReports: false,
  enableSearch: true,
  enableSharing: true,
  enableStreamingApi: true,
  visibility: 'Public',
};

/** Objects without their fields and record types, which are components of their own. Documents are merged, not replaced. */
export function customObjectType(org: PracticeOrg): ComponentType {
  const find = (fullName: string) => {
    const object = org.schema.object(fullName);
    return object !== undefined && isCustomizable(object) ? object : undefined;
  };
  const type: ComponentType = {
    name: 'CustomObject',
    names: () => [...org.schema.objects()].filter(isCustomizable).map((object) => object.name),
    read(fullName) {
      const object = find(fullName);
      return object === undefined ? undefined : readObject(org, object);
    },
    deploy(fullName, document, deployment) {
      requirePermission(org, deployment, 'CustomizeApplication');
      const attributes = outcomeOf(type, fullName, deployment, () =>
        putAttributes(org, fullName, find(fullName), document),
      );
      const changesModel = planSharingModel(org, fullName, document, deployment);
      return attributes === 'unchanged' && changesModel ? 'changed' : attributes;
    },
    remove(fullName, deployment) {
      requirePermission(org, deployment, 'CustomizeApplication');
      const object = find(fullName);
      if (object === undefined) return;
      if (!object.custom) throw new ComponentError(`Cannot delete standard object: ${fullName}`);
      removeObject(org, object);
    },
  };
  return type;
}

/** Setup objects have no page in Object Manager. */
function isCustomizable(object: ObjectDefinition): boolean {
  return object.permissionable || object.ownerSharing || object.custom || object.name === 'User';
}

function withoutModels(document: Document): Document {
  return Object.fromEntries(Object.entries(document).filter(([element]) => !modelElements.includes(element)));
}

function putAttributes(
  org: PracticeOrg,
  fullName: string,
  object: ObjectDefinition | undefined,
  document: Document,
): void {
  const attributes = withoutModels(document);
  if (object !== undefined) {
    if (Object.keys(attributes).length === 0) return;
    const merged = { ...((object.metadata ?? {}) as Document), ...attributes };
    org.schema.putObject({ ...object, ...labelsOf(object, attributes), metadata: merged });
    return;
  }
  if (!fullName.endsWith('__c')) {
    throw new ComponentError(`Entity of type 'CustomObject' named '${fullName}' cannot be found`, positionOf(document));
  }
  const missing = neededByNewObjects.find((element) => document[element] === undefined);
  if (missing !== undefined) throw new ComponentError(`Required field is missing: ${missing}`, positionOf(document));
  const created = newCustomObject(org, fullName, attributes, document);
  org.schema.putObject(created);
  org.store.createTable(fullName);
  registerShareObject(org, created);
  createFirstLayout(org, created);
}

function labelsOf(object: ObjectDefinition, attributes: Document): Pick<ObjectDefinition, 'label' | 'labelPlural'> {
  if (!object.custom) return { label: object.label, labelPlural: object.labelPlural };
  return {
    label: text(attributes, 'label') ?? object.label,
    labelPlural: text(attributes, 'pluralLabel') ?? object.labelPlural,
  };
}

function readObject(org: PracticeOrg, object: ObjectDefinition): Document {
  const { internal, external } = org.sharing.declaredModel(object.name);
  const shares = object.ownerSharing || object.custom || org.sharing.declared.models.has(object.name);
  const isExternalOn = org.settings.quirks['external-sharing'] === 'on';
  return compact({
    ...(object.custom ? customDefaults : {}),
    ...((object.metadata ?? {}) as Document),
    sharingModel: shares ? internal : null,
    externalSharingModel: shares && isExternalOn ? external : null,
  });
}

function removeObject(org: PracticeOrg, object: ObjectDefinition): void {
  const users = org.schema
    .childRelationships(object.name)
    .filter((child) => child.childObject !== object.name && !child.childObject.endsWith('__Share'))
    .map((child) => `Custom Field - ${child.childObject}.${child.field}`);
  if (users.length > 0) {
    throw new ComponentError(`This custom object is referenced elsewhere in salesforce.com. : ${users.join(', ')}`);
  }
  for (const rule of org.sharing.declared.rules.filter((one) => one.object === object.name)) {
    org.sharing.removeRule(rule);
  }
  removeRowsWhere(org, 'Layout', { TableEnumOrId: object.name });
  removeRowsWhere(org, 'ObjectPermissions', { SobjectType: object.name });
  removeRowsWhere(org, 'FieldPermissions', { SobjectType: object.name });
  removeStored(org, object.name);
  if (object.ownerSharing) removeShares(org, shareObjectOf(object).name);
}

function removeStored(org: PracticeOrg, name: string): void {
  org.store.dropTable(name);
  org.schema.removeObject(name);
}

function removeShares(org: PracticeOrg, name: string): void {
  const key = name.toLowerCase();
  const computed = org.computed.get(key);
  if (computed === undefined) return;
  org.computed.delete(key);
  org.store.journal(() => void org.computed.set(key, computed));
  removeStored(org, name);
}
