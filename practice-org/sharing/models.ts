import { SalesforceError } from '../org/errors.ts';
import type { OrgSettings } from '../org/settings.ts';
import type { ObjectDefinition, Schema } from '../schema/definitions.ts';
import type { SharingModel, SharingModelValue } from './sharing.ts';

export type Models = ReadonlyMap<string, SharingModel>;

const simple = ['Private', 'Read', 'ReadWrite'] as const;
const withParent = [...simple, 'ControlledByParent'] as const;
const withTransfer = [...simple, 'ReadWriteTransfer'] as const;

/**
 * What each object's organization-wide default may be (platform-sharing-owd-configure, access_levels). That list also has
 * ControlledByParent for Opportunity, but real deployments are refused.
 */
const allowedModels: Readonly<Record<string, readonly SharingModelValue[]>> = {
  Account: simple,
  Asset: withParent,
  Campaign: [...simple, 'FullAccess'],
  CampaignMember: ['ControlledByCampaign', 'ControlledByLeadOrContact'],
  Case: withTransfer,
  Contact: withParent,
  Contract: withParent,
  Event: ['Private', 'ControlledByParent'],
  Individual: simple,
  Lead: withTransfer,
  Opportunity: simple,
  Order: withParent,
  Pricebook2: ['Private', 'Read', 'ReadSelect'],
  Product2: simple,
  Quote: withParent,
  Task: ['Private', 'ControlledByParent'],
  User: ['Private', 'Read'],
  WorkOrder: simple,
};

/** Organization-wide defaults of a new org: open inside, Private outside since Spring '20. */
const newOrgModels: Readonly<Record<string, SharingModelValue>> = {
  Account: 'ReadWrite',
  Asset: 'ControlledByParent',
  Campaign: 'FullAccess',
  CampaignMember: 'ControlledByCampaign',
  Case: 'ReadWriteTransfer',
  Contact: 'ControlledByParent',
  Contract: 'ControlledByParent',
  Event: 'Private',
  Individual: 'ReadWrite',
  Lead: 'ReadWriteTransfer',
  Opportunity: 'ReadWrite',
  Order: 'ControlledByParent',
  Pricebook2: 'ReadSelect',
  Product2: 'ReadWrite',
  Quote: 'ControlledByParent',
  Task: 'Private',
  User: 'Read',
  WorkOrder: 'ReadWrite',
};

export function newOrgDefaults(schema: Schema, settings: OrgSettings): Models {
  const present = Object.entries(newOrgModels).filter(([object]) => schema.object(object));
  return new Map(
    present.map(([object, internal]) => [object, { internal, external: externalDefault(internal, settings) }]),
  );
}

function externalDefault(internal: SharingModelValue, settings: OrgSettings): SharingModelValue {
  if (isControlledByParent(internal) || settings.quirks['external-sharing'] === 'off') return internal;
  return 'Private';
}

export function isControlledByParent(model: SharingModelValue): boolean {
  return model.startsWith('ControlledBy');
}

/** How open a model is; those controlled by a parent have no openness of their own. */
const openness: Readonly<Record<SharingModelValue, number>> = {
  ControlledByParent: 0,
  ControlledByCampaign: 0,
  ControlledByLeadOrContact: 0,
  Private: 0,
  Read: 1,
  ReadSelect: 1,
  ReadWrite: 2,
  ReadWriteTransfer: 3,
  FullAccess: 4,
};

/** Only an opening takes effect before the recalculation has run (Security Implementation Guide, admin_sharing). */
export function opensUp(before: SharingModel, after: SharingModel): boolean {
  const pairs = [
    [before.internal, after.internal],
    [before.external, after.external],
  ] as const;
  return pairs.every(([from, to]) => from === to || (!isControlledByParent(from) && openness[from] < openness[to]));
}

/** The names that Setup, and the refusal of a sharing rule, give to the models. */
export const modelLabels = {
  Private: 'Private',
  Read: 'Public Read Only',
  ReadSelect: 'Use',
  ReadWrite: 'Public Read/Write',
  ReadWriteTransfer: 'Public Read/Write/Transfer',
  FullAccess: 'Public Full Access',
  ControlledByParent: 'Controlled By Parent',
  ControlledByLeadOrContact: 'Controlled By Lead Or Contact',
  ControlledByCampaign: 'Controlled By Campaign',
} as const satisfies Record<SharingModelValue, string>;

/** Refuses a set of organization-wide defaults that the platform would refuse. `models` is complete, `changed` what is new. */
export function checkModels(models: Models, changed: readonly string[], schema: Schema, settings: OrgSettings): void {
  for (const object of changed) checkModel(object, models.get(object), schema, settings);
  checkChildrenOfAccount(models);
  checkPersonAccounts(models, settings);
}

function refuse(message: string): never {
  throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', message);
}

function checkModel(object: string, model: SharingModel | undefined, schema: Schema, settings: OrgSettings): void {
  const definition = schema.object(object);
  if (!definition || !model) return;
  const allowed = allowedFor(definition);
  for (const value of [model.internal, model.external]) {
    if (!allowed.includes(value)) refuse(`${value} is not a valid sharing model for ${object}`);
  }
  if (settings.quirks['external-sharing'] === 'on') checkExternal(model);
}

function allowedFor(definition: ObjectDefinition): readonly SharingModelValue[] {
  const standard = allowedModels[definition.name];
  if (standard) return standard;
  if (!definition.custom) return [];
  const isDetail = [...definition.fields.values()].some((field) => field.masterDetail);
  return isDetail ? ['ControlledByParent'] : simple;
}

/** Both sentences are Salesforce Help's (security_owd_external, admin_sharing); the deployment's own text is unverified. */
function checkExternal({ internal, external }: SharingModel): void {
  if (isControlledByParent(internal) !== isControlledByParent(external)) {
    refuse('The default internal and external access must match if either one is set to Controlled by Parent.');
  }
  if (openness[external] > openness[internal]) {
    refuse("The external access level for an object can't be more permissive than the internal access level.");
  }
}

/** A Private Account leaves its children no wider model of their own. */
function checkChildrenOfAccount(models: Models): void {
  if (models.get('Account')?.internal !== 'Private') return;
  for (const child of ['Opportunity', 'Case', 'Contact']) {
    const value = models.get(child)?.internal;
    if (value === undefined || value === 'Private' || value === 'ControlledByParent') continue;
    refuse(`${value} is not a valid sharing model for ${child} when Account sharing model is Private`);
  }
}

/** With person accounts Contact is Controlled by Parent, or Account and Contact both are Private (Salesforce Help). */
function checkPersonAccounts(models: Models, settings: OrgSettings): void {
  if (settings.quirks['person-accounts'] === 'off') return;
  const account = models.get('Account')?.internal;
  const contact = models.get('Contact')?.internal;
  if (account === undefined || contact === undefined || contact === 'ControlledByParent') return;
  if (contact === 'Private' && account === 'Private') return;
  refuse(`${contact} is not a valid sharing model for Contact when Account sharing model is ${account}`);
}
