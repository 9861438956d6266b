import { removeRowsWhere } from '../../dml/table-rows.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../../schema/definitions.ts';
import { ComponentError } from '../component-error.ts';
import { compact, positionOf, text, type Document } from '../document.ts';
import type { ComponentType } from './component-type.ts';
import { customFieldDefinition } from './custom-field-definition.ts';
import { outcomeOf } from './outcome.ts';
import { requirePermission } from './permissions-of-deployer.ts';

type FieldPlace = {
  readonly object: ObjectDefinition;
  readonly name: string;
  readonly field: FieldDefinition | undefined;
};

/**
 * Custom fields, and of standard fields what may be set about them. A new field has no field-level security for anybody,
 * system administrators included (Metadata API, Profile).
 */
export function customFieldType(org: PracticeOrg): ComponentType {
  const type: ComponentType = {
    name: 'CustomField',
    names: () =>
      [...org.schema.objects()].flatMap((object) =>
        [...object.fields.values()]
          .filter((field) => field.name.endsWith('__c'))
          .map((field) => `${object.name}.${field.name}`),
      ),
    read(fullName) {
      const { field } = placeOf(org, fullName);
      return field === undefined ? undefined : readField(field);
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        requirePermission(org, deployment, 'CustomizeApplication');
        const { object, name, field } = existingPlace(org, fullName);
        if (name.endsWith('__c')) putCustomField(org, object, name, field, document);
        else org.schema.putField(object.name, describedStandardField(object, name, field, document));
      }),
    remove(fullName, deployment) {
      requirePermission(org, deployment, 'CustomizeApplication');
      const { object, field } = existingPlace(org, fullName);
      if (field === undefined) return;
      if (!field.custom) throw new ComponentError(`Cannot delete standard field: ${fullName}`);
      refuseWhileUsed(org, object, field);
      removeRowsWhere(org, 'FieldPermissions', { Field: `${object.name}.${field.name}` });
      org.schema.removeField(object.name, field.name);
      if (hasTwin(org, object)) org.schema.removeField('Account', personAccountTwin(field).name);
    },
  };
  return type;
}

function placeOf(org: PracticeOrg, fullName: string): Partial<FieldPlace> {
  const dot = fullName.indexOf('.');
  const object = org.schema.object(fullName.slice(0, dot));
  const name = fullName.slice(dot + 1);
  return object === undefined ? {} : { object, name, field: object.fields.get(name.toLowerCase()) };
}

function existingPlace(org: PracticeOrg, fullName: string): FieldPlace {
  const { object, name, field } = placeOf(org, fullName);
  if (object === undefined || name === undefined) {
    const objectName = fullName.slice(0, fullName.indexOf('.'));
    throw new ComponentError(`Entity Enumeration Or ID: bad value for restricted picklist field: ${objectName}`);
  }
  return { object, name, field };
}

function putCustomField(
  org: PracticeOrg,
  object: ObjectDefinition,
  name: string,
  before: FieldDefinition | undefined,
  document: Document,
): void {
  const definition = customFieldDefinition(org, before?.name ?? name, document);
  if (before !== undefined) refuseOtherType(before, definition, document);
  if (definition.masterDetail && !object.custom) {
    throw new ComponentError('Cannot create a master-detail relationship on a standard object', positionOf(document));
  }
  org.schema.putField(object.name, definition);
  if (hasTwin(org, object)) org.schema.putField('Account', personAccountTwin(definition));
  // What has become required has no field-level security any more.
  if (!definition.permissionable)
    removeRowsWhere(org, 'FieldPermissions', { Field: `${object.name}.${definition.name}` });
}

/** In an org with person accounts every custom field of Contact shows on Account as well, under the Contact's security. */
function hasTwin(org: PracticeOrg, object: ObjectDefinition): boolean {
  return object.name === 'Contact' && org.settings.quirks['person-accounts'] === 'on';
}

function personAccountTwin(field: FieldDefinition): FieldDefinition {
  return { ...field, name: field.name.replace(/__c$/, '__pc'), metadata: null };
}

/** Salesforce converts between some types; the practice org does not. */
function refuseOtherType(before: FieldDefinition, after: FieldDefinition, document: Document): void {
  const same =
    before.type === after.type && before.calculated === after.calculated && before.masterDetail === after.masterDetail;
  if (same) return;
  throw new ComponentError(
    `Cannot change the type of ${before.name}: not implemented by the practice org`,
    positionOf(document),
  );
}

/** Elements of a standard field's document that are kept; others would change the field itself. */
const settableOfStandardFields = new Set([
  'fullName',
  'businessStatus',
  'complianceGroup',
  'description',
  'inlineHelpText',
  'label',
  'securityClassification',
  'trackFeedHistory',
  'trackHistory',
  'trackTrending',
  'type',
]);

function describedStandardField(
  object: ObjectDefinition,
  name: string,
  field: FieldDefinition | undefined,
  document: Document,
): FieldDefinition {
  if (field === undefined)
    throw new ComponentError(`No standard field named ${object.name}.${name} found`, positionOf(document));
  const unknown = Object.keys(document).find((element) => !settableOfStandardFields.has(element));
  if (unknown !== undefined) {
    throw new ComponentError(
      `Element ${unknown} of the standard field ${object.name}.${field.name} is not implemented by the practice org`,
      positionOf(document),
    );
  }
  return {
    ...field,
    securityClassification: text(document, 'securityClassification') ?? null,
    complianceGroup: text(document, 'complianceGroup') ?? null,
    metadata: { ...field.metadata, ...document },
  };
}

/** A retrieve writes out what a new field has without being asked. */
function readField(field: FieldDefinition): Document {
  const stored = (field.metadata ?? {}) as Document;
  if (!field.custom) {
    const described = Object.entries(stored).filter(([element]) => settableOfStandardFields.has(element));
    return compact({ ...Object.fromEntries(described), fullName: field.name });
  }
  const type = text(stored, 'type');
  const notRequired = type === 'Checkbox' || field.calculated || field.masterDetail || field.autoNumber;
  const mayBeUnique = ['Text', 'Number', 'Email'].includes(type ?? '') && !field.calculated;
  return compact({
    externalId: field.calculated ? null : false,
    trackTrending: false,
    required: notRequired ? null : false,
    unique: mayBeUnique ? false : null,
    ...stored,
    fullName: field.name,
  });
}

function refuseWhileUsed(org: PracticeOrg, object: ObjectDefinition, field: FieldDefinition): void {
  const users = [...rulesUsing(org, object, field), ...formulasUsing(object, field)];
  if (users.length === 0) return;
  throw new ComponentError(`This custom field is referenced elsewhere in salesforce.com. : ${users.join(', ')}`);
}

function rulesUsing(org: PracticeOrg, object: ObjectDefinition, field: FieldDefinition): readonly string[] {
  return org.sharing.declared.rules
    .filter((rule) => rule.object === object.name)
    .filter((rule) => rule.criteriaItems.some((item) => item.field.toLowerCase() === field.name.toLowerCase()))
    .map((rule) => `Sharing Rule - ${rule.object}.${rule.fullName}`);
}

function formulasUsing(object: ObjectDefinition, field: FieldDefinition): readonly string[] {
  const name = new RegExp(`\\b${field.name}\\b`, 'i');
  return [...object.fields.values()]
    .filter((other) => other.formula !== null && name.test(other.formula))
    .map((other) => `Custom Field - ${object.name}.${other.name}`);
}
