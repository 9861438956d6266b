import { setTimeout as wait } from 'node:timers/promises';
import type { OrgPort } from '../org/port.js';
import { cliExitCodes } from '../planning/exit-codes.js';
import { plainLine } from './plain-text.js';
import type { Progress } from './progress.js';
import { presentationTexts as texts } from './texts.js';

/** What becomes of work that is stopped. */
export type Goodbye = {
  readonly port: Pick<OrgPort, 'bulk'>;
  /** The bulk job whose upload is cut off. */
  readonly openJob: () => string | null;
  /** Takes what moves off the terminal, and says how to go on. */
  readonly farewell: () => string;
};

/** Ctrl-C, and what ends the steps of pipelines and closed terminals. */
const endings: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const longestGoodbyeMs = 3_000;

/** Ctrl-C says what is done, which jobs go on in the org, and how to go on. */
export function interruptible<T>(
  port: OrgPort,
  progress: Progress,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const farewell = (): string => {
    progress.end(false);
    return interruptionText(progress);
  };
  return untilInterrupted(work, { port, openJob: () => progress.jobs.open, farewell });
}

/** Who only looks has nothing to go on with. */
export function interruptibleLook<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return untilInterrupted(work, { openJob: () => null, farewell: () => texts.getMessage('interrupted.look') });
}

/**
 * Meanwhile the CLI's own listeners are away: they would end the process, with a stack trace, before an open job is given up.
 * What the work comes to once it is stopped is nobody's concern, and must not end the process first.
 */
export async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  { port, openJob, farewell }: Omit<Goodbye, 'port'> & Partial<Goodbye>,
): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    const exit = (): never => process.exit(cliExitCodes.interrupted.code);
    if (controller.signal.aborted) exit();
    const open = openJob();
    controller.abort();
    process.stderr.write(`${farewell()}\n`);
    if (port === undefined || open === null) exit();
    else giveUp(port, open).then(exit, exit);
  };
  const restore = endings.map((ending) => takeOver(ending, interrupt));
  try {
    return await work(controller.signal);
  } finally {
    if (controller.signal.aborted) await new Promise(() => undefined);
    restore.forEach((giveBack) => giveBack());
  }
}

/**
 * The only listener of a signal until what it returns is called. One of them is there all the time: a signal that comes while there
 * is none is lost.
 */
function takeOver(signal: NodeJS.Signals, listener: () => void): () => void {
  const others = process.rawListeners(signal) as NodeJS.SignalsListener[];
  process.on(signal, listener);
  for (const other of others) process.removeListener(signal, other);
  return () => {
    for (const other of others) process.on(signal, other);
    process.removeListener(signal, listener);
  };
}

/** A job whose upload is cut off would stay open for days. Nobody who pressed Ctrl-C waits long for that. */
async function giveUp(port: Pick<OrgPort, 'bulk'>, openJob: string): Promise<void> {
  const abort = port.bulk.abort(openJob).catch(() => undefined);
  await Promise.race([abort, wait(longestGoodbyeMs)]);
}

function interruptionText(progress: Progress): string {
  const done = progress.reports().filter((report) => report.state === 'done');
  const lines = done.map(({ change }) => `- ${change.type} ${plainLine(change.name)}`);
  const text =
    lines.length === 0 ? texts.getMessage('interrupted.nothing') : texts.getMessage('interrupted', [lines.join('\n')]);
  const { started } = progress.jobs;
  return started.length === 0 ? text : `${text}\n${texts.getMessage('interrupted.jobs', [started.join(', ')])}`;
}
