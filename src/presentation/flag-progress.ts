import { Progress } from '@salesforce/sf-plugins-core';
import type { FlagProgress } from '../records/progress.js';
import { JobLedger } from './job-ledger.js';
import { logLine, progressLine } from './progress-line.js';
import { RowProgress, type Shown } from './row-progress.js';
import type { Terminal } from './terminal.js';

export type FlagProgressView = {
  readonly note: (event: FlagProgress) => void;
  /** So many rows are to be written, where that is known. */
  readonly expect: (total: number | null) => void;
  /** Takes what moves off the terminal; it comes back with the next event. */
  readonly clear: () => void;
  /** Nothing is shown from now on. */
  readonly end: () => void;
  readonly jobs: JobLedger;
};

type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'columns'>;
type View = { readonly show: (shown: Shown) => void; readonly clear: () => void };

/** A bar on a terminal, a line now and then elsewhere, nothing for a program. */
export function flagProgress(terminal: Terminal, output: Output = process.stderr): FlagProgressView {
  const jobs = new JobLedger();
  const rows = new RowProgress();
  const view = terminal.jsonEnabled() ? silent : moves(output) ? bar(output) : lines(terminal);
  let isOver = false;
  return {
    note: (event) => {
      jobs.note(event);
      const shown = rows.after(event, Date.now());
      if (shown !== null && !isOver) view.show(shown);
    },
    expect: (total) => {
      rows.expect(total);
    },
    clear: view.clear,
    end: () => {
      isOver = true;
      view.clear();
    },
    jobs,
  };
}

const silent: View = { show: () => undefined, clear: () => undefined };

/** The log of a pipeline keeps everything that is drawn. */
function moves({ isTTY }: Output): boolean {
  const { CI: ci = '', TERM: term } = process.env;
  return isTTY && term !== 'dumb' && (ci === '' || ci === 'false');
}

const usualColumns = 80;

function bar(output: Output): View {
  let line = '';
  let drawn: Progress | null = null;
  // The whole line takes the place of a value: what the library puts around its own bar is as wide as it is.
  const options = {
    title: '',
    format: '%s{value}',
    formatValue: () => line,
    clearOnComplete: true,
    stream: output,
  };
  return {
    show: (shown) => {
      // Some terminals wrap what fills the last column.
      line = progressLine(shown, (output.columns || usualColumns) - 1);
      drawn ??= new Progress(true);
      // Starts once; from then on what changed is drawn a few times a second.
      drawn.start(1, {}, options);
      drawn.update(0);
    },
    clear: () => {
      drawn?.stop();
      drawn = null;
    },
  };
}

function lines(terminal: Terminal): View {
  const pace = new LogPace();
  return {
    show: (shown) => {
      if (pace.isTime(shown, Date.now())) terminal.logToStderr(logLine(shown));
    },
    clear: () => undefined,
  };
}

const linesEveryMs = 10_000;

/** What is new is told at once, numbers that grow now and then, and the last of them. */
export class LogPace {
  #lastKind: string | null = null;
  #lastAt = 0;

  public isTime(shown: Shown, now: number): boolean {
    const kind = shown.kind === 'phase' ? shown.phase : shown.kind === 'rows' ? 'rows' : null;
    const isNew = kind === null || kind !== this.#lastKind;
    const isLast = shown.kind === 'rows' && shown.done === shown.total;
    if (!isNew && !isLast && now - this.#lastAt < linesEveryMs) return false;
    this.#lastKind = kind;
    this.#lastAt = now;
    return true;
  }
}
