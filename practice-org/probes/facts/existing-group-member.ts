import { isObject } from '../probe-api.ts';
import type { Probe } from '../probe.ts';
import { rolledBack } from '../rolled-back.ts';

export const existingGroupMember: Probe = {
  fact: 'Adding a member twice to a group is no error',
  source: 'Object Reference, GroupMember: "the system simply returns the existing record".',
  readOnly: false,
  ask: async (api) => {
    const { body } = await api.get('/services/oauth2/userinfo');
    const UserOrGroupId = isObject(body) ? String(body['user_id']) : '';
    const root = '/services/data/v66.0/sobjects';
    const member = (referenceId: string) =>
      ({
        method: 'POST',
        url: `${root}/GroupMember`,
        referenceId,
        body: { GroupId: '@{group.id}', UserOrGroupId },
      }) as const;
    return rolledBack(api, [
      {
        method: 'POST',
        url: `${root}/Group`,
        referenceId: 'group',
        body: { Name: 'Probe group', DeveloperName: 'Probe_Group_Two', Type: 'Regular' },
      },
      member('first'),
      member('second'),
    ]);
  },
  expected: 'accepted',
};
