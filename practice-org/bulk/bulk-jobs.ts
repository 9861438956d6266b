import { setImmediate as nextTurn } from 'node:timers/promises';
import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import { resourceNotFound } from '../server/error-reply.ts';
import { runQuery } from '../soql/query.ts';
import { IngestJob } from './ingest-job.ts';
import { processIngestJob, type ProcessingContext } from './ingest-processing.ts';
import type { IngestOperation, JobOrigin, QueryOperation } from './job-information.ts';
import { resultColumns } from './query-columns.ts';
import { QueryJob } from './query-job.ts';

export type JobRequest = Pick<JobOrigin, 'object' | 'lineEnding' | 'columnDelimiter'>;

/** All bulk jobs of an org, and the work on them: one job after the other, as the platform's queue may do. */
export class BulkJobs {
  readonly #org: PracticeOrg;
  readonly #ingest = new Map<string, IngestJob>();
  readonly #queries = new Map<string, QueryJob>();
  #created = 0;
  #queue: Promise<void> = Promise.resolve();

  public constructor(org: PracticeOrg) {
    this.#org = org;
  }

  public createIngest(
    caller: Caller,
    request: JobRequest,
    operation: IngestOperation,
    externalIdFieldName: string | null,
  ): IngestJob {
    const job = new IngestJob(this.#origin(caller, request), operation, externalIdFieldName);
    this.#ingest.set(job.origin.id, job);
    return job;
  }

  public ingest(id: string): IngestJob {
    return found(this.#ingest.get(fullId(id)));
  }

  public ingestJobs(): readonly IngestJob[] {
    return [...this.#ingest.values()];
  }

  public deleteIngest(id: string): void {
    this.ingest(id);
    this.#ingest.delete(fullId(id));
  }

  public startIngest(context: Omit<ProcessingContext, 'org'>, job: IngestJob): void {
    this.#enqueue(() => processIngestJob({ ...context, org: this.#org }, job));
  }

  public createQuery(caller: Caller, request: JobRequest, operation: QueryOperation, soql: string): QueryJob {
    const job = new QueryJob(this.#origin(caller, request), operation, soql);
    this.#queries.set(job.origin.id, job);
    this.#enqueue(() => this.#runQueryJob(caller, job));
    return job;
  }

  public query(id: string): QueryJob {
    return found(this.#queries.get(fullId(id)));
  }

  public queryJobs(): readonly QueryJob[] {
    return [...this.#queries.values()];
  }

  public deleteQuery(id: string): void {
    this.query(id);
    this.#queries.delete(fullId(id));
  }

  #enqueue(work: () => Promise<void>): void {
    this.#queue = this.#queue.then(work);
  }

  async #runQueryJob(caller: Caller, job: QueryJob): Promise<void> {
    const { clock } = this.#org;
    await nextTurn();
    if (job.state !== 'UploadComplete') return;
    job.enter('InProgress', clock.timestamp());
    const startedAt = performance.now();
    try {
      const allRows = job.operation === 'queryAll';
      const result = runQuery(this.#org, caller, job.soql, { tooling: false, allRows });
      job.complete({ result, columns: resultColumns(job.soql, result) }, clock.timestamp());
    } catch (thrown) {
      job.fail(
        thrown instanceof SalesforceError ? `${thrown.errorCode}: ${thrown.message}` : String(thrown),
        clock.timestamp(),
      );
    }
    job.processingMs = Math.round(performance.now() - startedAt);
  }

  #origin(caller: Caller, request: JobRequest): JobOrigin {
    this.#created += 1;
    return {
      ...request,
      id: `750${String(this.#created).padStart(12, '0')}AAA`,
      createdById: caller.userId,
      createdDate: this.#org.clock.timestamp(),
      apiVersion: caller.apiVersion,
    };
  }
}

function fullId(id: string): string {
  return id.length === 15 ? `${id}AAA` : id;
}

function found<T>(job: T | undefined): T {
  if (job === undefined) throw resourceNotFound();
  return job;
}
