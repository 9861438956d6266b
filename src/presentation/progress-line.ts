import { recordTexts as texts } from '../records/texts.js';
import type { Shown } from './row-progress.js';

type Rows = Extract<Shown, { readonly kind: 'rows' }>;

const complete = '█';
const incomplete = '░';
const shortestBar = 8;
const longestBar = 40;
const minute = 60;
const hour = 60 * minute;

/** One line of a terminal: a bar where it is known how much there is, with as much beside it as fits. */
export function progressLine(shown: Shown, columns: number): string {
  if (shown.kind === 'phase') return fitting(phaseText(shown), columns);
  if (shown.kind === 'sending') return fitting(texts.getMessage('progress.sending'), columns);
  if (shown.kind === 'waiting') return fitting(texts.getMessage('progress.waiting'), columns);
  if (shown.kind === 'retrying') return fitting(texts.getMessage('progress.retry', [grouped(shown.rows)]), columns);
  if (shown.total === null) return fitting(rowsText(shown, null), columns);
  return barLine(shown, shown.total, columns);
}

/** A line of a log. It names jobs: the log is all that is left of a run that was killed. */
export function logLine(shown: Shown): string {
  if (shown.kind === 'phase') return phaseText(shown);
  if (shown.kind === 'sending') return texts.getMessage('progress.uploading', [shown.jobId]);
  if (shown.kind === 'waiting') return texts.getMessage('progress.job', [shown.jobId]);
  if (shown.kind === 'retrying') return texts.getMessage('progress.retry', [grouped(shown.rows)]);
  return rowsText(shown, shown.total);
}

function phaseText({ phase, done }: Extract<Shown, { readonly kind: 'phase' }>): string {
  const text = texts.getMessage(`progress.${phase}`);
  return done === null ? text : texts.getMessage('progress.soFar', [text, grouped(done)]);
}

function rowsText({ done, perSecond }: Rows, total: number | null): string {
  if (total === null) {
    return perSecond === null
      ? texts.getMessage('progress.rows', [grouped(done)])
      : texts.getMessage('progress.rowsAndRate', [grouped(done), grouped(perSecond)]);
  }
  const counts = [grouped(done), grouped(total)];
  const left = secondsLeft(done, total, perSecond);
  return perSecond === null || left === null
    ? texts.getMessage('progress.rowsOf', counts)
    : texts.getMessage('progress.rowsOfAndRate', [...counts, grouped(perSecond), inWords(left)]);
}

function barLine(rows: Rows, total: number, columns: number): string {
  const [widest, ...shorter] = [rowsText(rows, total), shortText(rows, total), percentText(rows, total)];
  const text = [widest, ...shorter].find(({ length }) => length + 1 + shortestBar <= columns);
  if (text === undefined) return fitting(percentText(rows, total), columns);
  const size = Math.min(longestBar, columns - text.length - 1);
  const filled = Math.floor(size * share(rows.done, total));
  return `${complete.repeat(filled)}${incomplete.repeat(size - filled)} ${text}`;
}

function shortText({ done, perSecond }: Rows, total: number): string {
  const counts = [grouped(done), grouped(total)];
  const left = secondsLeft(done, total, perSecond);
  return perSecond === null || left === null
    ? texts.getMessage('progress.short', counts)
    : texts.getMessage('progress.shortAndRate', [...counts, grouped(perSecond), inWords(left)]);
}

function percentText({ done, perSecond }: Rows, total: number): string {
  const percent = Math.floor(100 * share(done, total));
  const left = secondsLeft(done, total, perSecond);
  return perSecond === null || left === null
    ? texts.getMessage('progress.percent', [percent])
    : texts.getMessage('progress.percentAndRate', [percent, perSecond, asClock(left)]);
}

function share(done: number, total: number): number {
  return total === 0 ? 1 : done / total;
}

/** Null where nothing is left, or nobody can tell. */
function secondsLeft(done: number, total: number, perSecond: number | null): number | null {
  return perSecond === null || done >= total ? null : Math.ceil((total - done) / perSecond);
}

function inWords(seconds: number): string {
  if (seconds < minute) return texts.getMessage('progress.seconds', [seconds]);
  if (seconds < hour) return texts.getMessage('progress.minutes', [Math.floor(seconds / minute), seconds % minute]);
  return texts.getMessage('progress.hours', [Math.floor(seconds / hour), Math.floor((seconds % hour) / minute)]);
}

function asClock(seconds: number): string {
  const parts = [Math.floor((seconds % hour) / minute), seconds % minute];
  const all = seconds < hour ? parts : [Math.floor(seconds / hour), ...parts];
  return all.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}

function grouped(count: number): string {
  return count.toLocaleString('en-US');
}

function fitting(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, columns - 1)}…`;
}
