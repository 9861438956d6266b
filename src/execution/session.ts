import type { Change, Phase } from '../planning/change.js';
import type { OrgPort } from '../org/port.js';
import type { FlagProgress } from '../records/progress.js';

/** What Salesforce said to a change. What became of it is decided by reading back. */
export type ChangeState = 'done' | 'failed' | 'unknown' | 'pending' | 'skipped';

export type ChangeError = { readonly name: string; readonly message: string; readonly actions: readonly string[] };

export type ChangeReport = {
  readonly change: Change;
  readonly state: ChangeState;
  readonly id?: string;
  readonly error?: ChangeError;
};

export type Stage = { readonly phases: readonly Phase[]; readonly changes: readonly Change[] };

/** What happens while changes are made, for whoever shows it. */
export type ProgressEvent =
  | { readonly kind: 'looking'; readonly again: boolean }
  | { readonly kind: 'validating' }
  | { readonly kind: 'stagesPlanned'; readonly stages: readonly Stage[] }
  | { readonly kind: 'stageStarted'; readonly stage: Stage }
  | { readonly kind: 'stageEnded'; readonly stage: Stage; readonly reports: readonly ChangeReport[] }
  | { readonly kind: 'flagging'; readonly change: Change; readonly event: FlagProgress }
  | { readonly kind: 'waiting'; readonly change: Change }
  | { readonly kind: 'retrying'; readonly reason: string; readonly delayMs: number };

/** One execution: the org, the time it may take, and the Ids known so far by natural key. */
export type Session = {
  readonly port: OrgPort;
  readonly deadline: number;
  readonly signal: AbortSignal;
  readonly progress: (event: ProgressEvent) => void;
  readonly ids: Map<string, string>;
};

export function failedReport(change: Change, error: ChangeError): ChangeReport {
  return { change, state: 'failed', error: errorText(error) };
}

export function unknownReport(change: Change, error: ChangeError): ChangeReport {
  return { change, state: 'unknown', error: errorText(error) };
}

export function errorText(error: {
  readonly name: string;
  readonly message: string;
  readonly actions?: readonly string[] | undefined;
}): ChangeError {
  return { name: error.name, message: error.message, actions: error.actions ?? [] };
}
