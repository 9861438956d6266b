import { describeAnswer } from '../probe-api.ts';
import type { Probe } from '../probe.ts';

export const nestedSemiJoin: Probe = {
  fact: 'A semi-join in parentheses is accepted where there is no OR beside it',
  source: 'The refusal of nested semi-joins is quoted for parentheses with OR in them only (apsona.com).',
  readOnly: true,
  ask: async (api) => {
    const condition = 'Id != null AND (Name != null AND Id IN (SELECT AccountId FROM Contact))';
    const answer = await api.query(`SELECT Id FROM Account WHERE ${condition} LIMIT 1`);
    return answer.status === 200 ? 'accepted' : describeAnswer(answer);
  },
  expected: 'accepted',
};
