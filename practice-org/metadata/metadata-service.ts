import type { Caller } from '../org/practice-org.ts';
import type { Document } from './document.ts';
import type {
  AsyncResult,
  CancelDeployResult,
  DeployOptions,
  DeployResult,
  DeployTicket,
  DescribeMetadataResult,
  FileProperties,
  ListMetadataQuery,
  ReadRecord,
  RetrieveRequest,
  RetrieveResult,
  SaveResult,
} from './messages.ts';

/** The Metadata API of an org, as SOAP and the REST resource `deployRequest` both use it. Raised errors are SalesforceErrors. */
export interface MetadataService {
  /** Takes the zip in and returns at once; the work follows, one deployment at a time. */
  deploy(caller: Caller, zip: Uint8Array, options: DeployOptions): DeployTicket;
  /** Deploys for good what an earlier deployment has validated. */
  deployRecentValidation(caller: Caller, validationId: string): DeployTicket;
  deployStatus(caller: Caller, id: string, includeDetails: boolean): DeployResult;
  /** Options that the deployment was started with. */
  deployOptions(caller: Caller, id: string): DeployOptions;
  cancel(caller: Caller, id: string): CancelDeployResult;
  retrieve(caller: Caller, request: RetrieveRequest): AsyncResult;
  retrieveStatus(caller: Caller, id: string, includeZip: boolean): RetrieveResult;
  list(caller: Caller, queries: readonly ListMetadataQuery[]): readonly FileProperties[];
  describe(caller: Caller): DescribeMetadataResult;
  read(caller: Caller, type: string, fullNames: readonly string[]): readonly ReadRecord[];
  save(caller: Caller, type: string, mode: 'create' | 'update' | 'upsert', documents: readonly Document[]): readonly SaveResult[];
  remove(caller: Caller, type: string, fullNames: readonly string[]): readonly SaveResult[];
}
