import { RequestError } from '../rest/request-error.ts';
import type { QueryResult } from '../soql/query.ts';
import { csvLine } from './csv.ts';
import { hasEnded, lineEndingText, type JobOrigin, type JobState, type QueryOperation } from './job-information.ts';

export type FinishedQuery = { readonly result: QueryResult; readonly columns: readonly string[] };

/** A query job: the result stays lazy, and its rows are rendered when a part of it is fetched. */
export class QueryJob {
  public readonly origin: JobOrigin;
  public readonly operation: QueryOperation;
  public readonly soql: string;
  public systemModstamp: string;
  public processingMs = 0;
  #state: JobState = 'UploadComplete';
  #errorMessage: string | null = null;
  #finished: FinishedQuery | null = null;

  public constructor(origin: JobOrigin, operation: QueryOperation, soql: string) {
    this.origin = origin;
    this.operation = operation;
    this.soql = soql;
    this.systemModstamp = origin.createdDate;
  }

  public get state(): JobState {
    return this.#state;
  }

  public enter(state: JobState, timestamp: string): void {
    this.#state = state;
    this.systemModstamp = timestamp;
  }

  public abort(timestamp: string): void {
    if (hasEnded(this.#state)) throw new RequestError('INVALIDJOBSTATE', `Invalid job state: ${this.#state}`);
    this.enter('Aborted', timestamp);
  }

  public complete(finished: FinishedQuery, timestamp: string): void {
    this.#finished = finished;
    this.enter('JobComplete', timestamp);
  }

  public fail(message: string, timestamp: string): void {
    this.#errorMessage = message;
    this.enter('Failed', timestamp);
  }

  public information(): Readonly<Record<string, unknown>> {
    const { origin } = this;
    return {
      id: origin.id,
      operation: this.operation,
      object: origin.object,
      createdById: origin.createdById,
      createdDate: origin.createdDate,
      systemModstamp: this.systemModstamp,
      state: this.#state,
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: origin.apiVersion,
      lineEnding: origin.lineEnding,
      columnDelimiter: origin.columnDelimiter,
    };
  }

  public detailedInformation(): Readonly<Record<string, unknown>> {
    return {
      ...this.information(),
      jobType: 'V2Query',
      numberRecordsProcessed: this.#finished?.result.size ?? 0,
      retries: 0,
      totalProcessingTime: this.processingMs,
      isPkChunkingSupported: true,
      ...(this.#errorMessage === null ? {} : { errorMessage: this.#errorMessage }),
    };
  }

  public finished(): FinishedQuery {
    if (this.#finished !== null) return this.#finished;
    throw new RequestError('INVALIDJOBSTATE', `The job is not in a state that has results: ${this.#state}`);
  }
}

const chunkRows = 1000;

/** Rows `from` up to `to` of a finished job as CSV, header first. */
export function* resultRows(job: QueryJob, from: number, to: number): Generator<string> {
  const { result, columns } = job.finished();
  const { columnDelimiter, lineEnding } = job.origin;
  const line = (cells: readonly string[]): string => csvLine(cells, columnDelimiter, lineEndingText(lineEnding));
  let lines = [line(columns)];
  for (let row = from; row < to; row += 1) {
    const record = result.record(row);
    lines.push(line(columns.map((column) => cellText(valueAt(record, column)))));
    if (lines.length < chunkRows) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

function valueAt(record: unknown, column: string): unknown {
  let value: unknown = record;
  for (const step of column.split('.')) {
    if (typeof value !== 'object' || value === null) return null;
    value = Reflect.get(value, step);
  }
  return value;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
