/** Bulk API 2.0 as the plugin uses it: rows flow through, none are kept. */

export type BulkJobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

export type BulkJob = {
  readonly id: string;
  readonly sobject: string;
  readonly operation: string;
  readonly state: BulkJobState;
  readonly processed: number;
  readonly failed: number;
  readonly createdById: string;
  readonly errorMessage: string | null;
};

/** A row that a job could not write. `errorCode` is the part of Salesforce's text before the first colon. */
export type FailedRow = { readonly id: string; readonly errorCode: string; readonly message: string };

export interface BulkPort {
  /** Cells of each row in the order of the query's columns, page by page. */
  query(soql: string, signal: AbortSignal): AsyncIterable<readonly (readonly string[])[]>;
  /** Uploads CSV lines, header first, as one update job and starts it. Null where there was no line but the header. */
  update(sobject: string, lines: AsyncIterable<string>): Promise<BulkJob | null>;
  job(id: string): Promise<BulkJob>;
  /** Update jobs on an object that still go on. */
  runningUpdates(sobject: string): Promise<readonly BulkJob[]>;
  failedRows(jobId: string): AsyncIterable<FailedRow>;
}
