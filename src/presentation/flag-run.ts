import type { Connection } from '@salesforce/core';
import { createOrgPort } from '../org/adapter/connection-port.js';
import type { RequestCounter } from '../org/adapter/request-counter.js';
import { cliExitCodes, exitCodes } from '../planning/exit-codes.js';
import type { FlagProgress } from '../records/flag-records.js';
import type { FlagRequest } from '../records/flag-request.js';
import type { Preview } from '../records/preview.js';
import { runFlagRecords, sizeText, type FlagRecordsResult } from '../records/run.js';
import { recordTexts as texts } from '../records/texts.js';
import { showFindings } from './findings.js';
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

const minutesToThinkMs = 10 * 60_000;

export async function flagAndPresent(terminal: Terminal, run: FlagRun): Promise<FlagRecordsResult> {
  const view = progressView(terminal);
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort();
    const jobId = view.jobId();
    const text =
      jobId === null ? texts.getMessage('interrupted.nothing') : texts.getMessage('interrupted.job', [jobId, jobId]);
    process.stderr.write(`\n${text}\n`);
    process.exit(cliExitCodes.interrupted.code);
  };
  process.prependListener('SIGINT', interrupt);
  try {
    const { result, exitCode } = await runFlagRecords(createOrgPort(run.connection, run.counter), run.request, {
      integration: run.integration,
      dryRun: run.dryRun,
      confirm: run.noPrompt ? null : (preview) => ask(terminal, preview),
      jobId: run.jobId,
      failedRecordsPath: run.failedRecordsPath,
      waitMs: run.waitMs,
      signal: controller.signal,
      progress: view.note,
      showPreview: (preview) => showPreview(terminal, run.request, preview),
    });
    view.end();
    present(terminal, result, exitCode);
    return result;
  } finally {
    view.end();
    process.removeListener('SIGINT', interrupt);
  }
}

/** Where nobody can answer, no answer is no. */
async function ask(terminal: Terminal, preview: Preview): Promise<boolean> {
  if (!hasPerson(terminal)) throw texts.createError('error.ConfirmationRequired', [sizeText(preview)]);
  return terminal.confirm({ message: texts.getMessage('confirm'), ms: minutesToThinkMs });
}

function showPreview(terminal: Terminal, { sobject }: FlagRequest, preview: Preview): void {
  const shown = (count: number | null): string => (count === null ? texts.getMessage('notCounted') : String(count));
  const { toFlag, toUnflag, alreadySo, samples } = preview;
  terminal.log(texts.getMessage('preview', [sobject, shown(toFlag), shown(toUnflag), shown(alreadySo)]));
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

type ProgressView = {
  readonly note: (event: FlagProgress) => void;
  readonly end: () => void;
  readonly jobId: () => string | null;
};

const linesEveryMs = 10_000;
const updateEveryMs = 200;

/** One line that is written over on a terminal, a line now and then elsewhere, nothing for a program. */
function progressView(terminal: Terminal): ProgressView {
  const silent = terminal.jsonEnabled();
  const overwrite = process.stderr.isTTY;
  const started = Date.now();
  let jobId: string | null = null;
  let last = 0;
  let open = false;
  const show = (text: string): void => {
    if (silent) return;
    if (overwrite) process.stderr.write(`\r\u001B[2K${text}`);
    else terminal.logToStderr(text);
    open = overwrite;
  };
  return {
    note: (event) => {
      if (event.kind === 'job') jobId = event.id;
      const now = Date.now();
      const pause = overwrite ? updateEveryMs : linesEveryMs;
      if (event.kind === 'rows' && now - last < pause && event.done !== event.total) return;
      if (event.kind === 'rows') last = now;
      show(progressText(event, now - started));
    },
    end: () => {
      if (open) process.stderr.write('\n');
      open = false;
    },
    jobId: () => jobId,
  };
}

function progressText(event: FlagProgress, elapsedMs: number): string {
  if (event.kind === 'job') return texts.getMessage('progress.job', [event.id]);
  if (event.kind === 'retry') return texts.getMessage('progress.retry', [event.locked]);
  const perSecond = Math.round((event.done * 1000) / Math.max(elapsedMs, 1));
  if (event.total === null) return texts.getMessage('progress.rows', [event.done, perSecond]);
  const left = perSecond === 0 ? '…' : String(Math.ceil((event.total - event.done) / perSecond));
  return texts.getMessage('progress.rowsOf', [event.done, event.total, perSecond, left]);
}
