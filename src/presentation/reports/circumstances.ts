/** A report is handed on and read later: it says itself when, where, by whom and for what was looked. */
export type Circumstances = {
  /** ISO time. */
  readonly takenAt: string;
  readonly orgId: string;
  readonly instanceUrl: string;
  /** Username of whoever ran the command. */
  readonly runner: string;
  /** As it was given; null where nothing says what the user should see. */
  readonly definitionFile: string | null;
  /** Of the plugin. */
  readonly version: string;
};

export type ReportOptions = {
  readonly circumstances: Circumstances;
  /** Columns of a report for people; formats for programs have no width. */
  readonly columns: number;
};

/** "2026-11-28 05:30 UTC": the same for readers everywhere. */
export function readableTime({ takenAt }: Circumstances): string {
  return `${takenAt.slice(0, 10)} ${takenAt.slice(11, 16)} UTC`;
}
