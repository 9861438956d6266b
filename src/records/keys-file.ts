import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse, type Options } from 'csv-parse';
import type { KeyFile } from './flag-request.js';
import { recordTexts as texts } from './texts.js';

/** So many Ids fit into one query of the length that a URI may have. */
const keysInSlice = 400;
const sliceLength = 10_000;

/** What stands around a key in an encoded URI: quotes, comma and space. */
const lengthAroundKey = 12;

const comma = ',';
const separators = [comma, ';', '\t'];

/** Keys of a file, in slices that one query can ask for: the only column, or the one named like the key field. */
export async function* keysIn(file: KeyFile, isPossible: (key: string) => boolean): AsyncGenerator<readonly string[]> {
  let slice: string[] = [];
  let length = 0;
  for await (const key of cellsOf(file, isPossible)) {
    const added = encodeURIComponent(key).length + lengthAroundKey;
    if (slice.length === keysInSlice || (slice.length > 0 && length + added > sliceLength)) {
      yield slice;
      slice = [];
      length = 0;
    }
    slice.push(key);
    length += added;
  }
  if (slice.length > 0) yield slice;
}

async function* cellsOf(file: KeyFile, isPossible: (key: string) => boolean): AsyncGenerator<string> {
  try {
    let column: number | null = null;
    for await (const row of rowsOf(file, { delimiter: await separatorOf(file, isPossible) })) {
      const isFirst = column === null;
      column ??= keyColumn(file, row);
      const key = row[column] ?? '';
      if (key !== '' && !(isFirst && isHeader(file, row, column))) yield key;
    }
  } catch (error) {
    throw unreadable(error, file.path);
  }
}

/**
 * A separator other than the comma is one where the first line then names the column of the keys, or where the line as a whole
 * cannot be a key. Keys of one column may hold any sign.
 */
async function separatorOf(file: KeyFile, isPossible: (key: string) => boolean): Promise<string> {
  const firstRows = new Map<string, readonly string[]>();
  for (const separator of separators) {
    const row = await firstRow(file, separator);
    if (row.some((cell) => isNamed(cell, file.keyField))) return separator;
    firstRows.set(separator, row);
  }
  const [whole = '', ...others] = firstRows.get(comma) ?? [];
  if (others.length > 0 || isPossible(whole)) return comma;
  return separators.find((separator) => (firstRows.get(separator)?.length ?? 0) > 1) ?? comma;
}

async function firstRow(file: KeyFile, delimiter: string): Promise<readonly string[]> {
  try {
    for await (const row of rowsOf(file, { delimiter, to: 1 })) return row;
  } catch (error) {
    // With the wrong separator, quotes stand where none may be.
    if (!(error instanceof CsvError)) throw error;
  }
  return [];
}

function rowsOf({ path, copy }: KeyFile, options: Options): AsyncIterable<readonly string[]> {
  // Rows may be shorter than the first one. In longer ones a separator stands within a key, such as "1,004" for 1004.
  const parser = parse({ bom: true, trim: true, skip_empty_lines: true, relax_column_count_less: true, ...options });
  // The pipeline hands a file that cannot be read on to the parser, from which it is thrown.
  pipeline(createReadStream(copy ?? path), parser, () => undefined);
  return parser;
}

function keyColumn({ path, keyField }: KeyFile, first: readonly string[]): number {
  const named = first.findIndex((cell) => isNamed(cell, keyField));
  if (named < 0 && first.length > 1)
    throw texts.createError('error.KeyColumnNotFound', [path, keyField, first.join(', ')]);
  return Math.max(named, 0);
}

function isHeader({ keyField }: KeyFile, row: readonly string[], column: number): boolean {
  return isNamed(row[column] ?? '', keyField);
}

function isNamed(cell: string, keyField: string): boolean {
  return cell.toLowerCase() === keyField.toLowerCase();
}

/** What reading a file threw, in words about the file by the name that a person knows it by. */
export function unreadable(error: unknown, path: string): unknown {
  if (error instanceof CsvError && error.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') {
    return texts.createError('error.TooManyCells', [String(error['lines']), path]);
  }
  const isOfTheFile = error instanceof CsvError || (error instanceof Error && 'syscall' in error);
  return isOfTheFile ? texts.createError('error.FileUnreadable', [path, error.message]) : error;
}
