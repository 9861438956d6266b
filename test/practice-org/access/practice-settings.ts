import { createClock } from '../../../practice-org/org/clock.ts';
import { createPracticeOrg } from '../../../practice-org/org/create-org.ts';
import type { PracticeOrg } from '../../../practice-org/org/practice-org.ts';
import type { OrgSettings, Quirks } from '../../../practice-org/org/settings.ts';

const ordinaryQuirks: Quirks = {
  'entity-definition': 'with-access',
  'composite-setup': 'accept',
  'check-only': 'combined',
  'field-permissions': 'rows',
  'user-access': 'both',
  'external-sharing': 'on',
  role: 'accept',
  'person-accounts': 'off',
  language: 'en_US',
  edition: 'enterprise',
  retrieve: 'normalised',
  'nested-semi-join': 'accept',
};

export type TimedOrg = { readonly org: PracticeOrg; readonly wait: (milliseconds: number) => void };
type Choice = Partial<Omit<OrgSettings, 'quirks'>> & { readonly quirks?: Partial<Quirks> };

/** A practice org whose time passes only when the test says so. */
export function timedOrg({ quirks, ...settings }: Choice = {}): TimedOrg {
  let now = Date.UTC(2026, 0, 31);
  const org = createPracticeOrg(
    {
      records: 0,
      seed: 1,
      latencyMs: 0,
      recalculationMs: 1_000,
      profileGeneration: 'both',
      ...settings,
      quirks: { ...ordinaryQuirks, ...quirks },
    },
    createClock(() => now),
  );
  return {
    org,
    wait(milliseconds) {
      now += milliseconds;
    },
  };
}
