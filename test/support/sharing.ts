import type { Connection } from '@salesforce/core';
import type { SharedObject, SharePart } from '../../src/definition/definition.js';
import type { EngineOptions, EngineOutcome } from '../../src/engine/engine.js';
import { runEngine } from '../../src/engine/engine.js';
import { allFeatures } from '../../src/features/index.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { deploy, manifestOf, metadataDocument } from './deployment.ts';
import { definitionOf, engineOptions, practiceUsername } from './engine.ts';
import type { PracticeClient } from './practice-server.ts';
import { createIntegrationUser, createRecord } from './setup-records.ts';

export const customObject = 'Project__c';
export const flagField = 'Send_to_HubSpot__c';

/** What somebody asks of share-by-flag. */
export function sharedObject(object: string, overrides: Partial<SharedObject> = {}): SharedObject {
  return { object, access: 'read', flagInitially: null, related: {}, ...overrides };
}

export function sharePart(objects: readonly SharedObject[], overrides: Partial<SharePart> = {}): SharePart {
  return {
    flagLabel: 'Send to HubSpot',
    flagEditors: [],
    manageOrganizationWideDefaults: false,
    unfiltered: [],
    objects,
    addToLayouts: [],
    ...overrides,
  };
}

/** One run of share-by-flag in this process, with the real adapter, and with consent to new defaults. */
export function shareByFlag(
  connection: Connection,
  share: SharePart,
  options: Partial<EngineOptions> = {},
): Promise<EngineOutcome> {
  return runEngine(
    definitionOf({ share }),
    createOrgPort(connection),
    engineOptions({ features: allFeatures, allowedImpacts: new Set(['owd']), waitMs: 20_000, ...options }),
  );
}

/** An integration user with a permission set of somebody else's that reads the objects. Returns its Id. */
export async function readingIntegrationUser(client: PracticeClient, objects: readonly string[]): Promise<string> {
  const userId = await createIntegrationUser(client, practiceUsername);
  const [licence] = await client.query(
    "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
  );
  await createRecord(client, 'PermissionSetLicenseAssign', {
    AssigneeId: userId,
    PermissionSetLicenseId: String(licence?.['Id']),
  });
  const setId = await createRecord(client, 'PermissionSet', { Name: 'CRM_Reader', Label: 'CRM Reader' });
  for (const SobjectType of objects) {
    await createRecord(client, 'ObjectPermissions', { ParentId: setId, SobjectType, PermissionsRead: true });
  }
  await createRecord(client, 'PermissionSetAssignment', { AssigneeId: userId, PermissionSetId: setId });
  return userId;
}

/** A custom object with records of the administrator's. */
export async function createCustomObject(client: PracticeClient, records: number): Promise<void> {
  const body =
    '<deploymentStatus>Deployed</deploymentStatus><description>Kept as it is</description><enableReports>true</enableReports>' +
    '<label>Project</label><nameField><label>Project Name</label><type>Text</type></nameField>' +
    '<pluralLabel>Projects</pluralLabel><sharingModel>ReadWrite</sharingModel>';
  await deploy(client, {
    'package.xml': manifestOf({ CustomObject: [customObject] }),
    [`objects/${customObject}.object`]: metadataDocument('CustomObject', body),
  });
  const rows = Array.from({ length: records }, (_, index) => ({
    attributes: { type: customObject },
    Name: `Project ${index + 1}`,
  }));
  if (records > 0) await client.post('/services/data/v66.0/composite/sobjects', { allOrNone: true, records: rows });
}

/** Ids of the object's records that the token's user can see. */
export async function idsOf(
  client: PracticeClient,
  object: string,
  { where, token }: { readonly where?: string; readonly token?: string } = {},
): Promise<readonly string[]> {
  const condition = where === undefined ? '' : ` WHERE ${where}`;
  const rows = await client.query<{ readonly Id: string }>(
    `SELECT Id FROM ${object}${condition}`,
    token === undefined ? {} : { token },
  );
  return rows.map(({ Id }) => Id).sort();
}
