import type { Outcome } from './change.js';
import type { Finding } from './finding.js';
import type { Impact } from './impact.js';

/** The `--json` result of every changing command, the same with and without --dry-run. */
export type IntegrationUserResult = {
  readonly integration: string | null;
  readonly username: string;
  /** Null until the user exists. */
  readonly userId: string | null;
  readonly changes: readonly Outcome[];
  readonly findings: readonly Finding[];
  readonly impact: ReadonlyArray<Omit<Impact, 'consent'>>;
  /** HTTP requests made. */
  readonly apiRequests: number;
  /** What Salesforce counts against the daily limit: subrequests of a batch count each. */
  readonly apiCalls: number;
};
