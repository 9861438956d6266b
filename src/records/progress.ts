import type { FailedRow } from '../org/bulk.js';
import type { OrgError } from '../org/failure.js';
import type { MeasuredDifference } from './differences.js';

/** What comes before the org writes rows. */
export type FlagPhase = 'counting' | 'lookingUpKeys' | 'readingIds' | 'sending';

export type FlagProgress =
  /** `done`: keys looked up, Ids read or rows sent so far, where that is known. */
  | { readonly kind: 'phase'; readonly phase: FlagPhase; readonly done: number | null }
  /** Rows are being sent to a job that the org does not work on yet. */
  | { readonly kind: 'uploading'; readonly jobId: string }
  | { readonly kind: 'jobStarted'; readonly jobId: string }
  | { readonly kind: 'jobEnded'; readonly jobId: string }
  | { readonly kind: 'rows'; readonly done: number; readonly total: number | null }
  | { readonly kind: 'retrying'; readonly rows: number };

export type FlagOptions = {
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch; what is not done by then goes on in the org. */
  readonly deadline: number;
  readonly progress: (event: FlagProgress) => void;
  /** Rows that a plan counted a moment ago: few are read and written without counting and looking for jobs again. */
  readonly counted?: number;
  /** The same for a selection by condition whose difference was looked at a moment ago. */
  readonly measured?: readonly MeasuredDifference[];
  readonly failures: FailureSink;
};

/** Takes every row that could not be written. */
export type FailureSink = {
  readonly add: (row: FailedRow) => Promise<void>;
  /** All rows are tried anew: what was told so far no longer holds. */
  readonly restart: () => Promise<void>;
};

/** What one attempt at all rows came to. */
export type Attempt = {
  readonly written: number;
  /** Jobs that were still going on when the time was over. */
  readonly pendingJobs: readonly string[];
  readonly stoppedJobs: readonly StoppedJob[];
  /** Something went wrong before all rows were sent, or before it was known what became of them: looking again tells. */
  readonly broken: OrgError | null;
};

/** A job that ended before all of its rows were tried. */
export type StoppedJob = { readonly jobId: string; readonly message: string; readonly rowsLeft: number };

export type FlagReport = {
  readonly written: number;
  readonly failed: number;
  /** Of the failed ones, those that should have been ticked; rows of stopped jobs are not among them. */
  readonly failedToFlag: number;
  readonly failedToUnflag: number;
  readonly firstFailure: FailedRow | null;
  readonly pendingJobs: readonly string[];
  readonly stoppedJobs: readonly StoppedJob[];
  /** What ended the run after some rows were written. */
  readonly stoppedBy: OrgError | null;
};

export const notWritten: FlagReport = {
  written: 0,
  failed: 0,
  failedToFlag: 0,
  failedToUnflag: 0,
  firstFailure: null,
  pendingJobs: [],
  stoppedJobs: [],
  stoppedBy: null,
};
