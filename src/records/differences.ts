import { explainRefusal } from '../org/failure.js';
import type { OrgPort, Read } from '../org/port.js';
import { soql, soqlCondition, soqlGroup, soqlName, soqlNames } from '../org/soql.js';
import type { FlagRequest } from './flag-request.js';

const countTimeoutMs = 30_000;

/** Rows that get a value: those of `where`, and where `except` is given, without those that it selects as well. */
export type Difference = { readonly value: boolean; readonly where: string; readonly except: string | null };

/** A difference, and how many rows it has; null where the org takes too long to count. */
export type MeasuredDifference = Difference & { readonly count: number | null };

type Flagging = Pick<FlagRequest, 'field' | 'mode'>;

/** Only rows that change: what is selected and has the other value, and for `sync` what is not selected and is ticked. */
export function differencesOf({ field, mode }: Flagging, where: string): readonly Difference[] {
  const selected = soqlCondition(where).text;
  const ticked = `${soqlName(field).text} = true`;
  const flag: Difference = { value: true, where: `${soqlName(field).text} = false AND ${selected}`, except: null };
  const unflag: Difference = { value: false, where: `${ticked} AND ${selected}`, except: null };
  const unflagOthers: Difference = { value: false, where: ticked, except: selected };
  if (mode === 'unflag') return [unflag];
  return mode === 'flag' ? [flag] : [flag, unflagOthers];
}

export function alreadySo({ field, mode }: Flagging, where: string): string {
  return soql`${soqlName(field)} = ${mode !== 'unflag'} AND ${soqlCondition(where)}`;
}

/** All counts in one request. Throws an OrgError with Salesforce's words where a condition is refused. */
export async function measure(
  port: OrgPort,
  sobject: string,
  differences: readonly Difference[],
): Promise<readonly MeasuredDifference[]> {
  const conditions = differences.flatMap((difference) => conditionsToCount(difference));
  const answers = await port.countAll(conditions.map((where) => countOf(sobject, where)));
  let next = 0;
  return differences.map((difference) => {
    const mine = answers.slice(next, (next += conditionsToCount(difference).length));
    // NOT is refused before subqueries: then what the others say is enough.
    for (const answer of mine.slice(0, 2)) if (!answer.ok) throw explainRefusal(answer.refusal);
    const [all = null, ...others] = mine.map(numberIn);
    return measured(difference, all, others);
  });
}

export function countOf(sobject: string, where: string): { readonly soql: string; readonly timeoutMs: number } {
  return { soql: countQuery(sobject, where), timeoutMs: countTimeoutMs };
}

export function numberIn(answer: Read<number | 'not counted'> | undefined): number | null {
  return answer?.ok === true && answer.value !== 'not counted' ? answer.value : null;
}

function conditionsToCount({ where, except }: Difference): readonly string[] {
  return except === null ? [where] : [where, `${where} AND ${except}`, complement(where, except)];
}

function complement(where: string, except: string): string {
  return `${where} AND (NOT ${soqlGroup(except).text})`;
}

/**
 * What is not selected is a matter of subtraction: Salesforce refuses NOT before subqueries, and what NOT makes of empty fields
 * is its own affair. Where NOT counts just as many rows, no row is in doubt, and the org is asked for them directly.
 */
function measured(
  difference: Difference,
  all: number | null,
  [excepted, complementary]: readonly (number | null)[],
): MeasuredDifference {
  const { where, except } = difference;
  if (except === null) return { ...difference, count: all };
  const count = all === null || typeof excepted !== 'number' ? null : all - excepted;
  if (count === null || complementary !== count) return { ...difference, count };
  return { value: difference.value, where: complement(where, except), except: null, count };
}

/** Rows of all differences together; null where one is not counted. */
export function totalOf(differences: readonly MeasuredDifference[]): number | null {
  return differences.reduce<number | null>(
    (sum, { count }) => (sum === null || count === null ? null : sum + count),
    0,
  );
}

export function countQuery(sobject: string, where: string): string {
  return `${soql`SELECT COUNT() FROM ${soqlName(sobject)}`} WHERE ${where}`;
}

export function idQuery(sobject: string, where: string, order: string | null): string {
  const ordered = order === null ? '' : ` ORDER BY ${soqlName(order).text}`;
  return `${soql`SELECT Id FROM ${soqlName(sobject)}`} WHERE ${where}${ordered}`;
}

export function sampleQuery(sobject: string, where: string, nameField: string, rows: number): string {
  return `${soql`SELECT ${soqlNames([...new Set(['Id', nameField])])} FROM ${soqlName(sobject)}`} WHERE ${soqlCondition(where).text} LIMIT ${rows}`;
}
