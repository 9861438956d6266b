import type { Row } from '../observation/question.js';
import { numberAt, textAt } from '../observation/row.js';
import type { Cause } from '../planning/verification.js';
import { counted, type CauseCount, type Causes } from './explanation.js';
import { causeOf } from './row-cause.js';

/**
 * Causes of too many rows to go through one by one, from counts: a row with several causes is counted under each, and what
 * no cause accounts for is unexplained.
 */
export function causesByCount(
  visible: number,
  owned: number | null,
  shares: readonly Row[],
  examples: readonly string[],
): Causes {
  const counts = new Map<Cause, number>();
  const add = (cause: Cause, count: number): void => {
    if (count > 0) counts.set(cause, (counts.get(cause) ?? 0) + count);
  };
  add('owner', owned ?? 0);
  for (const row of shares) {
    const rowCause = textAt(row, 'RowCause') ?? '';
    // The shares of owners are counted as owned already.
    if (rowCause !== 'Owner') add(causeOf(rowCause), numberAt(row, 'rows') ?? 0);
  }
  const explained = [...counts.values()].reduce((sum, count) => sum + count, 0);
  add('unexplained', visible - explained);
  return new Map(
    [...counts].map(([cause, count], index): [Cause, CauseCount] => [
      cause,
      { ...counted(index === 0 ? examples : [], ''), count },
    ]),
  );
}
