import type { Connection } from '@salesforce/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { Definition } from '../../src/definition/definition.js';
import { userPart } from '../support/engine.ts';
import { foreignSet, permissionSetGroup } from '../support/fields.ts';
import { setGroupStatus } from '../support/group-status.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { applyDefinition, filteredDefinition, idsWith, verifyDefinition } from '../support/verification.ts';

const definition: Definition = filteredDefinition({ user: userPart({ permissionSets: ['Bundle'] }) });

describe('Given an org that is as defined, with a permission set group among what the user has', () => {
  let server: PracticeServer;
  let connection: Connection;

  beforeAll(async () => {
    server = await startPracticeServer({ records: 20 });
    const client = new PracticeClient(() => server);
    connection = await connectTo(server);
    await foreignSet(client, 'Part');
    await permissionSetGroup(client, 'Bundle', 'Part');
    await applyDefinition(connection, definition);
  }, 60_000);
  afterAll(() => server.close());

  const dependent = [
    'permission-sets',
    'object-access',
    'hidden-fields',
    'formulas',
    'view-all-records',
    'view-all-fields',
    'elevation',
    'flag',
  ];

  it.each(['Outdated', 'Updating', 'Failed'] as const)(
    'When its status is %s, Then whatever follows from permissions is unknown',
    async (status) => {
      setGroupStatus(server, 'Bundle', status);
      expect(idsWith('unknown', await verifyDefinition(connection, definition))).toEqual(dependent);
    },
  );

  it('When it is not up to date, Then each of these checks names it and says what to do', async () => {
    setGroupStatus(server, 'Bundle', 'Outdated');
    const { result } = await verifyDefinition(connection, definition);
    const naming = result.checks.filter(
      ({ evidence, fixes }) =>
        evidence.join().includes('permission set group Bundle gives') && fixes.join().includes('Setup'),
    );
    expect(naming.map(({ id }) => id)).toEqual(dependent);
  });

  it('When it is up to date, Then everything passes', async () => {
    setGroupStatus(server, 'Bundle', 'Updated');
    expect(await verifyDefinition(connection, definition)).toMatchObject({ exitCode: 0 });
  });
});
