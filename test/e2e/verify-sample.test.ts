import type { Connection } from '@salesforce/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import type { RecordProof } from '../../src/planning/verification.js';
import { deploy } from '../support/deployment.ts';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { answering, tooSlow } from '../support/refusing-port.ts';
import { destructionOf, ruleToEverybody } from '../support/sabotage-metadata.ts';
import {
  accountsByFlag,
  applyDefinition,
  connectAs,
  flagRecords,
  idsOf,
  verifyDefinition,
  verifyThrough,
} from '../support/verification.ts';

/** More than can be asked about one by one. */
const records = 41_000;
const { grant, ...rest } = accountsByFlag();
const definition = {
  ...rest,
  grant: grant === null ? null : { ...grant, objects: { Account: ['read'] as const }, readFields: [] },
};

describe('Given more accounts than can be asked about one by one', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;

  beforeAll(async () => {
    server = await startPracticeServer({ records });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    await applyDefinition(connection, definition);
    await flagRecords(client, 'Account', await idsOf(client, 'SELECT Id FROM Account ORDER BY Id LIMIT 50'));
  }, 60_000);
  afterAll(() => server.close());

  async function proofOfAccounts(): Promise<RecordProof> {
    const { result } = await verifyDefinition(connection, definition);
    const proof = result.proof.find(({ sobject }) => sobject === 'Account');
    if (proof === undefined) throw new Error('nothing was proven');
    return proof;
  }

  it('When nothing leaks, Then the sample passes and says what it proves, without claiming to be exact', async () => {
    expect(await proofOfAccounts()).toMatchObject({
      method: 'sample',
      exact: false,
      status: 'pass',
      flagged: 50,
      unflagged: records - 50,
      visibleFlagged: 50,
      visibleUnflagged: 0,
      scheme: expect.stringMatching(/3000 unflagged and 50 flagged.*95% confidence, fewer than 0\.10%/) as string,
    });
  }, 60_000);

  it('When Salesforce refuses to say which rows are shared with the user, Then the sample alone is no pass', async () => {
    const { result } = await verifyThrough(
      answering(/FROM AccountShare WHERE/, tooSlow, createOrgPort(connection)),
      definition,
    );
    expect(result.proof.map(({ status }) => status)).toEqual(['unknown']);
  }, 60_000);

  it('When people in roles below the user own accounts, Then those are found', async () => {
    const [role] = await idsOf(client, 'SELECT Id FROM UserRole WHERE ParentRoleId = null');
    const [userId] = await idsOf(client, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
    const path = `/services/data/v66.0/sobjects/User/${userId ?? ''}`;
    await client.send('PATCH', path, { body: { UserRoleId: role } });
    const proof = await proofOfAccounts();
    await client.send('PATCH', path, { body: { UserRoleId: null } });
    expect(proof.explanation.map(({ cause }) => cause)).toContain('subordinateOwner');
  }, 60_000);

  it('When a rule shows them to everybody, and the user counts them, Then each is put down to that rule', async () => {
    await deploy(client, ruleToEverybody);
    const { result } = await verifyDefinition(connection, definition, await connectAs(server, client));
    await deploy(client, destructionOf('SharingCriteriaRule', 'Account.Everybody'));
    expect(result.proof.map(({ status, explanation }) => ({ status, explanation }))).toMatchObject([
      { status: 'fail', explanation: [{ cause: 'rule', count: records - 50, examples: [] }] },
    ]);
  }, 60_000);

  it('When the user owns a single one of them, Then it is found all the same, and no percentage is given', async () => {
    const [userId] = await idsOf(client, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
    const [last] = await idsOf(client, 'SELECT Id FROM Account ORDER BY Id DESC LIMIT 1');
    const path = `/services/data/v66.0/sobjects/Account/${last ?? ''}`;
    await client.send('PATCH', path, { body: { OwnerId: userId } });
    const proof = await proofOfAccounts();
    await client.send('PATCH', path, { body: { OwnerId: server.org.adminUserId } });
    expect(proof).toMatchObject({ status: 'fail', explanation: [{ cause: 'owner', count: 1, examples: [last] }] });
    expect(proof.scheme).not.toContain('%');
  }, 60_000);
});
