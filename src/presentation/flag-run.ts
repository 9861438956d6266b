import type { Connection } from '@salesforce/core';
import { createOrgPort } from '../org/adapter/connection-port.js';
import type { RequestCounter } from '../org/adapter/request-counter.js';
import { exitCodes } from '../planning/exit-codes.js';
import type { FlagRequest } from '../records/flag-request.js';
import { unticksAll, type Preview } from '../records/preview.js';
import type { FlagPhase, FlagProgress } from '../records/progress.js';
import { runFlagRecords, type FlagRecordsResult, type FlagRunOutcome } from '../records/run.js';
import { recordTexts as texts } from '../records/texts.js';
import { showFindings } from './findings.js';
import { flagProgress, type FlagProgressView } from './flag-progress.js';
import { untilInterrupted } from './interruption.js';
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
/** What comes before the first record is written. */
const looking: readonly FlagPhase[] = ['counting', 'lookingUpKeys', 'readingIds'];

export async function flagAndPresent(terminal: Terminal, run: FlagRun): Promise<FlagRecordsResult> {
  const { request } = run;
  const view = flagProgress(terminal);
  const port = createOrgPort(run.connection, run.counter);
  let mayHaveWritten = false;
  let toWrite: number | null = null;
  const note = (event: FlagProgress): void => {
    mayHaveWritten ||= event.kind !== 'phase' || !looking.includes(event.phase);
    view.note(event);
  };
  const farewell = (): string => {
    view.end();
    return mayHaveWritten ? interruptionText(view) : texts.getMessage('interrupted.before');
  };
  const reading = (): void => {
    if (!run.dryRun) note({ kind: 'phase', phase: 'readingIds', done: null });
  };
  const work = (signal: AbortSignal): Promise<FlagRunOutcome> => {
    const phase = request.selection.kind === 'condition' ? 'counting' : 'lookingUpKeys';
    note({ kind: 'phase', phase, done: null });
    return runFlagRecords(port, request, {
      integration: run.integration,
      dryRun: run.dryRun,
      confirm: run.noPrompt
        ? null
        : async () => {
            view.clear();
            const answer = await ask(terminal, request, toWrite);
            if (answer) reading();
            return answer;
          },
      jobId: run.jobId,
      failedRecordsPath: run.failedRecordsPath,
      waitMs: run.waitMs,
      signal,
      progress: note,
      showPreview: (preview) => {
        view.clear();
        showPreview(terminal, request, preview);
        toWrite = rowsToWrite(preview);
        view.expect(toWrite);
        if (toWrite !== 0) reading();
      },
    }).finally(view.end);
  };
  const { result, exitCode } = await untilInterrupted(work, { port, openJob: () => view.jobs.open, farewell });
  present(terminal, result, exitCode);
  return result;
}

/** Somebody may type keys for as long as it takes, and stop; what follows takes signals over by itself. */
export function untilKeysAreRead<T>(work: () => Promise<T>): Promise<T> {
  const farewell = (): string => texts.getMessage('interrupted.before');
  return untilInterrupted(work, { openJob: () => null, farewell });
}

function interruptionText({ jobs: { started } }: FlagProgressView): string {
  return started.length === 0
    ? texts.getMessage('interrupted.nothing')
    : texts.getMessage('interrupted.jobs', [started.join(', ')]);
}

function rowsToWrite({ toFlag, toUnflag }: Preview): number | null {
  return toFlag === null || toUnflag === null ? null : toFlag + toUnflag;
}

/** Where nobody can answer, no answer is no. At a question Ctrl-C is a key, not a signal. */
async function ask(terminal: Terminal, { sobject }: FlagRequest, toWrite: number | null): Promise<boolean> {
  if (!hasPerson(terminal)) return false;
  try {
    const message = texts.getMessage('confirm', [toWrite ?? texts.getMessage('notCounted'), sobject]);
    return await terminal.confirm({ message, ms: minutesToThinkMs });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ExitPromptError') throw error;
    process.emit('SIGINT');
    return new Promise(() => undefined);
  }
}

function showPreview(terminal: Terminal, request: FlagRequest, preview: Preview): void {
  const shown = (count: number | null): string => (count === null ? texts.getMessage('notCounted') : String(count));
  const { toFlag, toUnflag, alreadySo, unknownKeys, samples } = preview;
  terminal.log(texts.getMessage('preview', [request.sobject, shown(toFlag), shown(toUnflag), shown(alreadySo)]));
  if (unknownKeys.count > 0) {
    const first = unknownKeys.first.map(plainLine).join(', ');
    terminal.log(texts.getMessage('preview.unknownKeys', [String(unknownKeys.count), first]));
  }
  if (unticksAll(request, preview)) {
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
  if (exitCode === exitCodes.done.code) return;
  const hasNothingWritten = exitCode === exitCodes.partlyDone.code && result.records.written === 0;
  const meaning = hasNothingWritten
    ? texts.getMessage('nothingWritten')
    : Object.values(exitCodes).find(({ code }) => code === exitCode)?.meaning;
  if (meaning !== undefined) terminal.log(meaning);
  process.exitCode = exitCode;
}
