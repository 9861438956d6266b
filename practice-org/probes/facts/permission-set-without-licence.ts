import { integrationUser } from '../integration-user.ts';
import type { Probe } from '../probe.ts';
import { rolledBack } from '../rolled-back.ts';

export const permissionSetWithoutLicence: Probe = {
  fact: 'Error code when a permission set needs the permission set licence that the user lacks',
  source: 'The message is quoted by several write-ups, the REST error code FIELD_INTEGRITY_EXCEPTION is inferred.',
  readOnly: false,
  ask: async (api) => {
    const root = '/services/data/v66.0/sobjects';
    const answer = await rolledBack(api, [
      { method: 'POST', url: `${root}/User`, referenceId: 'user', body: await integrationUser(api, 1) },
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
      {
        method: 'POST',
        url: `${root}/PermissionSetAssignment`,
        referenceId: 'assignment',
        body: { AssigneeId: '@{user.id}', PermissionSetId: '@{set.id}' },
      },
    ]);
    return answer.replace(/user ".*?"/, 'user "…"');
  },
  expected:
    'FIELD_INTEGRITY_EXCEPTION: Can\'t assign permission set "Probe reads accounts" to user "…". The user license doesn\'t allow the permission: Read Accounts',
};
