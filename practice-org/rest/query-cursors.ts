import { createHash } from 'node:crypto';
import { RequestError } from './request-error.ts';
import type { QueryResult } from '../soql/query.ts';

export type QueryPage = {
  readonly totalSize: number;
  readonly done: boolean;
  readonly records: readonly unknown[];
  readonly locator: string | null;
};

type Cursor = { readonly result: QueryResult; readonly userId: string; readonly batchSize: number };

const largestBatch = 2000;
const smallestBatch = 200;
/** A user has at most ten open cursors in the platform; the oldest goes first (help 000385218). */
const openCursors = 10;

/**
 * Open query results. A locator is `01g…-2000`: the cursor and the offset of the next row, as the platform writes it, so that
 * a page can be asked for twice.
 */
export class QueryCursors {
  readonly #cursors = new Map<string, Cursor>();
  #opened = 0;

  public open(result: QueryResult, userId: string, requested: number | undefined): QueryPage {
    const batchSize = Math.min(largestBatch, Math.max(smallestBatch, requested ?? largestBatch));
    const cursor = { result, userId, batchSize };
    const id = this.#nextId();
    const page = this.#page(id, cursor, 0);
    if (page.locator !== null) this.#keep(id, cursor);
    return page;
  }

  public next(locator: string, userId: string): QueryPage {
    const [id = '', offset = ''] = locator.split('-');
    const cursor = this.#cursors.get(id);
    if (cursor === undefined || cursor.userId !== userId || !/^\d+$/.test(offset)) throw invalidLocator();
    return this.#page(id, cursor, Number(offset));
  }

  #page(id: string, cursor: Cursor, from: number): QueryPage {
    const { result } = cursor;
    const to = Math.min(result.size, from + pageLength(cursor.batchSize, from));
    const records: unknown[] = [];
    for (let row = from; row < to; row += 1) records.push(result.record(row));
    const done = to >= result.size;
    return { totalSize: result.totalSize, done, records, locator: done ? null : `${id}-${to}` };
  }

  #keep(id: string, cursor: Cursor): void {
    const own = [...this.#cursors].filter(([, open]) => open.userId === cursor.userId);
    if (own.length >= openCursors) this.#cursors.delete(own[0]?.[0] ?? '');
    this.#cursors.set(id, cursor);
  }

  #nextId(): string {
    this.#opened += 1;
    const digest = createHash('sha256').update(String(this.#opened)).digest('hex').toUpperCase();
    return `01g${digest.slice(0, 12)}AAA`;
  }
}

/**
 * "There is no guarantee that the requested batch size is the actual batch size" (SOAP guide, QueryOptions): every third page
 * is cut short, so that nobody relies on 2,000.
 */
function pageLength(batchSize: number, from: number): number {
  return Math.floor(from / batchSize) % 3 === 1 ? Math.max(smallestBatch, Math.floor(batchSize * 0.6)) : batchSize;
}

function invalidLocator(): RequestError {
  return new RequestError('INVALID_QUERY_LOCATOR', 'invalid query locator');
}
