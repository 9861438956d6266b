import { explainRefusal } from '../org/failure.js';
import { IdBlock } from '../org/id-block.js';
import type { OrgPort } from '../org/port.js';

/** Up to here rows are read and written through REST, which is quicker than a job and tells the outcome at once. */
export const fewRows = 2_000;

/** Ids that a query finds: few in one answer, many or uncounted ones streamed from a job, each block until the next one. */
export async function* idBlocks(
  port: OrgPort,
  soql: string,
  count: number | null,
  signal: AbortSignal,
): AsyncGenerator<IdBlock> {
  if (count !== null && count <= fewRows) {
    const [answer] = await port.queryAll([{ soql, api: 'rest' }]);
    if (answer?.ok === false) throw explainRefusal(answer.refusal);
    yield IdBlock.of((answer?.value ?? []).map((row) => String(row['Id'])));
    return;
  }
  yield* port.bulk.queryIds(soql, signal);
}
