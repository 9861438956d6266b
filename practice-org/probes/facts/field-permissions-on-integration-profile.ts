import { integrationProfile } from '../integration-user.ts';
import type { Probe } from '../probe.ts';
import { rolledBack } from '../rolled-back.ts';

export const fieldPermissionsOnIntegrationProfile: Probe = {
  fact: 'FieldPermissions rows may be written on the permission set of an integration profile',
  source: 'Five public tools write such rows on profiles, none of them on these profiles. Quirk field-permissions.',
  readOnly: false,
  ask: async (api) => {
    const profile = await integrationProfile(api);
    const ParentId = await api.onlyId(
      `SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = true AND ProfileId = '${profile}'`,
    );
    const soql = `SELECT Id FROM FieldPermissions WHERE ParentId = '${ParentId}' AND SobjectType = 'Account' AND Field = 'Account.Rating'`;
    const [row] = await api.rows(soql);
    const root = '/services/data/v66.0/sobjects/FieldPermissions';
    const write =
      row === undefined
        ? ({
            method: 'POST',
            url: root,
            referenceId: 'field',
            body: {
              ParentId,
              SobjectType: 'Account',
              Field: 'Account.Rating',
              PermissionsRead: true,
              PermissionsEdit: false,
            },
          } as const)
        : ({ method: 'DELETE', url: `${root}/${String(row['Id'])}`, referenceId: 'field' } as const);
    return rolledBack(api, [write]);
  },
  expected: 'accepted',
};
