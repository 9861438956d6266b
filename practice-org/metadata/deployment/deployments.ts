import { SalesforceError } from '../../org/errors.ts';
import type { Caller, PracticeOrg } from '../../org/practice-org.ts';
import { normalizeId } from '../../storage/record-id.ts';
import { isoDate } from '../component-records.ts';
import type { DeployMessage, DeployOptions, DeployResult, DeployStatus, DeployTicket } from '../messages.ts';
import { openDeployRequest, updateDeployRequest } from './deploy-requests.ts';
import type { ExecutionResult } from './execute.ts';
import { readPackageFiles, type PackageFiles } from './package-files.ts';

/** One deployment from its arrival to its end. */
type DeploymentRecord = {
  readonly id: string;
  readonly caller: Caller;
  readonly zip: Uint8Array;
  readonly options: DeployOptions;
  readonly createdDate: string;
  status: DeployStatus;
  startDate: string | undefined;
  completedDate: string | undefined;
  canceledBy: string | undefined;
  files: number;
  messages: readonly DeployMessage[];
  errorMessage: string | undefined;
};

export type RunPackage = (package_: PackageFiles, caller: Caller, options: DeployOptions) => ExecutionResult;

const ended: ReadonlySet<DeployStatus> = new Set(['Succeeded', 'SucceededPartial', 'Failed', 'Canceled']);
const validatedSuccessfully = 'Succeeded';

/** The queue of deployments: one at a time, in order of arrival. */
export class Deployments {
  readonly #org: PracticeOrg;
  readonly #run: RunPackage;
  readonly #deployments = new Map<string, DeploymentRecord>();
  #last: Promise<unknown> = Promise.resolve();

  public constructor(org: PracticeOrg, run: RunPackage) {
    this.#org = org;
    this.#run = run;
  }

