import { plainLine } from '../plain-text.js';
import { padded, widthOf, wrapped } from './text-width.js';

type Row = readonly string[];

const gap = '  ';
const indent = '  ';

/**
 * A table of plain text that is never wider than asked: long cells go on in the next line. Where words would have to be cut,
 * each row is a block of lines instead.
 */
export function table(columns: Row, rows: readonly Row[], maxWidth: number): readonly string[] {
  const head = columns.map(plainLine);
  const cells = rows.map((row) => row.map(plainLine));
  const widths = columnWidths([head, ...cells], maxWidth);
  return widths === null
    ? cells.flatMap((row) => block(head, row, maxWidth))
    : [head, ...cells].flatMap((row) => lines(row, widths));
}

function lines(row: Row, widths: readonly number[]): readonly string[] {
  const parts = row.map((cell, index) => wrapped(cell, widths[index] ?? 0));
  const height = Math.max(...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, index) =>
    parts
      .map((part, column) => padded(part[index] ?? '', widths[column] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

function block(head: Row, row: Row, maxWidth: number): readonly string[] {
  const [title = '', ...values] = row;
  const details = values.map((value, index) => `${head[index + 1] ?? ''}: ${value}`);
  return [
    ...wrapped(title, maxWidth),
    ...details.flatMap((detail) => wrapped(detail, maxWidth - indent.length).map((line) => indent + line)),
  ];
}

/** The widest column that can give does, until all of them fit; null where none can without cutting its longest word. */
function columnWidths(rows: readonly Row[], maxWidth: number): readonly number[] | null {
  const columns = (rows[0] ?? []).map((_, index) => rows.map((row) => row[index] ?? ''));
  const widths = columns.map((cells) => Math.max(...cells.map(widthOf)));
  const least = columns.map((cells) => Math.max(...cells.flatMap((cell) => cell.split(' ').map(widthOf))));
  const room = maxWidth - gap.length * (columns.length - 1);
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over -= 1) {
    const giving = widths.map((width, index) => (width > (least[index] ?? 0) ? width : 0));
    const widest = giving.indexOf(Math.max(...giving));
    if ((giving[widest] ?? 0) === 0) return null;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}
