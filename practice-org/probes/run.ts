import { NotAskable, type ProbeApi } from './probe-api.ts';
import type { Probe } from './probe.ts';

export type ProbeResult = {
  readonly probe: Probe;
  readonly verdict: 'as expected' | 'different' | 'not asked';
  readonly answer: string;
};

/** One after the other: some of them use up what others ask about. */
export async function runProbes(
  api: ProbeApi,
  probes: readonly Probe[],
  { withWrites }: { readonly withWrites: boolean },
): Promise<readonly ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const probe of probes) results.push(await runProbe(api, probe, withWrites));
  return results;
}

async function runProbe(api: ProbeApi, probe: Probe, withWrites: boolean): Promise<ProbeResult> {
  if (!probe.readOnly && !withWrites) return { probe, verdict: 'not asked', answer: 'writes; add --write to ask' };
  try {
    const answer = await probe.ask(api);
    return { probe, verdict: answer === probe.expected ? 'as expected' : 'different', answer };
  } catch (thrown) {
    if (!(thrown instanceof NotAskable)) throw thrown;
    return { probe, verdict: 'not asked', answer: thrown.message };
  }
}

export function render({ probe, verdict, answer }: ProbeResult): string {
  return [
    `${verdict.toUpperCase()}  ${probe.fact}`,
    `  source    ${probe.source}`,
    `  expected  ${probe.expected}`,
    `  this org  ${answer}`,
    '',
  ].join('\n');
}