  public start(caller: Caller, zip: Uint8Array, options: DeployOptions): DeployTicket {
    const deployment: DeploymentRecord = {
      id: openDeployRequest(this.#org, caller.userId),
      caller,
      zip,
      options,
      createdDate: isoDate(this.#org.clock),
      status: 'Pending',
      startDate: undefined,
      completedDate: undefined,
      canceledBy: undefined,
      files: 0,
      messages: [],
      errorMessage: undefined,
    };
    this.#deployments.set(deployment.id, deployment);
    const changed = this.#last.then(() => this.#process(deployment));
    this.#last = changed;
    return { id: deployment.id, changed, finished: changed.then(() => this.#result(deployment, true)) };
  }

  public startValidated(caller: Caller, validationId: string): DeployTicket {
    const validation = this.#find(validationId);
    if (!validation.options.checkOnly || validation.status !== validatedSuccessfully) {
      throw new SalesforceError('INVALID_ID_FIELD', `Validation ${validationId} has not succeeded`);
    }
    return this.start(caller, validation.zip, { ...validation.options, checkOnly: false });
  }

  public status(id: string, includeDetails: boolean): DeployResult {
    return this.#result(this.#find(id), includeDetails);
  }

  public options(id: string): DeployOptions {
    return this.#find(id).options;
  }

  /** What has not begun is cancelled at once; one that is being read in stops before it changes anything. */
  public cancel(caller: Caller, id: string): boolean {
    const deployment = this.#find(id);
    if (ended.has(deployment.status)) {
      throw new SalesforceError('INVALID_ID_FIELD', 'Deployment already completed');
    }
    deployment.canceledBy = caller.userId;
    if (deployment.status !== 'Pending') {
      deployment.status = 'Canceling';
      return false;
    }
    deployment.status = 'Canceled';
    deployment.completedDate = isoDate(this.#org.clock);
    updateDeployRequest(this.#org, this.#result(deployment, false));
    return true;
  }

  #find(id: string): DeploymentRecord {
    const found = this.#deployments.get(normalizeId(id) ?? id);
    if (found === undefined) {
      throw new SalesforceError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { httpStatus: 404 });
    }
    return found;
  }

  /** Resolves with the number of components changed for good; an error inside is the deployment's failure. */
  async #process(deployment: DeploymentRecord): Promise<number> {
    if (deployment.status === 'Canceled') return 0;
    deployment.status = 'InProgress';
    deployment.startDate = isoDate(this.#org.clock);
    updateDeployRequest(this.#org, this.#result(deployment, false));
    const changed = await this.#deploy(deployment);
    deployment.completedDate = isoDate(this.#org.clock);
    updateDeployRequest(this.#org, this.#result(deployment, false));
    return changed;
  }

  async #deploy(deployment: DeploymentRecord): Promise<number> {
    const package_ = await readZip(deployment);
    if (this.#isCancelling(deployment)) {
      deployment.status = 'Canceled';
      return 0;
    }
    if (package_ === undefined) {
      deployment.status = 'Failed';
      deployment.errorMessage = 'INVALID_FIELD: Not a valid zip file';
      return 0;
    }
    deployment.files = package_.files.size;
    try {
      const { messages, changed } = this.#run(package_, deployment.caller, deployment.options);
      deployment.messages = messages;
      deployment.status = statusOf(messages, deployment.options);
      return changed;
    } catch (error) {
      deployment.status = 'Failed';
      deployment.errorMessage = `UNKNOWN_EXCEPTION: ${error instanceof Error ? error.message : String(error)}`;
      return 0;
    }
  }

  #isCancelling(deployment: DeploymentRecord): boolean {
    return deployment.status === 'Canceling';
  }

  #result(deployment: DeploymentRecord, includeDetails: boolean): DeployResult {
    const { options, messages, status } = deployment;
    const counted = messages.filter((message) => message.componentType !== '' || !message.success);
    const failures = messages.filter((message) => !message.success);
    const successes = messages.filter((message) => message.success);
    const nameOf = (userId: string) => String(this.#org.store.find('User', userId)?.['Name'] ?? '');
    const [errorStatusCode] = deployment.errorMessage?.split(':') ?? [];
    return {
      id: deployment.id,
      status,
      done: ended.has(status),
      success: status === 'Succeeded' || status === 'SucceededPartial',
      checkOnly: options.checkOnly,
      ignoreWarnings: options.ignoreWarnings,
      rollbackOnError: options.rollbackOnError,
      runTestsEnabled: false,
      createdBy: deployment.caller.userId,
      createdByName: nameOf(deployment.caller.userId),
      createdDate: deployment.createdDate,
      ...(deployment.startDate === undefined ? {} : { startDate: deployment.startDate }),
      lastModifiedDate: deployment.completedDate ?? deployment.startDate ?? deployment.createdDate,
      ...(deployment.completedDate === undefined ? {} : { completedDate: deployment.completedDate }),
      ...(deployment.canceledBy === undefined
        ? {}
        : { canceledBy: deployment.canceledBy, canceledByName: nameOf(deployment.canceledBy) }),
      ...(deployment.errorMessage === undefined || errorStatusCode === undefined
        ? {}
        : { errorMessage: deployment.errorMessage, errorStatusCode }),
      numberComponentErrors: counted.filter((message) => !message.success).length,
      numberComponentsDeployed: counted.filter((message) => message.success).length,
      numberComponentsTotal: counted.length,
      numberFiles: deployment.files,
      numberTestErrors: 0,
      numberTestsCompleted: 0,
      numberTestsTotal: 0,
      zipSize: deployment.zip.byteLength,
      details: {
        componentFailures: includeDetails ? failures : [],
        componentSuccesses: includeDetails ? successes : [],
        runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
      },
    };
  }
}

async function readZip(deployment: DeploymentRecord): Promise<PackageFiles | undefined> {
  try {
    return await readPackageFiles(deployment.zip, deployment.options.singlePackage);
  } catch {
    return undefined;
  }
}

function statusOf(messages: readonly DeployMessage[], options: DeployOptions): DeployStatus {
  const failed = messages.some((message) => !message.success);
  if (!failed) return 'Succeeded';
  const someDeployed = messages.some((message) => message.success && message.componentType !== '');
  return !options.rollbackOnError && !options.checkOnly && someDeployed ? 'SucceededPartial' : 'Failed';
}
