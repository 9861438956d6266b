import { plainLine } from '../plain-text.js';

const gap = '  ';
/** No column is narrowed below this while another one can give. */
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

/** Words go on in the next line; a word longer than a line is cut. */
export function wrapped(text: string, width: number): readonly string[] {
  const result: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((part) => pieces(part, width))) {
    if (line === '') line = word;
    else if (lengthOf(line) + 1 + lengthOf(word) <= width) line += ` ${word}`;
    else {
      result.push(line);
      line = word;
    }
  }
  return [...result, line];
}

function pieces(word: string, width: number): readonly string[] {
  const characters = graphemes(word);
  return characters.length <= width
    ? [word]
    : Array.from({ length: Math.ceil(characters.length / width) }, (_, index) =>
        characters.slice(index * width, (index + 1) * width).join(''),
      );
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
    Math.max(...rows.map((row) => lengthOf(row[column] ?? ''))),
  );
  const room = maxWidth - gap.length * (count - 1);
  const sum = (): number => widths.reduce((total, width) => total + width, 0);
  while (sum() > room) {
    const widest = widths.indexOf(Math.max(...widths));
    const current = widths[widest] ?? 0;
    if (current <= narrowest) break;
    widths[widest] = current - 1;
  }
  return widths;
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}

function lengthOf(text: string): number {
  return graphemes(text).length;
}

const segmenter = new Intl.Segmenter();

/** Characters as people count them. */
function graphemes(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}
