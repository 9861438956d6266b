import type { Connection } from '@salesforce/core';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { Definition } from '../../src/definition/definition.js';
import { runEngine } from '../../src/engine/engine.js';
import { runVerification } from '../../src/engine/verify.js';
import { allFeatures } from '../../src/features/index.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import type { OrgPort } from '../../src/org/port.js';
import type { CheckStatus, VerificationResult } from '../../src/planning/verification.js';
import { definitionOf, engineOptions, practiceUsername, userPart } from './engine.ts';
import { connectTo } from './login.ts';
import type { PracticeClient } from './practice-server.ts';

export const flagField = 'Send_to_HubSpot__c';

/** Accounts and contacts by flag, one hidden field, nothing else. */
export function filteredDefinition(overrides: Partial<Definition> = {}): Definition {
  const shared = { flagInitially: null, related: {}, access: 'read' } as const;
  return definitionOf({
    user: userPart(),
    grant: {
      recipe: null,
      objects: { Account: ['read'], Contact: ['read'] },
      readFields: ['Account.Rating', 'Contact.Email'],
      editFields: [],
      systemPermissions: [],
      permissionSets: [],
      allowUnfiltered: false,
    },
    hide: { fields: ['Account.AnnualRevenue'], securityClassification: [], complianceGroup: [], allExcept: {} },
    share: {
      flagLabel: 'Send to HubSpot',
      flagEditors: [],
      manageOrganizationWideDefaults: true,
      unfiltered: [],
      objects: [
        { ...shared, object: 'Account' },
        { ...shared, object: 'Contact' },
      ],
      addToLayouts: [],
    },
    ...overrides,
  });
}

/** The same, but that accounts alone are shared by flag. */
export function accountsByFlag(): Definition {
  const { share, ...rest } = filteredDefinition();
  if (share === null) throw new Error('the definition shares nothing');
  return { ...rest, share: { ...share, objects: share.objects.filter(({ object }) => object === 'Account') } };
}

/** Makes the org as defined; throws where that did not succeed. */
export async function applyDefinition(connection: Connection, definition: Definition): Promise<void> {
  const options = engineOptions({ features: allFeatures, allowedImpacts: new Set(['owd', 'profile']) });
  const { exitCode, result } = await runEngine(definition, createOrgPort(connection), options);
  if (exitCode !== 0) throw new Error(`apply ended with ${exitCode}: ${JSON.stringify(result.changes)}`);
}

export type Verified = { readonly result: VerificationResult; readonly exitCode: number };

export function verifyDefinition(
  connection: Connection,
  definition: Definition,
  asUser: Connection | null = null,
): Promise<Verified> {
  return verifyThrough(createOrgPort(connection), definition, asUser === null ? null : createOrgPort(asUser));
}

/** With whatever stands between the verification and the org. */
export function verifyThrough(port: OrgPort, definition: Definition, asUser: OrgPort | null = null): Promise<Verified> {
  return runVerification(definition, { port, asUser, signal: new AbortController().signal });
}

export async function connectAs(server: PracticeServer, client: PracticeClient, username = practiceUsername) {
  return connectTo({ url: server.url, accessToken: await client.tokenOf(username) });
}

export function idsWith(status: CheckStatus, { result }: Verified): readonly string[] {
  return result.checks.filter((check) => check.status === status).map(({ id }) => id);
}

/** Ticks the flag as the administrator, who is a flag editor. */
export async function flagRecords(client: PracticeClient, sobject: string, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += 200) {
    const records = ids
      .slice(start, start + 200)
      .map((id) => ({ attributes: { type: sobject }, id, [flagField]: true }));
    const { status, text } = await client.send('PATCH', '/services/data/v66.0/composite/sobjects', {
      body: { records },
    });
    if (status !== 200) throw new Error(text);
  }
}

export async function idsOf(client: PracticeClient, soql: string): Promise<readonly string[]> {
  return (await client.query<{ readonly Id: string }>(soql)).map(({ Id }) => Id);
}
