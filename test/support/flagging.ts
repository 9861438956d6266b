import type { Connection } from '@salesforce/core';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import type { OrgPort } from '../../src/org/port.js';
import type { FlagRequest } from '../../src/records/flag-request.js';
import { runFlagRecords, type FlagRunOptions, type FlagRunOutcome } from '../../src/records/run.js';
import { deploy, manifestOf, metadataDocument } from './deployment.ts';
import type { PracticeClient } from './practice-server.ts';
import { createRecord } from './setup-records.ts';

export const flagField = 'Send_to_HubSpot__c';
const editors = 'HubSpot_Flag_Editor';

/** The flag on objects, and the administrator among those who may tick it. */
export async function makeFlag(client: PracticeClient, objects: readonly string[]): Promise<void> {
  const members = objects.map((object) => `${object}.${flagField}`);
  const field =
    `<fields><fullName>${flagField}</fullName><defaultValue>false</defaultValue><label>Send to HubSpot</label>` +
    '<type>Checkbox</type></fields>';
  const files = objects.map((object) => [`objects/${object}.object`, metadataDocument('CustomObject', field)]);
  await deploy(client, {
    'package.xml': manifestOf({ CustomField: members, PermissionSet: [editors] }),
    ...(Object.fromEntries(files) as Readonly<Record<string, string>>),
    [`permissionsets/${editors}.permissionset`]: editorsSet(members),
  });
  const [set] = await client.query(`SELECT Id FROM PermissionSet WHERE Name = '${editors}'`);
  const [admin] = await client.query("SELECT Id FROM User WHERE Username = 'admin@practice.example'");
  await createRecord(client, 'PermissionSetAssignment', {
    AssigneeId: String(admin?.['Id']),
    PermissionSetId: String(set?.['Id']),
  });
  await client.send('DELETE', '/__practice__/requests');
}

function editorsSet(fields: readonly string[]): string {
  const permissions = fields.map(
    (field) =>
      `<fieldPermissions><editable>true</editable><field>${field}</field><readable>true</readable></fieldPermissions>`,
  );
  return metadataDocument('PermissionSet', `${permissions.join('')}<label>HubSpot Flag Editor</label>`);
}

export function flagRequest(overrides: Partial<FlagRequest> = {}): FlagRequest {
  return {
    sobject: 'Account',
    field: flagField,
    mode: 'flag',
    selection: { kind: 'condition', where: "Industry = 'Technology'" },
    ...overrides,
  };
}

export function whereRequest(where: string, overrides: Partial<FlagRequest> = {}): FlagRequest {
  return flagRequest({ selection: { kind: 'condition', where }, ...overrides });
}

export type FlagRunOverrides = Partial<FlagRunOptions> & { readonly port?: OrgPort };

/** One run of flag-records, in this process, with the real adapter unless a port is given. */
export function flag(
  connection: Connection,
  request: FlagRequest,
  { port = createOrgPort(connection), ...overrides }: FlagRunOverrides = {},
): Promise<FlagRunOutcome> {
  return runFlagRecords(port, request, {
    integration: 'HubSpot',
    dryRun: false,
    confirm: null,
    jobId: null,
    failedRecordsPath: join(tmpdir(), `failed-records-${process.pid}.csv`),
    waitMs: 60_000,
    signal: new AbortController().signal,
    progress: () => undefined,
    showPreview: () => undefined,
    ...overrides,
  });
}

type Logged = { readonly method: string; readonly path: string; readonly changed: number };

/** Requests since the last look at what they changed. */
export async function loggedRequests(client: PracticeClient): Promise<readonly Logged[]> {
  const { body } = await client.get<readonly Logged[]>('/__practice__/requests');
  return body;
}

/** Rows that requests changed since the last look; setting a value that is there already changes nothing. */
export async function rowsChanged(client: PracticeClient): Promise<number> {
  const requests = await loggedRequests(client);
  await client.send('DELETE', '/__practice__/requests');
  return requests.reduce((sum, { changed }) => sum + changed, 0);
}

/** Requests since the last look that could write records. */
export async function writeRequests(client: PracticeClient): Promise<readonly Logged[]> {
  const requests = await loggedRequests(client);
  await client.send('DELETE', '/__practice__/requests');
  return requests.filter(({ method, path }) => method !== 'GET' && /\/sobjects|\/jobs\/ingest/.test(path));
}

/** Rows that bulk jobs have tried to write so far, whether they changed or not. */
export async function rowsOfJobs(client: PracticeClient): Promise<number> {
  type Job = { readonly id: string; readonly numberRecordsProcessed: number };
  const jobs = '/services/data/v66.0/jobs/ingest';
  const { body } = await client.get<{ readonly records: readonly Job[] }>(jobs);
  const details = await Promise.all(body.records.map(({ id }) => client.get<Job>(`${jobs}/${id}`)));
  return details.reduce((sum, { body: job }) => sum + job.numberRecordsProcessed, 0);
}

export async function countOf(client: PracticeClient, condition: string, object = 'Account'): Promise<number> {
  const soql = encodeURIComponent(`SELECT COUNT() FROM ${object} WHERE ${condition}`);
  const { body } = await client.get<{ readonly totalSize: number }>(`/services/data/v66.0/query?q=${soql}`);
  return body.totalSize;
}
