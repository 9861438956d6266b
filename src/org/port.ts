import type { BulkPort } from './bulk.js';
import type { MetadataComponent } from '../metadata/component.js';
import type { ObjectDescription, QueryApi, Refusal, Row } from '../observation/question.js';

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export type WriteRequest =
  | { readonly method: 'POST'; readonly sobject: string; readonly values: Row; readonly referenceId: string }
  | {
      readonly method: 'PATCH';
      readonly sobject: string;
      readonly id: string;
      readonly values: Row;
      readonly referenceId: string;
    }
  | { readonly method: 'DELETE'; readonly sobject: string; readonly id: string; readonly referenceId: string };

export type WriteFailure = { readonly errorCode: string; readonly message: string; readonly fields: readonly string[] };
export type WriteOutcome =
  | { readonly ok: true; readonly id: string; readonly created: boolean }
  | { readonly ok: false; readonly failure: WriteFailure };

export type ComponentFailure = {
  readonly type: string;
  readonly fullName: string;
  readonly problem: string;
  readonly line: number | null;
  readonly column: number | null;
};
export type DeployReport = {
  readonly id: string;
  /** `inProgress`: the wait was over before Salesforce was. */
  readonly status: 'succeeded' | 'failed' | 'inProgress' | 'canceled';
  readonly changed: ReadonlyArray<{
    readonly type: string;
    readonly fullName: string;
    readonly created: boolean;
    /** Null where Salesforce does not say. */
    readonly id: string | null;
  }>;
  readonly failures: readonly ComponentFailure[];
  readonly errorMessage: string | null;
};
export type Deployment = {
  readonly components: readonly MetadataComponent[];
  readonly destroy: ReadonlyArray<{ readonly type: string; readonly fullName: string }>;
  readonly checkOnly: boolean;
};

export type Query = { readonly soql: string; readonly api: QueryApi };
export type CountQuery = { readonly soql: string; readonly timeoutMs: number };
export type RunningUser = { readonly userId: string; readonly username: string; readonly organizationId: string };

/**
 * What the plugin needs of an org. The only implementation is adapter/. Anything that goes wrong in transport or that
 * Salesforce refuses as a whole is thrown as a named SfError with actions; what is refused row by row is returned.
 */
export interface OrgPort {
  readonly username: string;
  readonly apiVersion: string;
  identity(): Promise<RunningUser>;
  /** All rows of each query, every result page read; bundled into as few requests as the platform allows. */
  queryAll(queries: readonly Query[]): Promise<ReadonlyArray<Read<readonly Row[]>>>;
  /** Queries and descriptions of objects in the same requests. */
  readTogether(
    queries: readonly Query[],
    sobjects: readonly string[],
  ): Promise<{
    readonly rows: ReadonlyArray<Read<readonly Row[]>>;
    readonly descriptions: ReadonlyArray<Read<ObjectDescription>>;
  }>;
  count(soql: string, timeoutMs: number): Promise<Read<number | 'not counted'>>;
  /** In one request where that is in time, else each on its own. */
  countAll(queries: readonly CountQuery[]): Promise<ReadonlyArray<Read<number | 'not counted'>>>;
  describe(sobject: string): Promise<Read<ObjectDescription>>;
  readMetadata(type: string, fullNames: readonly string[]): Promise<ReadonlyArray<Read<Row | null>>>;
  listMetadata(types: readonly string[]): Promise<ReadonlyArray<Read<readonly string[]>>>;
  /**
   * Setup rows of several types in one request where the org takes that, else one by one. Values may hold "@{referenceId.id}".
   * Stops at the first failure: what follows is reported as not attempted (undefined).
   */
  write(requests: readonly WriteRequest[]): Promise<ReadonlyArray<WriteOutcome | undefined>>;
  /** Rows of one object, in collections of 200, each row with its own outcome. */
  writeRows(
    method: 'POST' | 'PATCH' | 'DELETE',
    sobject: string,
    rows: readonly Row[],
  ): Promise<readonly WriteOutcome[]>;
  deploy(
    deployment: Deployment,
    options: { readonly waitMs: number; readonly signal: AbortSignal },
  ): Promise<DeployReport>;
  resetPassword(userId: string): Promise<void>;
  readonly bulk: BulkPort;
  /** Counted from the start of the process, SOAP and polls included. */
  requestCounts(): { readonly apiRequests: number; readonly apiCalls: number };
}
