import type { DelimiterName } from './csv.ts';

export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
export type IngestOperation = 'insert' | 'update' | 'upsert' | 'delete' | 'hardDelete';
export type QueryOperation = 'query' | 'queryAll';
export type LineEnding = 'LF' | 'CRLF';

/** What every job knows of itself from its creation on. */
export type JobOrigin = {
  readonly id: string;
  readonly object: string;
  readonly createdById: string;
  readonly createdDate: string;
  readonly apiVersion: number;
  readonly lineEnding: LineEnding;
  readonly columnDelimiter: DelimiterName;
};

export function lineEndingText(lineEnding: LineEnding): string {
  return lineEnding === 'CRLF' ? '\r\n' : '\n';
}

export function hasEnded(state: JobState): boolean {
  return state === 'JobComplete' || state === 'Failed' || state === 'Aborted';
}
