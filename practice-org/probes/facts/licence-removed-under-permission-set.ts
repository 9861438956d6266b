import { integrationLicence, integrationUser } from '../integration-user.ts';
import type { Probe } from '../probe.ts';
import { rolledBack } from '../rolled-back.ts';

export const licenceRemovedUnderPermissionSet: Probe = {
  fact: 'A permission set licence cannot be taken away while an assigned permission set needs it',
  source: 'Mirrors the refusal of the assignment; from memory, text unknown.',
  readOnly: false,
  ask: async (api) => {
    const PermissionSetLicenseId = await api.onlyId(integrationLicence);
    const root = '/services/data/v66.0/sobjects';
    const assign = (object: string, referenceId: string, target: Readonly<Record<string, string>>) =>
      ({
        method: 'POST',
        url: `${root}/${object}`,
        referenceId,
        body: { AssigneeId: '@{user.id}', ...target },
      }) as const;
    const answer = await rolledBack(api, [
      { method: 'POST', url: `${root}/User`, referenceId: 'user', body: await integrationUser(api, 1) },
      assign('PermissionSetLicenseAssign', 'licence', { PermissionSetLicenseId }),
      {
        method: 'POST',
        url: `${root}/PermissionSet`,
        referenceId: 'set',
        body: { Name: 'Probe_Reads_Accounts', Label: 'Probe reads accounts' },
      },
      {
        method: 'POST',
        url: `${root}/ObjectPermissions`,
        referenceId: 'object',
        body: {
          ParentId: '@{set.id}',
          SobjectType: 'Account',
          PermissionsRead: true,
          PermissionsCreate: false,
          PermissionsEdit: false,
          PermissionsDelete: false,
          PermissionsViewAllRecords: false,
          PermissionsModifyAllRecords: false,
        },
      },
      assign('PermissionSetAssignment', 'assignment', { PermissionSetId: '@{set.id}' }),
      { method: 'DELETE', url: `${root}/PermissionSetLicenseAssign/@{licence.id}`, referenceId: 'removal' },
    ]);
    return answer.replace(/user ".*?"/, 'user "…"');
  },
  expected:
    'FIELD_INTEGRITY_EXCEPTION: Can\'t remove the permission set license from user "…": permission set "Probe reads accounts" requires it. The user license doesn\'t allow the permission: Read Accounts',
};
