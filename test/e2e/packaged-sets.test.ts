import type { Connection } from '@salesforce/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeRow } from '../../practice-org/dml/table-rows.ts';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import type { Definition } from '../../src/definition/definition.js';
import { practiceUsername } from '../support/engine.ts';
import { assign, foreignSet } from '../support/fields.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { applyDefinition, filteredDefinition, idsOf, idsWith, verifyDefinition } from '../support/verification.ts';

function assigning(...permissionSets: readonly string[]): Definition {
  const { grant, ...rest } = filteredDefinition();
  return { ...rest, grant: grant === null ? null : { ...grant, permissionSets } };
}

describe('Given a permission set, and one of the same name that came with a package', () => {
  let server: PracticeServer;
  let client: PracticeClient;
  let connection: Connection;
  let local: string;
  let packaged: string;

  beforeEach(async () => {
    server = await startPracticeServer({ records: 4 });
    client = new PracticeClient(() => server);
    connection = await connectTo(server);
    local = await foreignSet(client, 'API_Access', { objects: { Account: {} } });
    packaged = await foreignSet(client, 'From_Package', { objects: { Account: {} } });
    // The platform alone gives a component its namespace, when a package is installed.
    changeRow(server.org, 'PermissionSet', packaged, { Name: 'API_Access', NamespacePrefix: 'acme' });
  });
  afterEach(() => server.close());

  const assigned = async (): Promise<readonly string[]> =>
    (
      await client.query<{ readonly PermissionSetId: string }>(
        `SELECT PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username = '${practiceUsername}'`,
      )
    )
      .map(({ PermissionSetId }) => PermissionSetId)
      .filter((id) => id === local || id === packaged);

  it('When the definition names it without namespace, Then the local one is assigned', async () => {
    await applyDefinition(connection, assigning('API_Access'));
    expect(await assigned()).toEqual([local]);
  });

  it('When the definition names the one of the package, Then that one is assigned', async () => {
    await applyDefinition(connection, assigning('acme__API_Access'));
    expect(await assigned()).toEqual([packaged]);
  });

  it('When the definition names either, Then verify finds it', async () => {
    await applyDefinition(connection, assigning('API_Access', 'acme__API_Access'));
    const verified = await verifyDefinition(connection, assigning('API_Access', 'acme__API_Access'));
    expect(idsWith('pass', verified)).toContain('permission-sets');
  });

  it.each(['API_Access', 'acme__API_Access'])(
    'When only %s is defined and the other one is assigned as well, Then verify says so',
    async (name) => {
      const definition = assigning(name);
      await applyDefinition(connection, definition);
      const [userId = ''] = await idsOf(client, `SELECT Id FROM User WHERE Username = '${practiceUsername}'`);
      await assign(client, userId, name === 'API_Access' ? packaged : local);
      expect(idsWith('fail', await verifyDefinition(connection, definition))).toEqual(['permission-sets']);
    },
  );
});
