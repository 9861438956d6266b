import type { Connection } from '@salesforce/core';
import { afterEach, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { applyDefinition as applyWith } from '../support/apply.ts';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer, type SettingsOverrides } from '../support/practice-server.ts';
import { answering, noRows, tooSlow } from '../support/refusing-port.ts';
import { createRecord } from '../support/setup-records.ts';
import {
  accountsByFlag,
  applyDefinition,
  connectAs,
  filteredDefinition,
  flagRecords,
  idsOf,
  verifyDefinition,
  verifyThrough,
  type Verified,
} from '../support/verification.ts';

/** Contacts stay controlled by their accounts. */
const definition = accountsByFlag();

let server: PracticeServer;
let client: PracticeClient;
let connection: Connection;

async function given(settings: SettingsOverrides = {}): Promise<void> {
  server = await startPracticeServer({ records: 40, ...settings });
  client = new PracticeClient(() => server);
  connection = await connectTo(server);
}
afterEach(() => server.close());

function accountProof({ result }: Verified) {
  const proof = result.proof.find(({ sobject }) => sobject === 'Account');
  return { status: proof?.status, causes: proof?.explanation.map(({ cause, count }) => `${cause} ${count}`) };
}

const withContacts = async (): Promise<readonly string[]> => {
  const rows = await client.query<{ readonly AccountId: string }>(
    'SELECT AccountId FROM Contact WHERE AccountId != null',
  );
  return [...new Set(rows.map(({ AccountId }) => AccountId))];
};

describe('Given a default that is declared private and still open, and accounts that have contacts', () => {
  it('When it is verified, Then contacts that come with their accounts are no reason to see those', async () => {
    await given({ recalculationMs: 600_000, quirks: { 'entity-definition': 'instant' } });
    const isOver = (): void => server.org.sharing.settle();
    await applyWith(connection, definition, {
      progress: ({ kind }) => (kind === 'waiting' || kind === 'retrying' ? isOver() : undefined),
    });
    const unflagged = await withContacts();
    const all = await idsOf(client, 'SELECT Id FROM Account');
    await flagRecords(
      client,
      'Account',
      all.filter((id) => !unflagged.includes(id)),
    );
    isOver();
    server.org.sharing.setModels(new Map([['Account', { internal: 'Read', external: 'Private' }]]));
    isOver();
    server.org.sharing.setModels(new Map([['Account', { internal: 'Private', external: 'Private' }]]));
    expect(accountProof(await verifyDefinition(connection, definition))).toEqual({
      status: 'fail',
      causes: [`unexplained ${unflagged.length}`],
    });
  });
});

describe('Given a flagged contact of an account without a flag, and an org that stores no shares of parents', () => {
  it('When it is verified, Then the contact is the reason why the account is visible', async () => {
    await given();
    await applyDefinition(connection, filteredDefinition());
    const [contact] = await idsOf(client, 'SELECT Id FROM Contact WHERE AccountId != null');
    await flagRecords(client, 'Contact', [contact ?? '']);
    const port = answering(/FROM AccountShare WHERE/, noRows, createOrgPort(connection));
    expect(accountProof(await verifyThrough(port, filteredDefinition()))).toEqual({
      status: 'pass',
      causes: ['implicitParent 1'],
    });
  });
});

describe('Given no definition, and the login of the user', () => {
  it('When it owns one record and gets others by a rule, Then each is counted, named and explained as what it is', async () => {
    await given();
    await applyDefinition(connection, definition);
    const ids = await idsOf(client, 'SELECT Id FROM Account ORDER BY Id');
    await flagRecords(client, 'Account', ids.slice(0, 3));
    const [userId] = await idsOf(client, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
    await client.send('PATCH', `/services/data/v66.0/sobjects/Account/${ids[9] ?? ''}`, { body: { OwnerId: userId } });
    const alone = { ...definition, integration: null, user: null, grant: null, hide: null, share: null };
    const { result } = await verifyDefinition(connection, alone, await connectAs(server, client));
    const accounts = result.proof.find(({ sobject }) => sobject === 'Account');
    expect(accounts?.explanation).toMatchObject([
      { cause: 'rule', count: 3, message: expect.stringContaining('sharing rule for: HubSpot_Integration.') as string },
      { cause: 'owner', count: 1, examples: [ids[9]] },
    ]);
  });
});

describe('Given an account without a flag that somebody shared by hand, and the login of the user', () => {
  it('When Salesforce refuses to list what the user counts, Then the record is not forgotten', async () => {
    await given();
    await applyDefinition(connection, definition);
    await flagRecords(client, 'Account', (await idsOf(client, 'SELECT Id FROM Account')).slice(0, 3));
    const [UserOrGroupId] = await idsOf(client, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
    const [AccountId] = await idsOf(client, 'SELECT Id FROM Account WHERE Send_to_HubSpot__c = false');
    const levels = { AccountAccessLevel: 'Read', OpportunityAccessLevel: 'None', CaseAccessLevel: 'None' };
    await createRecord(client, 'AccountShare', { AccountId, UserOrGroupId, ...levels });
    const asUser = answering(/SELECT Id FROM Account WHERE/, tooSlow, createOrgPort(await connectAs(server, client)));
    const verified = await verifyThrough(createOrgPort(connection), definition, asUser);
    expect(accountProof(verified)).toEqual({ status: 'fail', causes: ['unexplained 1'] });
  });
});
