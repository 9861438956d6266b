import type { Connection } from '@salesforce/core';
import { setTimeout as wait } from 'node:timers/promises';
import { createOrgPort } from '../org/adapter/connection-port.js';
import type { RequestCounter } from '../org/adapter/request-counter.js';
import type { OrgPort } from '../org/port.js';
import { cliExitCodes, exitCodes } from '../planning/exit-codes.js';
import type { FlagRequest } from '../records/flag-request.js';
import type { Preview } from '../records/preview.js';
import { runFlagRecords, type FlagRecordsResult } from '../records/run.js';
import { recordTexts as texts } from '../records/texts.js';
import { showFindings } from './findings.js';
import { flagProgress, type FlagProgressView } from './flag-progress.js';
import { showOutcomes, summaryLine } from './outcome-table.js';
import { plainLine } from './plain-text.js';
import { hasPerson, type Terminal } from './terminal.js';

export type FlagRun = {
  readonly request: FlagRequest;
  readonly integration: string;
  readonly connection: Connection;
  readonly counter: RequestCounter;
  readonly dryRun: boolean;
  readonly noPrompt: boolean;
  readonly jobId: string | null;
  readonly failedRecordsPath: string;
  readonly waitMs: number;
};

/** Ctrl-C, and what ends the steps of pipelines and closed terminals. */
const endings: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const minutesToThinkMs = 10 * 60_000;
const longestGoodbyeMs = 3_000;

export async function flagAndPresent(terminal: Terminal, run: FlagRun): Promise<FlagRecordsResult> {
  const view = flagProgress(terminal);
  const port = createOrgPort(run.connection, run.counter);
  const { result, exitCode } = await interruptible(port, view, (signal) =>
    runFlagRecords(port, run.request, {
      integration: run.integration,
      dryRun: run.dryRun,
      confirm: run.noPrompt ? null : () => ask(terminal),
      jobId: run.jobId,
      failedRecordsPath: run.failedRecordsPath,
      waitMs: run.waitMs,
      signal,
      progress: view.note,
      showPreview: (preview) => showPreview(terminal, run.request, preview),
    }),
  );
  present(terminal, result, exitCode);
  return result;
}

/**
 * Ctrl-C says which jobs go on in the org. Meanwhile the CLI's own listeners are away: they would end the process, with a stack
 * trace, before an open job is given up.
 */
async function interruptible<T>(
  port: OrgPort,
  view: FlagProgressView,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    const exit = (): never => process.exit(cliExitCodes.interrupted.code);
    if (controller.signal.aborted) exit();
    controller.abort();
    view.end();
    const jobs = view.startedJobs();
    const key = jobs.length === 0 ? 'interrupted.nothing' : 'interrupted.jobs';
    process.stderr.write(`${texts.getMessage(key, jobs.length === 0 ? [] : [jobs.join(', ')])}\n`);
    giveUp(port, view.openJob()).then(exit, exit);
  };
  const restore = endings.map((ending) => takeOver(ending, interrupt));
  try {
    return await work(controller.signal);
  } finally {
    view.end();
    restore.forEach((giveBack) => giveBack());
  }
}

/** The only listener of a signal until what it returns is called. */
function takeOver(signal: NodeJS.Signals, listener: () => void): () => void {
  const others = process.rawListeners(signal) as NodeJS.SignalsListener[];
  process.removeAllListeners(signal).on(signal, listener);
  return () => {
    process.removeListener(signal, listener);
    for (const other of others) process.on(signal, other);
  };
}

/** A job whose upload is cut off would stay open for days. Nobody who pressed Ctrl-C waits long for that. */
async function giveUp(port: OrgPort, openJob: string | null): Promise<void> {
  if (openJob === null) return;
  const abort = port.bulk.abort(openJob).catch(() => undefined);
  await Promise.race([abort, wait(longestGoodbyeMs)]);
}

/** Where nobody can answer, no answer is no. At a question Ctrl-C is a key, not a signal. */
async function ask(terminal: Terminal): Promise<boolean> {
  if (!hasPerson(terminal)) return false;
  try {
    return await terminal.confirm({ message: texts.getMessage('confirm'), ms: minutesToThinkMs });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
    process.emit('SIGINT');
    return new Promise(() => undefined);
  }
}

function showPreview(terminal: Terminal, { sobject, mode }: FlagRequest, preview: Preview): void {
  const shown = (count: number | null): string => (count === null ? texts.getMessage('notCounted') : String(count));
  const { toFlag, toUnflag, alreadySo, unknownKeys, samples } = preview;
  terminal.log(texts.getMessage('preview', [sobject, shown(toFlag), shown(toUnflag), shown(alreadySo)]));
  if (unknownKeys.count > 0) {
    const first = unknownKeys.first.map(plainLine).join(', ');
    terminal.log(texts.getMessage('preview.unknownKeys', [String(unknownKeys.count), first]));
  }
  if (mode === 'sync' && toFlag === 0 && alreadySo === 0 && toUnflag !== 0) {
    terminal.log(texts.getMessage('preview.nothingSelected', [shown(toUnflag)]));
  }
  if (samples.length > 0) terminal.log(texts.getMessage('preview.sample'));
  for (const { id, name, value } of samples) {
    terminal.log(`- ${texts.getMessage(value ? 'preview.flag' : 'preview.unflag')} ${id} ${plainLine(name)}`);
  }
}

function present(terminal: Terminal, result: FlagRecordsResult, exitCode: number): void {
  showOutcomes(terminal, result.changes);
  showFindings(terminal, result.findings);
  terminal.log(summaryLine(result.changes, result.apiRequests));
  const meaning = Object.values(exitCodes).find(({ code }) => code === exitCode)?.meaning;
  if (exitCode === exitCodes.done.code) return;
  if (meaning !== undefined) terminal.log(meaning);
  process.exitCode = exitCode;
}
