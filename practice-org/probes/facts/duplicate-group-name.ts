import type { Probe } from '../probe.ts';
import { rolledBack } from '../rolled-back.ts';

export const duplicateGroupName: Probe = {
  fact: 'Refusal of a second public group with the same DeveloperName',
  source: 'DUPLICATE_DEVELOPER_NAME is seen on Group inserts; its message was not found.',
  readOnly: false,
  ask: async (api) => {
    const group = (referenceId: string) =>
      ({
        method: 'POST',
        url: '/services/data/v66.0/sobjects/Group',
        referenceId,
        body: { Name: 'Probe group', DeveloperName: 'Probe_Group_One', Type: 'Regular' },
      }) as const;
    return rolledBack(api, [group('first'), group('second')]);
  },
  expected: 'DUPLICATE_DEVELOPER_NAME: The API name you entered is already in use',
};
