import { describe, expect, it } from 'vitest';
import { probes } from '../../../practice-org/probes/all.ts';
import { ProbeApi } from '../../../practice-org/probes/probe-api.ts';
import { runProbes } from '../../../practice-org/probes/run.ts';
import { usePracticeServer } from '../../support/practice-server.ts';
import { createIntegrationUser } from '../../support/setup-records.ts';

describe('Given a practice org and the facts that no source settles', () => {
  const client = usePracticeServer({ profileGeneration: 'new' });
  const api = (accessToken = client.server.accessToken) =>
    new ProbeApi({ instanceUrl: client.server.url, accessToken });

  it.each(probes.map((probe) => [probe.fact, probe] as const))(
    'when asked: %s, then it answers as expected',
    async (_fact, probe) => {
      const [result] = await runProbes(await askedBy(probe.fact), [probe], { withWrites: true });
      expect([result?.verdict, result?.answer]).toEqual(['as expected', probe.expected]);
    },
  );

  it('when writes are not wanted, then only what reads is asked', async () => {
    const results = await runProbes(api(), probes, { withWrites: false });
    const notAsked = results.filter((result) => result.answer.startsWith('writes')).map((result) => result.probe);
    expect(notAsked).toEqual(probes.filter((probe) => !probe.readOnly));
  });

  it('when every probe has been asked, then nothing has changed', async () => {
    await client.send('DELETE', '/__practice__/requests');
    await runProbes(api(), probes, { withWrites: true });
    const { body } = await client.get<readonly { readonly changed: number }[]>('/__practice__/requests');
    expect(body.filter((request) => request.changed > 0)).toEqual([]);
  });

  /** One question is about what an integration user may see, so such a user asks it. */
  async function askedBy(fact: string): Promise<ProbeApi> {
    if (!fact.startsWith('A user with the profile')) return api();
    await createIntegrationUser(client, 'asker@acme.example');
    return api(await client.tokenOf('asker@acme.example'));
  }
});
