import { explainRefusal } from '../org/failure.js';
import type { OrgPort } from '../org/port.js';

/** Up to here rows are read and written through REST, which is quicker than a job and tells the outcome at once. */
export const fewRows = 2_000;

/** Ids that a query finds, in slices: few in one answer, many or uncounted ones streamed from a job. */
export async function* idSlices(
  port: OrgPort,
  soql: string,
  count: number | null,
  signal: AbortSignal,
): AsyncGenerator<readonly string[]> {
  if (count !== null && count <= fewRows) {
    const [answer] = await port.queryAll([{ soql, api: 'rest' }]);
    if (answer?.ok === false) throw explainRefusal(answer.refusal);
    yield (answer?.value ?? []).map((row) => String(row['Id']));
    return;
  }
  yield* port.bulk.queryIds(soql, signal);
}
