import { cliExitCodes } from '../planning/exit-codes.js';
import { plainLine } from './plain-text.js';
import type { Progress } from './progress.js';
import { presentationTexts as texts } from './texts.js';

/** Ctrl-C says what is done and how to go on. */
export function interruptible<T>(progress: Progress, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return untilInterrupted(run, () => {
    progress.end(false);
    return interruptionText(progress);
  });
}

/** Who only looks has nothing to go on with. */
export function interruptibleLook<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  return untilInterrupted(run, () => texts.getMessage('interrupted.look'));
}

/** The listener goes first: the CLI's own prints a stack trace and exits with 1. */
async function untilInterrupted<T>(run: (signal: AbortSignal) => Promise<T>, farewell: () => string): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    controller.abort();
    process.stderr.write(`${farewell()}\n`);
    process.exit(cliExitCodes.interrupted.code);
  };
  process.prependListener('SIGINT', interrupt);
  try {
    return await run(controller.signal);
  } finally {
    process.removeListener('SIGINT', interrupt);
  }
}

function interruptionText(progress: Progress): string {
  const done = progress.reports().filter((report) => report.state === 'done');
  const lines = done.map(({ change }) => `- ${change.type} ${plainLine(change.name)}`);
  return lines.length === 0
    ? texts.getMessage('interrupted.nothing')
    : texts.getMessage('interrupted', [lines.join('\n')]);
}
