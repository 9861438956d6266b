import { integrationLicence, integrationUser } from '../integration-user.ts';
import type { Probe } from '../probe.ts';
import { rolledBack } from '../rolled-back.ts';

export const severalSetupTypes: Probe = {
  fact: 'Setup rows of several types may stand in one composite',
  source: 'The REST guide forbids it for sObject Collections and says nothing of Composite. Quirk composite-setup.',
  readOnly: false,
  ask: async (api) => {
    const PermissionSetLicenseId = await api.onlyId(integrationLicence);
    const root = '/services/data/v66.0/sobjects';
    return rolledBack(api, [
      { method: 'POST', url: `${root}/User`, referenceId: 'user', body: await integrationUser(api, 1) },
      {
        method: 'POST',
        url: `${root}/PermissionSetLicenseAssign`,
        referenceId: 'licence',
        body: { AssigneeId: '@{user.id}', PermissionSetLicenseId },
      },
    ]);
  },
  expected: 'accepted',
};
