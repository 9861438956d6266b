import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { Messages } from '@salesforce/core/messages';
import type { VerificationResult } from '../planning/verification.js';
import type { Circumstances } from './reports/circumstances.js';
import { summaryLine } from './reports/human.js';
import { report, type ResultFormat } from './reports/index.js';
import { readableColumns, type Terminal } from './terminal.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-integration-user', 'integration-user.verify');

/** Where a report goes: a null file is the terminal. */
export type Delivery = { readonly format: ResultFormat; readonly outputFile: string | null };

/** To count records can take minutes: what can't be delivered is refused before. */
export async function checkDelivery(terminal: Terminal, { format, outputFile }: Delivery): Promise<void> {
  if (outputFile !== null) {
    const reason = await reasonNotToWrite(outputFile);
    if (reason !== null) throw notWritten(outputFile, reason);
  } else if (format === 'html' && process.stdout.isTTY && !terminal.jsonEnabled()) {
    throw messages.createError('error.PageOnTerminal');
  }
}

export async function deliver(
  terminal: Terminal,
  result: VerificationResult,
  { format, outputFile, circumstances }: Delivery & { readonly circumstances: Circumstances },
): Promise<void> {
  if (outputFile === null) {
    terminal.log(report(result, format, { circumstances, columns: readableColumns() }));
    return;
  }
  const columns = readableColumns({ isTTY: false, columns: 0 });
  try {
    await writeFile(outputFile, `${report(result, format, { circumstances, columns })}\n`, 'utf8');
  } catch (error) {
    throw notWritten(outputFile, reasonOf(error));
  }
  terminal.log(summaryLine(result));
  terminal.log(messages.getMessage('wrote', [outputFile]));
}

async function reasonNotToWrite(path: string): Promise<string | null> {
  if (path.trim() === '') return messages.getMessage('reason.noName');
  const folder = dirname(resolve(path));
  if (!(await isFolder(folder))) return messages.getMessage('reason.noFolder', [folder]);
  if (await isFolder(path)) return messages.getMessage('reason.isFolder');
  return access(folder, constants.W_OK).then(() => null, reasonOf);
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function notWritten(path: string, reason: string): Error {
  return messages.createError('error.ReportNotWritten', [path, reason]);
}
