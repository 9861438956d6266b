import type { FailedRow } from '../org/bulk.js';
import type { FailureSink } from './progress.js';

const mostReasons = 20;
const mostExamples = 3;
/** Some reasons name the record, and are the same otherwise. */
const recordId = /\b[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?\b/g;

export type FailureReason = { readonly row: FailedRow; readonly count: number; readonly ids: readonly string[] };

/** Why rows could not be written, without keeping the rows. */
export class FailureReasons implements FailureSink {
  readonly #reasons = new Map<string, { readonly row: FailedRow; count: number; readonly ids: string[] }>();
  #others = 0;

  /** Most frequent first. */
  public top(most: number): { readonly reasons: readonly FailureReason[]; readonly others: number } {
    const all = [...this.#reasons.values()].sort((one, other) => other.count - one.count);
    const rest = all.slice(most).reduce((sum, { count }) => sum + count, this.#others);
    return { reasons: all.slice(0, most), others: rest };
  }

  public add(row: FailedRow): Promise<void> {
    const key = `${row.errorCode} ${row.message.replaceAll(recordId, '')}`;
    const known = this.#reasons.get(key);
    if (known !== undefined) {
      known.count += 1;
      if (known.ids.length < mostExamples) known.ids.push(row.id);
    } else if (this.#reasons.size < mostReasons) {
      this.#reasons.set(key, { row, count: 1, ids: [row.id] });
    } else {
      this.#others += 1;
    }
    return Promise.resolve();
  }

  public restart(): Promise<void> {
    this.#reasons.clear();
    this.#others = 0;
    return Promise.resolve();
  }
}
