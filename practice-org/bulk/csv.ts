import { Readable } from 'node:stream';
import { parse } from 'csv-parse';

export const delimiters = {
  COMMA: ',',
  SEMICOLON: ';',
  TAB: '\t',
  PIPE: '|',
  CARET: '^',
  BACKQUOTE: '`',
} as const satisfies Record<string, string>;

export type DelimiterName = keyof typeof delimiters;

export function isDelimiterName(name: unknown): name is DelimiterName {
  return typeof name === 'string' && name in delimiters;
}

const sliceBytes = 64 * 1024;

/** Rows of an uploaded file, header first, never more than a slice of it parsed at a time. */
export function rowsOf(content: Buffer, delimiter: DelimiterName): AsyncIterable<readonly string[]> {
  const parser = parse({
    delimiter: delimiters[delimiter],
    bom: true,
    skip_empty_lines: true,
    relax_column_count: true,
  });
  return Readable.from(slicesOf(content)).pipe(parser) as AsyncIterable<readonly string[]>;
}

function* slicesOf(content: Buffer): Generator<Buffer> {
  for (let from = 0; from < content.length; from += sliceBytes) yield content.subarray(from, from + sliceBytes);
}

/** Result files quote every cell. */
export function csvLine(cells: readonly string[], delimiter: DelimiterName, lineEnding: string): string {
  return `${cells.map(quoted).join(delimiters[delimiter])}${lineEnding}`;
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}
