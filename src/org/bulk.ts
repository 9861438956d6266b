import type { IdBlock } from './id-block.js';

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

/** A row that could not be written. `errorCode` is the part of Salesforce's text before the first colon. */
export type FailedRow = {
  readonly id: string;
  /** The value that it should have had, as it was sent. */
  readonly value: string;
  readonly errorCode: string;
  readonly message: string;
};

export interface BulkPort {
  /** So many bytes one upload may have. */
  readonly uploadBytes: number;
  /** What a query of Ids, or of Ids and a checkbox, finds, as it arrives. A block is lost when the next one is asked for. */
  queryIds(soql: string, signal: AbortSignal): AsyncIterable<IdBlock>;
  /** Makes an update job, still open and empty, and answers its Id. */
  createUpdate(sobject: string): Promise<string>;
  /** Sends CSV, header first, as it comes. Takes place once for a job. */
  upload(jobId: string, csv: AsyncIterable<Uint8Array>): Promise<void>;
  /** Closes the upload: from now on the org works on it. */
  start(jobId: string): Promise<void>;
  abort(jobId: string): Promise<void>;
  /** Throws JobNotFoundError where the org has no such update job. */
  job(id: string): Promise<BulkJob>;
  /** Update jobs on an object that are not at their end: open ones, and those that the org works on. */
  unfinishedUpdates(sobject: string): Promise<readonly BulkJob[]>;
  /** `failed`: as many as the job says. A file with another number of rows is one that could not be read. */
  failedRows(jobId: string, failed: number): AsyncIterable<FailedRow>;
}
