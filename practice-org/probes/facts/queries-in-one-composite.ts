import type { Probe } from '../probe.ts';

export const queriesInOneComposite: Probe = {
  fact: 'A composite may hold at most five queries',
  source: 'REST guide, Composite: 25 subrequests; the five is from memory.',
  readOnly: true,
  ask: async (api) => {
    const compositeRequest = Array.from({ length: 6 }, (_, number) => ({
      method: 'GET',
      url: '/services/data/v66.0/query?q=SELECT+Id+FROM+User+LIMIT+1',
      referenceId: `query${number}`,
    }));
    const { status } = await api.post('/services/data/v66.0/composite', { compositeRequest });
    return status === 200 ? 'accepted' : 'refused';
  },
  expected: 'refused',
};
