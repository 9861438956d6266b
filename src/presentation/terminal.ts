import type { SfCommand } from '@salesforce/sf-plugins-core';

/** What presentation uses of a command: where it writes, and whether a person or a program reads. */
export type Terminal = Pick<
  SfCommand<unknown>,
  'log' | 'logToStderr' | 'warn' | 'info' | 'table' | 'styledHeader' | 'confirm' | 'jsonEnabled'
>;

/** A person can be asked only on a terminal: elsewhere the prompt writes escapes and exits with 13. */
export function hasPerson(terminal: Terminal): boolean {
  return process.stdin.isTTY && process.stdout.isTTY && !terminal.jsonEnabled();
}
