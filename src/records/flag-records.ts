import type { OrgPort, WriteFailure } from '../org/port.js';
import { soql, soqlCondition, soqlName } from '../org/soql.js';

export type FlagRequest = {
  readonly sobject: string;
  readonly field: string;
  readonly value: boolean;
  readonly condition: string;
};
export type FlagReport = { readonly changed: number; readonly failures: readonly WriteFailure[] };

/** Sets the flag on the records that a condition selects and that do not have it yet. */
export async function flagRecords(port: OrgPort, request: FlagRequest): Promise<FlagReport> {
  const { sobject, field, value, condition } = request;
  const [answer] = await port.queryAll([
    {
      soql: soql`SELECT Id FROM ${soqlName(sobject)} WHERE ${soqlCondition(condition)} AND ${soqlName(field)} = ${!value}`,
      api: 'rest',
    },
  ]);
  if (answer === undefined || !answer.ok) {
    const { errorCode, message } = answer?.refusal ?? { errorCode: 'UNKNOWN', message: '' };
    return { changed: 0, failures: [{ errorCode, message, fields: [] }] };
  }
  const rows = answer.value.map((row) => ({ Id: row['Id'], [field]: value }));
  const outcomes = await port.writeRows('PATCH', sobject, rows);
  const failures = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.failure]));
  return { changed: outcomes.length - failures.length, failures };
}
