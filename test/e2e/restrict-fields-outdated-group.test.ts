import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice-org/server/start.ts';
import { practiceUsername } from '../support/engine.ts';
import {
  findingsOf,
  foreignSet,
  integrationUserOn,
  newProfile,
  permissionSetGroup,
  restrictFields,
} from '../support/fields.ts';
import { setGroupStatus } from '../support/group-status.ts';
import { connectTo } from '../support/login.ts';
import { PracticeClient, startPracticeServer } from '../support/practice-server.ts';
import { createRecord } from '../support/setup-records.ts';

describe('Given a user with a permission set group that mutes a field', () => {
  let server: PracticeServer;

  beforeAll(async () => {
    server = await startPracticeServer({ records: 4 });
    const client = new PracticeClient(() => server);
    const AssigneeId = await integrationUserOn(client, newProfile, practiceUsername);
    await foreignSet(client, 'Grouped_Set', { objects: { Account: {} }, fields: { 'Account.AnnualRevenue': false } });
    const PermissionSetGroupId = await permissionSetGroup(client, 'Sales_Group', 'Grouped_Set', [
      'Account.AnnualRevenue',
    ]);
    await createRecord(client, 'PermissionSetAssignment', { AssigneeId, PermissionSetGroupId });
  });
  afterAll(() => server.close());

  it.each(['Outdated', 'Updating', 'Failed'] as const)(
    'When what the group gives is not computed yet (%s), Then the field is not called hidden',
    async (status) => {
      setGroupStatus(server, 'Sales_Group', status);
      const outcome = await restrictFields(await connectTo(server), { fields: ['Account.AnnualRevenue'] });
      expect({ findings: findingsOf(outcome), exitCode: outcome.exitCode }).toEqual({
        findings: ['warning GroupBeingComputed Sales_Group'],
        exitCode: 3,
      });
    },
  );
});
