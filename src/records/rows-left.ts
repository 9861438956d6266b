import { OrgError } from '../org/failure.js';
import type { OrgPort } from '../org/port.js';
import { differencesOf, measure, totalOf } from './differences.js';
import type { FlagRequest } from './flag-request.js';
import type { Preview } from './preview.js';
import type { FlagReport } from './progress.js';

/**
 * Rows that still differ when everything is said to be written: what Salesforce answered is not what the org shows. Null where it
 * can't be counted. Keys are not looked up a third time: of them the numbers must agree.
 */
export async function rowsLeft(
  port: OrgPort,
  request: FlagRequest,
  { toFlag, toUnflag }: Preview,
  report: FlagReport,
): Promise<number | null> {
  const { selection, sobject } = request;
  if (selection.kind === 'keys') return Math.max(0, (toFlag ?? 0) + (toUnflag ?? 0) - report.written);
  try {
    return totalOf(await measure(port, sobject, differencesOf(request, selection.where)));
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return null;
  }
}
