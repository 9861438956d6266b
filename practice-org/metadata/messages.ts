import type { Document } from './document.ts';

/** Results as the Metadata API shapes them, ready for JSON; the SOAP layer writes them in the order of their types. */

export type DeployOptions = {
  readonly checkOnly: boolean;
  readonly rollbackOnError: boolean;
  readonly ignoreWarnings: boolean;
  readonly singlePackage: boolean;
  readonly purgeOnDelete: boolean;
  readonly allowMissingFiles: boolean;
  readonly autoUpdatePackage: boolean;
  readonly performRetrieve: boolean;
  readonly runTests: readonly string[];
  readonly testLevel: string | null;
};

export const defaultDeployOptions: DeployOptions = {
  checkOnly: false,
  rollbackOnError: false,
  ignoreWarnings: false,
  singlePackage: false,
  purgeOnDelete: false,
  allowMissingFiles: false,
  autoUpdatePackage: false,
  performRetrieve: false,
  runTests: [],
  testLevel: null,
};

export type DeployStatus =
  'Pending' | 'InProgress' | 'Succeeded' | 'SucceededPartial' | 'Failed' | 'Canceling' | 'Canceled';

export type DeployMessage = {
  readonly changed: boolean;
  readonly columnNumber?: number;
  readonly componentType: string;
  readonly created: boolean;
  readonly createdDate: string;
  readonly deleted: boolean;
  readonly fileName: string;
  readonly fullName: string;
  readonly id?: string;
  readonly lineNumber?: number;
  readonly problem?: string;
  readonly problemType?: 'Error' | 'Warning';
  readonly success: boolean;
};

export type DeployDetails = {
  readonly componentFailures: readonly DeployMessage[];
  readonly componentSuccesses: readonly DeployMessage[];
  readonly runTestResult: { readonly numFailures: number; readonly numTestsRun: number; readonly totalTime: number };
};

export type DeployResult = {
  readonly id: string;
  readonly status: DeployStatus;
  readonly done: boolean;
  readonly success: boolean;
  readonly checkOnly: boolean;
  readonly ignoreWarnings: boolean;
  readonly rollbackOnError: boolean;
  readonly runTestsEnabled: boolean;
  readonly createdBy: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly startDate?: string;
  readonly lastModifiedDate: string;
  readonly completedDate?: string;
  readonly canceledBy?: string;
  readonly canceledByName?: string;
  readonly errorMessage?: string;
  readonly errorStatusCode?: string;
  readonly numberComponentErrors: number;
  readonly numberComponentsDeployed: number;
  readonly numberComponentsTotal: number;
  readonly numberFiles: number;
  readonly numberTestErrors: number;
  readonly numberTestsCompleted: number;
  readonly numberTestsTotal: number;
  readonly zipSize: number;
  readonly details: DeployDetails;
};

export type AsyncResult = {
  readonly done: boolean;
  readonly id: string;
  readonly state: 'Queued' | 'InProgress' | 'Completed';
};
export type CancelDeployResult = { readonly done: boolean; readonly id: string };

/** A deployment that has been taken in. */
export type DeployTicket = {
  readonly id: string;
  /** Resolves when the deployment has ended; never rejects. */
  readonly finished: Promise<DeployResult>;
  /** Components that the deployment created, changed or deleted for good; resolves with `finished`. */
  readonly changed: Promise<number>;
};

export type PackageMembers = { readonly name: string; readonly members: readonly string[] };
export type RetrieveRequest = { readonly apiVersion: number; readonly types: readonly PackageMembers[] };

export type FileProperties = {
  readonly createdById: string;
  readonly createdByName: string;
  readonly createdDate: string;
  readonly fileName: string;
  readonly fullName: string;
  readonly id: string;
  readonly lastModifiedById: string;
  readonly lastModifiedByName: string;
  readonly lastModifiedDate: string;
  readonly manageableState?: 'unmanaged';
  readonly type: string;
};

export type RetrieveResult = {
  readonly done: boolean;
  readonly fileProperties: readonly FileProperties[];
  readonly id: string;
  readonly messages: ReadonlyArray<{ readonly fileName: string; readonly problem: string }>;
  readonly status: 'Pending' | 'InProgress' | 'Succeeded' | 'Failed';
  readonly success: boolean;
  /** Base64; empty until done. */
  readonly zipFile: string;
};

export type ListMetadataQuery = { readonly type: string; readonly folder?: string };

export type DescribeMetadataObject = {
  readonly childXmlNames: readonly string[];
  readonly directoryName: string;
  readonly inFolder: boolean;
  readonly metaFile: boolean;
  readonly suffix?: string;
  readonly xmlName: string;
};

export type DescribeMetadataResult = {
  readonly metadataObjects: readonly DescribeMetadataObject[];
  readonly organizationNamespace: string;
  readonly partialSaveAllowed: boolean;
  readonly testRequired: boolean;
};

export type SaveError = { readonly message: string; readonly statusCode: string };
export type SaveResult = {
  readonly fullName: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly SaveError[];
};

/** A component read one by one; null where there is none of that name. */
export type ReadRecord = { readonly type: string; readonly document: Document } | null;

export type SaveRequest = {
  readonly type: string;
  readonly mode: 'create' | 'update' | 'upsert';
  readonly documents: readonly Document[];
  readonly allOrNone: boolean;
};
export type RemoveRequest = {
  readonly type: string;
  readonly fullNames: readonly string[];
  readonly allOrNone: boolean;
};
