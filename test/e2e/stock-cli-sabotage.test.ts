import type { Connection } from '@salesforce/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';
import { StockCli } from '../support/stock-cli.ts';
import { applyDefinition, filteredDefinition, idsOf, idsWith, verifyDefinition } from '../support/verification.ts';

const definition = filteredDefinition();
/** Installing the CLI takes its time on a machine that has never run these tests. */
const installMs = 600_000;

describe('Given an org as defined and somebody with the stock CLI', () => {
  const practice = usePracticeServer({ records: 20 });
  let cli: StockCli;
  let connection: Connection;
  let userId: string;
  let account: string;
  const target = ['--target-org', 'practice'];

  beforeAll(async () => {
    cli = await StockCli.create();
    await cli.login(practice.server, 'practice');
    connection = await connectTo(practice.server);
    await applyDefinition(connection, definition);
    userId = (await idsOf(practice, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`))[0] ?? '';
    account = (await idsOf(practice, 'SELECT Id FROM Account ORDER BY Id LIMIT 1'))[0] ?? '';
  }, installMs);
  afterAll(async () => {
    await cli.dispose();
  });

  const failing = async (): Promise<readonly string[]> =>
    idsWith('fail', await verifyDefinition(connection, definition));

  it('When an account is shared by hand, Then that and the records fail until the share is deleted', async () => {
    const values = `AccountId=${account} UserOrGroupId=${userId} AccountAccessLevel=Read OpportunityAccessLevel=None CaseAccessLevel=None`;
    const share = ['data', 'create', 'record', ...target, '--sobject', 'AccountShare', '--values', values];
    const { result } = await cli.json<{ readonly id: string }>(share);
    expect(await failing()).toEqual(['other-shares', 'records']);
    await cli.json(['data', 'delete', 'record', ...target, '--sobject', 'AccountShare', '--record-id', result.id]);
    expect(await failing()).toEqual([]);
  }, 120_000);

  it('When a set with View All is assigned, Then it is named until the assignment is taken away', async () => {
    const ParentId = await createRecord(practice, 'PermissionSet', { Name: 'Sees_All', Label: 'Sees All' });
    const permissions = { SobjectType: 'Account', PermissionsRead: true, PermissionsViewAllRecords: true };
    await createRecord(practice, 'ObjectPermissions', { ParentId, ...permissions });
    await cli.json(['org', 'assign', 'permset', ...target, '--name', 'Sees_All', '--on-behalf-of', practiceUsername]);
    expect(await failing()).toEqual(['permission-sets', 'view-all-records', 'records']);
    const [assignment] = await idsOf(
      practice,
      `SELECT Id FROM PermissionSetAssignment WHERE PermissionSetId = '${ParentId}'`,
    );
    await cli.json([
      ...['data', 'delete', 'record', ...target, '--sobject', 'PermissionSetAssignment'],
      ...['--record-id', assignment ?? ''],
    ]);
    expect(await failing()).toEqual([]);
  }, 120_000);

  it('When an account is given to the user, Then ownership fails until it is given back', async () => {
    const [row] = await practice.query<{ readonly OwnerId: string }>(
      `SELECT OwnerId FROM Account WHERE Id = '${account}'`,
    );
    const give = (owner: string): readonly string[] => [
      ...['data', 'update', 'record', ...target, '--sobject', 'Account'],
      ...['--record-id', account, '--values', `OwnerId=${owner}`],
    ];
    await cli.json(give(userId));
    expect(await failing()).toEqual(['ownership', 'records']);
    await cli.json(give(row?.OwnerId ?? ''));
    expect(await failing()).toEqual([]);
  }, 120_000);
});
