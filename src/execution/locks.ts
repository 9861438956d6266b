import { setTimeout as wait } from 'node:timers/promises';
import type { Change } from '../planning/change.js';
import type { ChangeReport, Session } from './session.js';

/**
 * Another change of sharing, or of the same group or row, is running. Salesforce words it in the user's language; the known
 * texts are those that deployment tools collected.
 */
const lockTexts: readonly RegExp[] = [
  /UNABLE_TO_LOCK_ROW/,
  /unable to obtain exclusive access/i,
  /could not acquire lock/i,
  /already in progress/i,
  /interfer/i,
  /interfère/i,
  /déjà en cours|opération en cours/i,
  /beeinträchtigt|bereits (?:ausgeführt|durchgeführt)|wird bereits/i,
];

const firstDelayMs = 250;
const longestDelayMs = 15_000;

/** Of changes that were tried together and met a lock: those to try next, and how. */
export type Attempt = (open: readonly Change[], earlierLocks: number) => Promise<readonly ChangeReport[]>;

export function isLockText(text: string): boolean {
  return lockTexts.some((pattern) => pattern.test(text));
}

/**
 * Tries again what was refused because of a lock, with growing pauses, as long as the run may wait. What is still locked then
 * is pending: nothing is wrong with it, and the next run makes it.
 */
export async function retryWhileLocked(
  changes: readonly Change[],
  session: Session,
  attempt: Attempt,
): Promise<readonly ChangeReport[]> {
  let reports = await attempt(changes, 0);
  for (let locks = 1, delayMs = firstDelayMs; ; locks += 1, delayMs = Math.min(delayMs * 2, longestDelayMs)) {
    const locked = reports.find(isLocked);
    if (locked === undefined || reports.some((report) => report.state === 'failed' && !isLocked(report))) {
      return reports;
    }
    if (session.signal.aborted || Date.now() + delayMs > session.deadline) return reports.map(pendingIfLocked);
    session.progress({ kind: 'retrying', reason: locked.error?.message ?? '', delayMs });
    await wait(delayMs);
    const open = reports.filter((report) => report.state !== 'done').map((report) => report.change);
    const again = new Map((await attempt(open, locks)).map((report) => [report.change, report]));
    reports = reports.map((report) => again.get(report.change) ?? report);
  }
}

function isLocked(report: ChangeReport): boolean {
  return (
    report.state === 'failed' &&
    report.error !== undefined &&
    isLockText(`${report.error.name} ${report.error.message}`)
  );
}

function pendingIfLocked(report: ChangeReport): ChangeReport {
  return isLocked(report) ? { ...report, state: 'pending' } : report;
}
