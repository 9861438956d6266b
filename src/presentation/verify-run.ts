import type { Connection } from '@salesforce/core';
import type { Definition } from '../definition/definition.js';
import { concealAll, type Conceal } from '../definition/concealment.js';
import { runVerification } from '../engine/verify.js';
import { createOrgPort } from '../org/adapter/connection-port.js';
import type { RequestCounter } from '../org/adapter/request-counter.js';
import { exitCodes } from '../planning/exit-codes.js';
import type { VerificationResult } from '../planning/verification.js';
import { interruptibleLook } from './interruption.js';
import { presentable } from './presentable-error.js';
import { checkDelivery, deliver, type Delivery } from './report-delivery.js';
import type { Circumstances } from './reports/circumstances.js';
import { sayLooking, type Terminal } from './terminal.js';

export type VerifyRun = Delivery & {
  readonly definition: Definition;
  readonly definitionFile: string | null;
  readonly conceal: Conceal;
  readonly connection: Connection;
  readonly asUser: Connection | null;
  readonly counter: RequestCounter;
  /** Of the plugin. */
  readonly version: string;
};

/** Looks, shows or writes the report, and sets the exit code: 3 unless every check passes. */
export async function verifyAndPresent(terminal: Terminal, run: VerifyRun): Promise<VerificationResult> {
  await checkDelivery(terminal, run);
  const port = createOrgPort(run.connection, run.counter);
  const asUser = run.asUser === null ? null : createOrgPort(run.asUser, run.counter);
  sayLooking(terminal);
  try {
    const { result: found, exitCode } = await interruptibleLook((signal) =>
      runVerification(run.definition, { port, asUser, signal }),
    );
    const result = concealAll(found, run.conceal);
    const { format, outputFile } = run;
    await deliver(terminal, result, { format, outputFile, circumstances: circumstancesOf(run) });
    if (exitCode !== exitCodes.done.code) process.exitCode = exitCode;
    return result;
  } catch (error) {
    throw presentable(error, run.conceal);
  }
}

function circumstancesOf({ connection, definitionFile, version }: VerifyRun): Circumstances {
  return {
    takenAt: new Date().toISOString(),
    orgId: connection.getAuthInfoFields().orgId ?? '',
    instanceUrl: connection.instanceUrl,
    runner: connection.getUsername() ?? '',
    definitionFile,
    version,
  };
}
