import type { ObjectDescription } from '../observation/question.js';
import { OrgError } from '../org/failure.js';
import type { OrgPort } from '../org/port.js';
import { differencesOf, measure, totalOf } from './differences.js';
import type { FlagRequest } from './flag-request.js';
import { keyedChanges } from './keyed-changes.js';

/**
 * Rows that still differ when everything is said to be written: what Salesforce answered is not what the org shows. Null where it
 * can't be counted.
 */
export async function rowsLeft(
  port: OrgPort,
  request: FlagRequest,
  description: ObjectDescription,
  signal: AbortSignal,
): Promise<number | null> {
  const { selection } = request;
  if (selection.kind === 'condition') return rowsLeftOf(port, request, selection.where);
  try {
    let left = 0;
    for await (const slice of keyedChanges(port, { ...request, selection }, description, signal)) left += slice.length;
    return left;
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return null;
  }
}

/** The same for a condition: one request. */
export async function rowsLeftOf(port: OrgPort, request: FlagRequest, where: string): Promise<number | null> {
  try {
    return totalOf(await measure(port, request.sobject, differencesOf(request, where)));
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    return null;
  }
}
