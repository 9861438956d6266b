import { describeAnswer } from '../probe-api.ts';
import type { Probe } from '../probe.ts';

export const userAccessThroughRest: Probe = {
  fact: "UserEntityAccess answers about other people's access through REST",
  source:
    'Documented for the Tooling API; the describeGlobal recorded by CumulusCI (REST, v52) lists it as queryable. Quirk user-access.',
  readOnly: true,
  ask: async (api) => {
    const userId = await api.onlyId(
      "SELECT Id FROM User WHERE IsActive = true AND UserType = 'Standard' ORDER BY CreatedDate DESC LIMIT 1",
    );
    const answer = await api.query(
      `SELECT DurableId, IsReadable FROM UserEntityAccess WHERE DurableId IN ('Account.${userId}')`,
    );
    return describeAnswer(answer).replace(/:.*/s, '');
  },
  expected: '200',
};
