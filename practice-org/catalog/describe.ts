import type { ObjectAccess } from '../access/access.ts';
import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { ChildRelationship, ObjectDefinition } from '../schema/definitions.ts';
import { describeField, type DescribedField } from './describe-field.ts';
import { permissionPicklist } from './permission-picklists.ts';

type Json = Readonly<Record<string, unknown>>;

type GlobalDescribe = {
  readonly encoding: 'UTF-8';
  readonly maxBatchSize: 200;
  readonly sobjects: readonly Json[];
};
type ObjectDescribe = Json & { readonly name: string; readonly fields: readonly DescribedField[] };

/** Chatter feeds are on for these in a new org. */
const feedObjects: ReadonlySet<string> = new Set(['Account', 'Case', 'Contact', 'Lead', 'Opportunity']);

const everything: ObjectAccess = {
  read: true,
  create: true,
  edit: true,
  delete: true,
  viewAllRecords: true,
  modifyAllRecords: true,
  viewAllFields: true,
};

function accessTo(org: PracticeOrg, caller: Caller, object: ObjectDefinition): ObjectAccess {
  return caller.system ? everything : org.access.objectAccess(caller.userId, object.name);
}

/** Objects of the REST API that the caller can read. */
export function describeGlobal(org: PracticeOrg, caller: Caller): GlobalDescribe {
  const sobjects = [...org.schema.objects()]
    .filter(({ api }) => api !== 'tooling')
    .map((object) => ({ object, access: accessTo(org, caller, object) }))
    .filter(({ access }) => access.read)
    .sort((one, other) => (one.object.name < other.object.name ? -1 : 1))
    .map(({ object, access }) => summary(caller, object, access));
  return { encoding: 'UTF-8', maxBatchSize: 200, sobjects };
}

/** The describe of one object as this caller gets it: hidden fields are absent, and what they may do shows in the flags. */
export function describeObject(org: PracticeOrg, caller: Caller, name: string): ObjectDescribe {
  const object = org.schema.object(name);
  const access = object && accessTo(org, caller, object);
  if (!object || !access?.read) {
    throw new SalesforceError('NOT_FOUND', 'The requested resource does not exist', { httpStatus: 404 });
  }
  return {
    actionOverrides: [],
    childRelationships: org.schema.childRelationships(object.name).map((child) => childRelationship(org, child)),
    compactLayoutable: object.permissionable,
    defaultImplementation: null,
    extendedBy: null,
    extendsInterfaces: null,
    fields: describeFields(org, caller, object),
    implementedBy: null,
    implementsInterfaces: null,
    listviewable: null,
    lookupLayoutable: null,
    namedLayoutInfos: [],
    networkScopeFieldName: null,
    recordTypeInfos: object.permissionable ? [masterRecordType(caller, object)] : [],
    searchLayoutable: object.permissionable,
    sobjectDescribeOption: 'FULL',
    supportedScopes: supportedScopes(object),
    ...summary(caller, object, access),
    name: object.name,
  };
}

function summary(caller: Caller, object: ObjectDefinition, access: ObjectAccess): Json {
  const { permissionable } = object;
  return {
    activateable: false,
    associateEntityType: null,
    associateParentEntity: null,
    createable: object.createable && access.create,
    custom: object.custom,
    customSetting: false,
    deepCloneable: false,
    deletable: object.deletable && access.delete,
    deprecatedAndHidden: false,
    feedEnabled: feedObjects.has(object.name),
    hasSubtypes: false,
    isInterface: false,
    isSubtype: false,
    keyPrefix: object.keyPrefix,
    label: object.label,
    labelPlural: object.labelPlural,
    layoutable: permissionable,
    mergeable: ['Account', 'Contact', 'Lead'].includes(object.name),
    mruEnabled: permissionable,
    name: object.name,
    queryable: object.queryable,
    replicateable: object.queryable,
    retrieveable: object.queryable,
    searchable: permissionable || object.name === 'User',
    triggerable: permissionable,
    undeletable: permissionable && object.deletable,
    updateable: object.updateable && access.edit,
    urls: resourceUrls(caller, object),
  };
}

function resourceUrls({ apiVersion }: Caller, { name, permissionable }: ObjectDefinition): Json {
  const base = `/services/data/v${apiVersion.toFixed(1)}/sobjects/${name}`;
  const own = { rowTemplate: `${base}/{ID}`, describe: `${base}/describe`, sobject: base };
  if (!permissionable) return own;
  return {
    compactLayouts: `${base}/describe/compactLayouts`,
    approvalLayouts: `${base}/describe/approvalLayouts`,
    listviews: `${base}/listviews`,
    quickActions: `${base}/quickActions`,
    layouts: `${base}/describe/layouts`,
    ...own,
  };
}

function describeFields(org: PracticeOrg, caller: Caller, object: ObjectDefinition): readonly DescribedField[] {
  return [...object.fields.values()].flatMap((field) => {
    const access = caller.system
      ? { read: true, edit: true }
      : org.access.fieldAccess(caller.userId, object.name, field.name);
    if (!access.read) return [];
    const picklistValues = permissionPicklist(org.schema, object, field) ?? field.picklistValues;
    return [describeField(object, field, access, picklistValues)];
  });
}

function childRelationship({ schema }: PracticeOrg, { childObject, field, relationshipName }: ChildRelationship): Json {
  const isDetail = schema.field(childObject, field)?.masterDetail === true;
  return {
    cascadeDelete: isDetail,
    childSObject: childObject,
    deprecatedAndHidden: false,
    field,
    junctionIdListNames: [],
    junctionReferenceTo: [],
    relationshipName,
    restrictedDelete: false,
  };
}

/** The record type that stands for having none. */
function masterRecordType({ apiVersion }: Caller, { name }: ObjectDefinition): Json {
  const recordTypeId = '012000000000000AAA';
  return {
    active: true,
    available: true,
    defaultRecordTypeMapping: true,
    developerName: 'Master',
    master: true,
    name: 'Master',
    recordTypeId,
    urls: { layout: `/services/data/v${apiVersion.toFixed(1)}/sobjects/${name}/describe/layouts/${recordTypeId}` },
  };
}

function supportedScopes({ permissionable, ownerSharing, labelPlural }: ObjectDefinition): readonly Json[] {
  if (!permissionable) return [];
  const all = { label: `All ${labelPlural.toLowerCase()}`, name: 'everything' };
  return ownerSharing ? [all, { label: `My ${labelPlural.toLowerCase()}`, name: 'mine' }] : [all];
}
