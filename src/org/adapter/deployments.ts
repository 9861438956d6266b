import type { Connection } from '@salesforce/core';
import type { DeployMessage, MetadataApiDeploy, MetadataApiDeployStatus } from '@salesforce/source-deploy-retrieve';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { renderPackage } from '../../metadata/package.js';
import type { ComponentFailure, Deployment, DeployReport } from '../port.js';
import { toOrgError } from '../failure.js';
import { asRequestFailure, garbage, repeatRead, RequestFailure, type Transport } from './transport.js';

export type DeployOptions = { readonly waitMs: number; readonly signal: AbortSignal };

/** One deployment through source-deploy-retrieve, polled until Salesforce is done or the wait is over. */
export async function deploy(
  transport: Transport,
  deployment: Deployment,
  options: DeployOptions,
): Promise<DeployReport> {
  const { connection } = transport;
  return inPackageFolder(deployment, connection.getApiVersion(), async (mdapiPath) => {
    const { MetadataApiDeploy } = await import('@salesforce/source-deploy-retrieve');
    const job = new MetadataApiDeploy({
      usernameOrConnection: connection,
      apiVersion: connection.getApiVersion(),
      mdapiPath,
      // testLevel stays unset: production runs tests only where the package holds Apex, and ours never does.
      apiOptions: { rollbackOnError: true, singlePackage: true, checkOnly: deployment.checkOnly, rest: false },
    });
    await throwingNamed(async () => {
      const { id } = await job.start();
      if (id === '') throw new RequestFailure(garbage('a deployment without an Id'));
    });
    return pollUntilDone(job, connection, options);
  });
}

async function inPackageFolder<T>(
  deployment: Deployment,
  apiVersion: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sf-integration-user-'));
  try {
    for (const file of renderPackage(deployment, apiVersion)) {
      const path = join(folder, file.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, file.content);
    }
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function pollUntilDone(
  job: MetadataApiDeploy,
  connection: Connection,
  { waitMs, signal }: DeployOptions,
): Promise<DeployReport> {
  const deadline = Date.now() + waitMs;
  for (let poll = 0; ; poll += 1) {
    const status = await throwingNamed(async () => repeatRead(async () => asRequestFailure(() => job.checkStatus())));
    if (status.done) return report(status);
    const pause = Math.min(pauseMs(poll, connection.instanceUrl), deadline - Date.now());
    if (pause <= 0 || signal.aborted) return { ...report(status), status: 'inProgress' };
    await wait(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** Quick at first, then at the pace of the official CLI: every poll is an API call of a real org. */
function pauseMs(poll: number, instanceUrl: string): number {
  const isLocal = /^https?:\/\/(127\.0\.0\.1|localhost)[:/]/.test(instanceUrl);
  const paces = isLocal ? [20, 20, 50, 100] : [500, 1_000, 1_000, 2_000];
  return paces[Math.min(poll, paces.length - 1)] ?? 2_000;
}

async function throwingNamed<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await asRequestFailure(call);
  } catch (error) {
    throw error instanceof RequestFailure ? toOrgError(error.failure) : error;
  }
}

const finalStatuses: Readonly<Record<string, DeployReport['status']>> = {
  Succeeded: 'succeeded',
  SucceededPartial: 'failed',
  Failed: 'failed',
  Canceled: 'canceled',
  Canceling: 'canceled',
};

/** Details are absent as long as nothing is known, whatever the library's type says. */
type Status = Omit<MetadataApiDeployStatus, 'details'> & { readonly details?: MetadataApiDeployStatus['details'] };

function report(status: Status): DeployReport {
  const successes = asList(status.details?.componentSuccesses);
  return {
    id: status.id,
    status: finalStatuses[status.status] ?? 'inProgress',
    changed: successes
      .filter((message) => isTrue(message.changed) && message.fullName !== 'package.xml')
      .map((message) => ({
        type: message.componentType ?? '',
        fullName: message.fullName,
        created: isTrue(message.created),
        id: typeof message.id === 'string' && message.id !== '' ? message.id : null,
      })),
    failures: asList(status.details?.componentFailures).map(componentFailure),
    errorMessage: status.errorMessage ?? null,
  };
}

function componentFailure(message: DeployMessage): ComponentFailure {
  return {
    type: message.componentType ?? '',
    fullName: message.fullName,
    problem: message.problem ?? '',
    line: numberOrNull(message.lineNumber),
    column: numberOrNull(message.columnNumber),
  };
}

/** A list of one comes as the thing itself. */
function asList<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function numberOrNull(value: unknown): number | null {
  const number = Number(value);
  return value === undefined || Number.isNaN(number) ? null : number;
}
