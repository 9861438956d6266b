import type { Connection } from '@salesforce/core';
import type { Definition, GrantPart, HidePart } from '../../src/definition/definition.js';
import { runEngine, type EngineOptions, type EngineOutcome } from '../../src/engine/engine.js';
import { allFeatures } from '../../src/features/index.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { deploy, manifestOf, metadataDocument } from './deployment.ts';
import { definitionOf, engineOptions } from './engine.ts';
import type { PracticeClient } from './practice-server.ts';
import { createRecord, integrationUserBody } from './setup-records.ts';

export const oldProfile = 'Salesforce API Only System Integrations';
export const newProfile = 'Minimum Access - API Only Integrations';

export function hidePart(overrides: Partial<HidePart> = {}): HidePart {
  return { fields: [], securityClassification: [], complianceGroup: [], allExcept: {}, ...overrides };
}

export function grantPart(overrides: Partial<GrantPart> = {}): GrantPart {
  return {
    recipe: null,
    objects: {},
    readFields: [],
    editFields: [],
    systemPermissions: [],
    permissionSets: [],
    allowUnfiltered: true,
    ...overrides,
  };
}

/** One run of any definition, in this process, with the real adapter, and with consent to a changed profile. */
export function run(
  connection: Connection,
  definition: Partial<Definition>,
  options: Partial<EngineOptions> = {},
): Promise<EngineOutcome> {
  return runEngine(
    definitionOf(definition),
    createOrgPort(connection),
    engineOptions({ features: allFeatures, allowedImpacts: new Set(['profile']), ...options }),
  );
}

/** One run of restrict-fields, without an integration unless one is given. */
export function restrictFields(
  connection: Connection,
  hide: Partial<HidePart>,
  options: Partial<EngineOptions> = {},
): Promise<EngineOutcome> {
  return run(connection, { integration: null, hide: hidePart(hide) }, options);
}

/** One run of grant; the sharing of the org is open, so what nothing filters is consented to unless told otherwise. */
export function grant(
  connection: Connection,
  part: Partial<GrantPart>,
  options: Partial<EngineOptions> = {},
): Promise<EngineOutcome> {
  return run(connection, { grant: grantPart(part) }, options);
}

/** A user of the integration licence, with the permission set licence, on one of its profiles. Returns its Id. */
export async function integrationUserOn(client: PracticeClient, profile: string, username: string): Promise<string> {
  const [row] = await client.query(`SELECT Id FROM Profile WHERE Name = '${profile}'`);
  const body = await integrationUserBody(client, username);
  const userId = await createRecord(client, 'User', {
    ...body,
    Alias: username.slice(0, 8),
    ProfileId: String(row?.['Id']),
  });
  const [licence] = await client.query(
    "SELECT Id FROM PermissionSetLicense WHERE DeveloperName = 'SalesforceAPIIntegrationPsl'",
  );
  await createRecord(client, 'PermissionSetLicenseAssign', {
    AssigneeId: userId,
    PermissionSetLicenseId: String(licence?.['Id']),
  });
  return userId;
}

export type SetContent = {
  readonly objects?: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  /** Field → editable. */
  readonly fields?: Readonly<Record<string, boolean>>;
  /** System permissions and other columns of the permission set. */
  readonly columns?: Readonly<Record<string, unknown>>;
};

/** A permission set of somebody else's. Returns its Id. */
export async function foreignSet(client: PracticeClient, name: string, content: SetContent = {}): Promise<string> {
  const { objects = {}, fields = {}, columns = {} } = content;
  const setId = await createRecord(client, 'PermissionSet', {
    Name: name,
    Label: name.replaceAll('_', ' '),
    ...columns,
  });
  for (const [SobjectType, permissions] of Object.entries(objects)) {
    const values = Object.fromEntries(Object.entries(permissions).map(([key, on]) => [`Permissions${key}`, on]));
    await createRecord(client, 'ObjectPermissions', { ParentId: setId, SobjectType, PermissionsRead: true, ...values });
  }
  for (const [Field, edit] of Object.entries(fields)) {
    await createRecord(client, 'FieldPermissions', {
      ParentId: setId,
      SobjectType: Field.split('.')[0],
      Field,
      PermissionsRead: true,
      PermissionsEdit: edit,
    });
  }
  return setId;
}

export async function assign(client: PracticeClient, assigneeId: string, setId: string): Promise<string> {
  return createRecord(client, 'PermissionSetAssignment', { AssigneeId: assigneeId, PermissionSetId: setId });
}

/** Lines "SEVERITY CODE subject" of a run, for comparison. */
export function findingsOf({ result }: EngineOutcome): readonly string[] {
  return result.findings.map(({ severity, code, subject }) => `${severity} ${code} ${subject}`);
}

export type LoggedRequest = { readonly method: string; readonly path: string; readonly changed: number };

/** What a run sent to the server. */
export async function requestsOf<T>(
  client: PracticeClient,
  work: () => Promise<T>,
): Promise<{ readonly requests: readonly LoggedRequest[]; readonly outcome: T }> {
  await client.send('DELETE', '/__practice__/requests');
  const outcome = await work();
  const { body } = await client.get<readonly LoggedRequest[]>('/__practice__/requests');
  return { requests: body, outcome };
}

/** A group of one set, with a muting set where fields are to be muted in it. Returns its Id. */
export async function permissionSetGroup(
  client: PracticeClient,
  name: string,
  setName: string,
  muted: readonly string[] = [],
): Promise<string> {
  const muting = muted.map(
    (field) =>
      `<fieldPermissions><editable>false</editable><field>${field}</field><readable>true</readable></fieldPermissions>`,
  );
  const mutingName = `${name}_Muting`;
  await deploy(client, {
    'package.xml': manifestOf({
      PermissionSetGroup: [name],
      ...(muted.length === 0 ? {} : { MutingPermissionSet: [mutingName] }),
    }),
    [`permissionsetgroups/${name}.permissionsetgroup`]: metadataDocument(
      'PermissionSetGroup',
      `<label>${name.replaceAll('_', ' ')}</label>${muted.length === 0 ? '' : `<mutingPermissionSets>${mutingName}</mutingPermissionSets>`}<permissionSets>${setName}</permissionSets>`,
    ),
    ...(muted.length === 0
      ? {}
      : {
          [`mutingpermissionsets/${mutingName}.mutingpermissionset`]: metadataDocument(
            'MutingPermissionSet',
            `${muting.join('')}<label>${name} Muting</label>`,
          ),
        }),
  });
  const [group] = await client.query(`SELECT Id FROM PermissionSetGroup WHERE DeveloperName = '${name}'`);
  return String(group?.['Id']);
}

/** Which of the fields the user's token sees in the object's description. */
export async function visibleFields(
  client: PracticeClient,
  object: string,
  token: string,
): Promise<ReadonlySet<string>> {
  const path = `/services/data/v66.0/sobjects/${object}/describe`;
  const { body } = await client.get<{ readonly fields: ReadonlyArray<{ readonly name: string }> }>(path, { token });
  return new Set(body.fields.map(({ name }) => `${object}.${name}`));
}

/** Custom fields of an object, deployed in one go: name → the inside of the field's element. */
export async function createFields(
  client: PracticeClient,
  object: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  const elements = Object.entries(fields).map(([name, body]) => `<fields><fullName>${name}</fullName>${body}</fields>`);
  await deploy(client, {
    'package.xml': manifestOf({ CustomField: Object.keys(fields).map((name) => `${object}.${name}`) }),
    [`objects/${object}.object`]: metadataDocument('CustomObject', elements.join('')),
  });
}
