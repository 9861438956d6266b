import { RequestError } from '../rest/request-error.ts';
import { hasEnded, type IngestOperation, type JobOrigin, type JobState } from './job-information.ts';
import { RowOutcomes } from './row-outcomes.ts';

/** 150 MB once encoded in base64 (Bulk API 2.0 guide, "Upload Job Data"). */
const mostBytes = 112_500_000;

/** An ingest job: its state, its upload, and what became of each row. */
export class IngestJob {
  public readonly origin: JobOrigin;
  public readonly operation: IngestOperation;
  public readonly externalIdFieldName: string | null;
  public readonly outcomes = new RowOutcomes();
  public content: Buffer = Buffer.alloc(0);
  public systemModstamp: string;
  public errorMessage: string | null = null;
  public processingMs = 0;
  #state: JobState = 'Open';
  #uploads = 0;

  public constructor(origin: JobOrigin, operation: IngestOperation, externalIdFieldName: string | null) {
    this.origin = origin;
    this.operation = operation;
    this.externalIdFieldName = externalIdFieldName;
    this.systemModstamp = origin.createdDate;
  }

  public get state(): JobState {
    return this.#state;
  }

  public isIn(state: JobState): boolean {
    return this.#state === state;
  }

  public upload(content: Buffer): void {
    if (this.#state !== 'Open') throw wrongState(this.#state);
    if (content.length > mostBytes) {
      throw new RequestError('REQUEST_ENTITY_TOO_LARGE', 'The uploaded data exceeds 150 MB after base64 encoding', {
        httpStatus: 413,
      });
    }
    this.#uploads += 1;
    if (this.#uploads > 1) {
      throw new RequestError(
        'INVALIDJOBSTATE',
        `Found multiple contents for job: <${this.origin.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
      );
    }
    this.content = content;
  }

  public close(timestamp: string): void {
    if (this.#state !== 'Open') throw wrongState(this.#state);
    this.enter('UploadComplete', timestamp);
  }

  public abort(timestamp: string): void {
    if (hasEnded(this.#state)) throw wrongState(this.#state);
    this.enter('Aborted', timestamp);
  }

  public enter(state: JobState, timestamp: string): void {
    this.#state = state;
    this.systemModstamp = timestamp;
  }

  public fail(message: string, timestamp: string): void {
    this.errorMessage = message;
    this.enter('Failed', timestamp);
  }

  /** The answer to a change of state: shorter than the others (recorded payloads). */
  public briefInformation(): Readonly<Record<string, unknown>> {
    const { origin } = this;
    return {
      id: origin.id,
      operation: this.operation,
      object: origin.object,
      createdById: origin.createdById,
      createdDate: origin.createdDate,
      systemModstamp: this.systemModstamp,
      state: this.#state,
      ...(this.externalIdFieldName === null ? {} : { externalIdFieldName: this.externalIdFieldName }),
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      apiVersion: origin.apiVersion,
      ...(this.#state === 'Open'
        ? { contentUrl: `services/data/v${origin.apiVersion}.0/jobs/ingest/${origin.id}/batches` }
        : {}),
    };
  }

  public information(): Readonly<Record<string, unknown>> {
    const { lineEnding, columnDelimiter } = this.origin;
    return { ...this.briefInformation(), lineEnding, columnDelimiter };
  }

  public detailedInformation(): Readonly<Record<string, unknown>> {
    return {
      ...this.information(),
      jobType: 'V2Ingest',
      numberRecordsProcessed: this.outcomes.processed,
      numberRecordsFailed: this.outcomes.failedCount,
      retries: 0,
      totalProcessingTime: this.processingMs,
      apiActiveProcessingTime: this.processingMs,
      apexProcessingTime: 0,
      ...(this.errorMessage === null ? {} : { errorMessage: this.errorMessage }),
    };
  }
}

function wrongState(state: JobState): RequestError {
  return new RequestError('INVALIDJOBSTATE', `Invalid job state: ${state}`);
}
