import type { Connection } from '@salesforce/core';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeUser, type DescribedUser } from '../../src/engine/definition-of-user.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { applyDefinition } from '../support/apply.ts';
import { createUser, practiceUsername } from '../support/engine.ts';
import { connectTo } from '../support/login.ts';
import { usePracticeServer } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';

describe('Given an integration user that people set up by hand, on the old profile and with View All', () => {
  const practice = usePracticeServer({ records: 10, profileGeneration: 'old' });
  let connection: Connection;
  let described: DescribedUser | null;

  const describeIt = (username: string, integration: string | null): Promise<DescribedUser | null> =>
    describeUser({ username, integration }, createOrgPort(connection));

  beforeAll(async () => {
    connection = await connectTo(practice.server);
    const ParentId = await createRecord(practice, 'PermissionSet', { Name: 'By_Hand', Label: 'By hand' });
    await createRecord(practice, 'ObjectPermissions', {
      ParentId,
      SobjectType: 'Account',
      PermissionsRead: true,
      PermissionsViewAllRecords: true,
    });
    await createUser(connection, { permissionSets: ['By_Hand'] });
    const [row] = await practice.query<{ readonly Id: string }>(
      `SELECT Id FROM FieldPermissions WHERE Field = 'Account.Rating' AND Parent.Profile.Name LIKE '%API Only System%'`,
    );
    await practice.send('DELETE', `/services/data/v66.0/sobjects/FieldPermissions/${row?.Id ?? ''}`);
    described = await describeIt(practiceUsername, 'HubSpot');
  });

  it('When it is described, Then its permission set is listed as it is', () => {
    expect(described?.definition.user?.permissionSets).toEqual(['By_Hand']);
  });

  it('When it is described, Then fields of readable objects that it cannot see are hidden in the definition', () => {
    expect(described?.definition.hide).toMatchObject({ fields: ['Account.Rating'], allExcept: {} });
  });

  it('When it is described, Then nothing that it does not have is added', () => {
    expect({ grant: described?.definition.grant, share: described?.definition.share }).toEqual({
      grant: null,
      share: null,
    });
  });

  it('When the description is applied, Then nothing changes', async () => {
    if (described === null) throw new Error('the user was not described');
    const { result } = await applyDefinition(connection, described.definition);

    expect(described.pending).toEqual([]);
    expect(result.changes.filter(({ status }) => status !== 'unchanged')).toEqual([]);
  });

  it('When its integration is not named, Then it cannot be described', async () => {
    expect(await describeIt(practiceUsername, null)).toBeNull();
  });

  it('When the user does not exist, Then it cannot be described', async () => {
    expect(await describeIt('nobody@acme.example', 'HubSpot')).toBeNull();
  });
});
