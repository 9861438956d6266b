import type { FlagProgress } from '../records/progress.js';
import { recordTexts as texts } from '../records/texts.js';
import type { Terminal } from './terminal.js';

export type FlagProgressView = {
  readonly note: (event: FlagProgress) => void;
  readonly end: () => void;
  /** Jobs that the org works on. */
  readonly startedJobs: () => readonly string[];
  /** The job whose upload is going on. */
  readonly openJob: () => string | null;
};

const linesEveryMs = 10_000;
const updateEveryMs = 200;

/** One line that is written over on a terminal, a line now and then elsewhere, nothing for a program. */
export function flagProgress(terminal: Terminal): FlagProgressView {
  const line = statusLine(terminal);
  const jobs = new JobLedger();
  const rate = new Rate();
  const pause = process.stderr.isTTY ? updateEveryMs : linesEveryMs;
  let last = 0;
  return {
    note: (event) => {
      jobs.note(event);
      if (event.kind === 'jobEnded') return;
      if (event.kind !== 'rows') {
        line.show(eventText(event));
        return;
      }
      const now = Date.now();
      const perSecond = rate.after(event.done, now);
      if (now - last < pause && event.done !== event.total) return;
      last = now;
      line.show(rowsText(event.done, event.total, perSecond));
    },
    end: line.end,
    startedJobs: () => [...jobs.started],
    openJob: () => jobs.open,
  };
}

function statusLine(terminal: Terminal): { readonly show: (text: string) => void; readonly end: () => void } {
  const overwrite = process.stderr.isTTY;
  let isOpen = false;
  return {
    show: (text) => {
      if (terminal.jsonEnabled()) return;
      if (overwrite) process.stderr.write(`\r\u001B[2K${text}`);
      else terminal.logToStderr(text);
      isOpen = overwrite;
    },
    end: () => {
      if (isOpen) process.stderr.write('\n');
      isOpen = false;
    },
  };
}

class JobLedger {
  public readonly started = new Set<string>();
  public open: string | null = null;

  public note(event: FlagProgress): void {
    if (event.kind === 'uploading') this.open = event.jobId;
    if (event.kind === 'jobStarted') this.started.add(event.jobId);
    if (event.kind === 'jobEnded') this.started.delete(event.jobId);
    if ((event.kind === 'jobStarted' || event.kind === 'jobEnded') && this.open === event.jobId) this.open = null;
  }
}

/** Rows a second since the first rows were reported; what came before them, an upload, says nothing about it. */
class Rate {
  #begun: { readonly at: number; readonly done: number } | null = null;

  public after(done: number, now: number): number {
    if (this.#begun === null || done < this.#begun.done) this.#begun = { at: now, done };
    return Math.round(((done - this.#begun.done) * 1000) / Math.max(now - this.#begun.at, 1));
  }
}

function eventText(event: Exclude<FlagProgress, { readonly kind: 'rows' | 'jobEnded' }>): string {
  if (event.kind === 'uploading') return texts.getMessage('progress.uploading', [event.jobId]);
  if (event.kind === 'jobStarted') return texts.getMessage('progress.job', [event.jobId]);
  return texts.getMessage('progress.retry', [event.rows]);
}

function rowsText(done: number, total: number | null, perSecond: number): string {
  if (total === null) return texts.getMessage('progress.rows', [done, perSecond]);
  const left = perSecond === 0 ? '…' : String(Math.ceil((total - done) / perSecond));
  return texts.getMessage('progress.rowsOf', [done, total, perSecond, left]);
}
