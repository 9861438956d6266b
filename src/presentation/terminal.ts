import type { SfCommand } from '@salesforce/sf-plugins-core';
import { presentationTexts as texts } from './texts.js';

/** What presentation uses of a command: where it writes, and whether a person or a program reads. */
export type Terminal = Pick<
  SfCommand<unknown>,
  'log' | 'logToStderr' | 'warn' | 'info' | 'table' | 'styledHeader' | 'confirm' | 'jsonEnabled'
>;

/** A person can be asked only on a terminal: elsewhere the prompt writes escapes and exits with 13. */
export function hasPerson(terminal: Terminal): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && !terminal.jsonEnabled();
}

/** Commands that only look have no stages; a person still sees that something goes on. */
export function sayLooking(terminal: Terminal): void {
  if (!terminal.jsonEnabled()) terminal.logToStderr(texts.getMessage('progress.looking'));
}

const narrowest = 40;
const usual = 80;
const widest = 120;

/** Tables take what a terminal has, within what can be read; files and logs get the usual width. */
export function readableColumns(
  { isTTY, columns }: Pick<NodeJS.WriteStream, 'isTTY' | 'columns'> = process.stdout,
): number {
  return isTTY ? Math.min(widest, Math.max(narrowest, columns)) : usual;
}
