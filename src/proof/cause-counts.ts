import type { ProofSubject } from '../features/verification/proof-subjects.js';
import type { Row } from '../observation/question.js';
import { numberAt, textAt } from '../observation/row.js';
import type { Cause } from '../planning/verification.js';
import type { CauseCount, Causes } from './explanation.js';
import { causeOf } from './row-cause.js';

/** Null where Salesforce doesn't count. */
export type RowCounts = {
  /** Of the user. */
  readonly owned: number | null;
  /** Of people in roles below. */
  readonly ownedBelow: number | null;
  /** Shares with the user and its groups by reason, those of an owner among them. */
  readonly shares: readonly Row[];
  /** Rows behind all of these shares, each once. */
  readonly shared: number | null;
};

/**
 * Causes of too many rows to go through one by one, from counts: a row with several causes is counted under each, and what
 * no cause accounts for is unexplained.
 */
export function causesByCount(
  { groupNames }: ProofSubject,
  visible: number,
  { owned, ownedBelow, shares, shared }: RowCounts,
): Causes {
  const counts = new Map<Cause, { readonly count: number; readonly names: readonly string[] }>();
  const add = (cause: Cause, count: number, name?: string): void => {
    if (count <= 0) return;
    const known = counts.get(cause) ?? { count: 0, names: [] };
    counts.set(cause, { count: known.count + count, names: [...known.names, ...(name === undefined ? [] : [name])] });
  };
  add('owner', owned ?? 0);
  add('subordinateOwner', ownedBelow ?? 0);
  for (const row of shares) {
    const rowCause = textAt(row, 'RowCause') ?? '';
    const group = groupNames.get(textAt(row, 'UserOrGroupId') ?? '');
    // The user's own shares as the owner are counted as owned already.
    if (rowCause !== 'Owner' || group !== undefined) add(causeOf(rowCause), numberAt(row, 'rows') ?? 0, group);
  }
  add('unexplained', visible - Math.max(shared ?? 0, owned ?? 0) - (ownedBelow ?? 0));
  return new Map(
    [...counts].map(([cause, { count, names }]): [Cause, CauseCount] => [
      cause,
      { count, examples: [], detail: [...new Set(names)].sort().join(', ') },
    ]),
  );
}
