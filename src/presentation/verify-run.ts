import { writeFile } from 'node:fs/promises';
import type { Connection } from '@salesforce/core';
import { Messages } from '@salesforce/core/messages';
import type { Definition } from '../definition/definition.js';
import { concealAll, type Conceal } from '../definition/concealment.js';
import { runVerification } from '../engine/verify.js';
import { createOrgPort } from '../org/adapter/connection-port.js';
import type { RequestCounter } from '../org/adapter/request-counter.js';
import { exitCodes } from '../planning/exit-codes.js';
import type { VerificationResult } from '../planning/verification.js';
import { interruptible } from './interruption.js';
import { presentable } from './presentable-error.js';
import { showProgress } from './progress.js';
import { report, type ResultFormat } from './reports/index.js';
import { summaryLine } from './reports/human.js';
import type { Terminal } from './terminal.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.verify');

export type VerifyRun = {
  readonly definition: Definition;
  readonly conceal: Conceal;
  readonly connection: Connection;
  readonly asUser: Connection | null;
  readonly counter: RequestCounter;
  readonly format: ResultFormat;
  readonly outputFile: string | null;
};

/** Looks, shows or writes the report, and sets the exit code: 3 unless every check passes. */
export async function verifyAndPresent(terminal: Terminal, run: VerifyRun): Promise<VerificationResult> {
  const port = createOrgPort(run.connection, run.counter);
  const asUser = run.asUser === null ? null : createOrgPort(run.asUser, run.counter);
  try {
    const { result: found, exitCode } = await interruptible(showProgress(terminal), (signal) =>
      runVerification(run.definition, { port, asUser, signal }),
    );
    const result = concealAll(found, run.conceal);
    await deliver(terminal, result, run);
    if (exitCode !== exitCodes.done.code) process.exitCode = exitCode;
    return result;
  } catch (error) {
    throw presentable(error, run.conceal);
  }
}

async function deliver(terminal: Terminal, result: VerificationResult, run: VerifyRun): Promise<void> {
  if (run.outputFile === null) {
    terminal.log(report(result, run.format));
    return;
  }
  try {
    await writeFile(run.outputFile, `${report(result, run.format)}\n`, 'utf8');
  } catch (error) {
    throw messages.createError('error.ReportNotWritten', [
      run.outputFile,
      error instanceof Error ? error.message : String(error),
    ]);
  }
  terminal.log(summaryLine(result));
  terminal.log(messages.getMessage('wrote', [run.outputFile]));
}
