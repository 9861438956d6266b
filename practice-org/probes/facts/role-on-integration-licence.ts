import { integrationUser } from '../integration-user.ts';
import type { Probe } from '../probe.ts';
import { rolledBack } from '../rolled-back.ts';

export const roleOnIntegrationLicence: Probe = {
  fact: 'A user on the Salesforce Integration licence may have a role',
  source: 'No official source allows or forbids UserRoleId on this licence. Quirk role.',
  readOnly: false,
  ask: async (api) => {
    const UserRoleId = await api.onlyId('SELECT Id FROM UserRole LIMIT 1');
    const body = { ...(await integrationUser(api, 1)), UserRoleId };
    return rolledBack(api, [{ method: 'POST', url: '/services/data/v66.0/sobjects/User', referenceId: 'user', body }]);
  },
  expected: 'accepted',
};
