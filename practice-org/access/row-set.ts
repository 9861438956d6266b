import type { RowSource } from '../storage/table.ts';
import type { RowSet } from './access.ts';

/** A scan that asks for this many rows is served from a bitmap; fewer questions are answered one by one. */
const scanThreshold = 2_000;

export function everyRow(rows: RowSource): RowSet {
  let counted: number | undefined;
  return {
    all: true,
    has: (row) => rows.isLive(row),
    count: () => (counted ??= countRows(rows, () => true)),
  };
}

export function noRows(): RowSet {
  return { all: false, has: () => false, count: () => 0 };
}

/** Rows that a test selects. */
export function rowsWhere(rows: RowSource, selects: (row: number) => boolean): RowSet {
  let bitmap: Uint8Array | undefined;
  let counted: number | undefined;
  let questions = 0;

  function materialised(): Uint8Array {
    if (bitmap) return bitmap;
    bitmap = new Uint8Array(rows.rowCount);
    for (let row = 0; row < bitmap.length; row++) bitmap[row] = rows.isLive(row) && selects(row) ? 1 : 0;
    return bitmap;
  }

  return {
    all: false,
    has(row) {
      if (!bitmap && ++questions < scanThreshold) return rows.isLive(row) && selects(row);
      const bits = materialised();
      return row < bits.length ? bits[row] === 1 : rows.isLive(row) && selects(row);
    },
    count() {
      const bits = materialised();
      return (counted ??= countRows(rows, (row) => bits[row] === 1));
    },
  };
}

function countRows(rows: RowSource, selects: (row: number) => boolean): number {
  let count = 0;
  for (let row = 0; row < rows.rowCount; row++) if (rows.isLive(row) && selects(row)) count++;
  return count;
}
