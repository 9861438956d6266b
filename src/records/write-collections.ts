import type { FailedRow } from '../org/bulk.js';
import { OrgError, orgError } from '../org/failure.js';
import type { OrgPort, WriteOutcome } from '../org/port.js';
import { soql, soqlName } from '../org/soql.js';
import type { FlagChange, FlagRequest } from './flag-request.js';
import { isPassingFailure } from './passing-failures.js';
import type { Attempt, FlagOptions } from './progress.js';

const collectionSize = 200;

/** Few rows, in collections of 200. */
export async function writeCollections(
  port: OrgPort,
  request: FlagRequest,
  changes: readonly FlagChange[],
  options: FlagOptions,
  onFailure: (row: FailedRow) => Promise<void>,
): Promise<Attempt> {
  let written = 0;
  for (let start = 0; start < changes.length; start += collectionSize) {
    const slice = changes.slice(start, start + collectionSize);
    const failures = await writeSlice(port, request, slice).catch(orgError);
    if (failures instanceof OrgError) return { written, pendingJobs: [], stoppedJobs: [], broken: failures };
    written += slice.length - failures.length;
    for (const failure of failures) await onFailure(failure);
    options.progress({ kind: 'rows', done: start + slice.length, total: changes.length });
  }
  return { written, pendingJobs: [], stoppedJobs: [], broken: null };
}

async function writeSlice(
  port: OrgPort,
  request: FlagRequest,
  slice: readonly FlagChange[],
): Promise<readonly FailedRow[]> {
  const rows = slice.map(({ id, value }) => ({ Id: id, [request.field]: value }));
  try {
    const outcomes = await port.writeRows('PATCH', request.sobject, rows);
    return slice.flatMap((change, index) => failureOf(change, outcomes[index]));
  } catch (error) {
    if (!(error instanceof OrgError)) throw error;
    const failure = { errorCode: error.errorCode, message: error.message };
    if (isPassingFailure(failure)) return slice.map((change) => failedRow(change, failure));
    if (error.certainty !== 'unknown') throw error;
    return notWritten(port, request, slice, failure);
  }
}

/** The answer was lost, perhaps after the work was done: the rows themselves tell. */
async function notWritten(
  port: OrgPort,
  { sobject, field }: FlagRequest,
  slice: readonly FlagChange[],
  { message }: { readonly message: string },
): Promise<readonly FailedRow[]> {
  const ids = slice.map(({ id }) => id);
  const query = soql`SELECT Id, ${soqlName(field)} FROM ${soqlName(sobject)} WHERE Id IN ${ids}`;
  const [answer] = await port.queryAll([{ soql: query, api: 'rest' }]);
  const values = new Map(
    answer?.ok === true ? answer.value.map((row) => [String(row['Id']).slice(0, 15), row[field]]) : [],
  );
  return slice
    .filter(({ id, value }) => values.get(id.slice(0, 15)) !== value)
    .map((change) => failedRow(change, { errorCode: 'UNKNOWN_OUTCOME', message }));
}

function failureOf(change: FlagChange, outcome: WriteOutcome | undefined): readonly FailedRow[] {
  if (outcome?.ok === true) return [];
  const { errorCode, message } = outcome?.failure ?? { errorCode: 'UNKNOWN', message: '' };
  return [failedRow(change, { errorCode, message })];
}

function failedRow({ id, value }: FlagChange, failure: Pick<FailedRow, 'errorCode' | 'message'>): FailedRow {
  return { id, value: String(value), ...failure };
}
