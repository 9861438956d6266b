import { plainLine } from '../plain-text.js';
import { padded, widthOf, wrapped } from './text-width.js';

const gap = '  ';
/** No column is narrowed below this, unless there is less room for each. */
const narrowest = 8;

/** A table of plain text that is never wider than asked: long cells go on in the next line. */
export function table(
  columns: readonly string[],
  rows: ReadonlyArray<readonly string[]>,
  maxWidth: number,
): readonly string[] {
  const cells = [columns, ...rows].map((row) => row.map(plainLine));
  const widths = columnWidths(cells, maxWidth);
  return cells.flatMap((row) => lines(row, widths));
}

function lines(row: readonly string[], widths: readonly number[]): readonly string[] {
  const parts = row.map((cell, index) => wrapped(cell, widths[index] ?? narrowest));
  const height = Math.max(...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, index) =>
    parts
      .map((part, column) => padded(part[index] ?? '', widths[column] ?? narrowest))
      .join(gap)
      .trimEnd(),
  );
}

/** The widest column gives until all of them fit. */
function columnWidths(rows: ReadonlyArray<readonly string[]>, maxWidth: number): readonly number[] {
  const count = rows[0]?.length ?? 0;
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => widthOf(row[column] ?? ''))),
  );
  const room = maxWidth - gap.length * (count - 1);
  const least = Math.max(1, Math.min(narrowest, Math.floor(room / count)));
  const sum = (): number => widths.reduce((total, width) => total + width, 0);
  while (sum() > room) {
    const widest = widths.indexOf(Math.max(...widths));
    const current = widths[widest] ?? 0;
    if (current <= least) break;
    widths[widest] = current - 1;
  }
  return widths;
}
