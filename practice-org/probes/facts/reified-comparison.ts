import { describeAnswer } from '../probe-api.ts';
import type { Probe } from '../probe.ts';

export const reifiedComparison: Probe = {
  fact: 'EntityDefinition takes equality filters only',
  source: 'Tooling API guide, SOQL limitations; the exact answer is not given.',
  readOnly: true,
  ask: async (api) => {
    const soql = "SELECT QualifiedApiName FROM EntityDefinition WHERE QualifiedApiName != 'Account'";
    const answer = describeAnswer(await api.toolingQuery(soql));
    return answer.includes('Only equals comparisons permitted') ? 'Only equals comparisons permitted' : answer;
  },
  expected: 'Only equals comparisons permitted',
};
