import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { KeyFile } from './flag-request.js';
import { recordTexts as texts } from './texts.js';

/** So many Ids fit into one query of the length that a URI may have. */
const keysInSlice = 400;
const sliceLength = 10_000;

/** What stands around a key in an encoded URI: quotes, comma and space. */
const lengthAroundKey = 12;

/** Keys of a file, in slices that one query can ask for: the only column, or the one named like the key field. */
export async function* keysIn(file: KeyFile): AsyncGenerator<readonly string[]> {
  let slice: string[] = [];
  let length = 0;
  for await (const key of cellsOf(file)) {
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

async function* cellsOf(file: KeyFile): AsyncGenerator<string> {
  const parser = parse({ bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  // The pipeline hands a file that cannot be read on to the parser, from which it is thrown below.
  pipeline(createReadStream(file.path), parser, () => undefined);
  let column: number | null = null;
  try {
    for await (const row of parser as AsyncIterable<readonly string[]>) {
      const isFirst = column === null;
      column ??= keyColumn(file, row);
      const key = row[column] ?? '';
      if (key !== '' && !(isFirst && isHeader(file, row, column))) yield key;
    }
  } catch (error) {
    throw readable(error, file);
  }
}

function keyColumn({ path, keyField }: KeyFile, first: readonly string[]): number {
  const named = first.findIndex((cell) => isNamed(cell, keyField));
  if (named < 0 && first.length > 1) throw texts.createError('error.KeyColumnNotFound', [path, keyField]);
  return Math.max(named, 0);
}

function isHeader({ keyField }: KeyFile, row: readonly string[], column: number): boolean {
  return isNamed(row[column] ?? '', keyField);
}

function isNamed(cell: string, keyField: string): boolean {
  return cell.toLowerCase() === keyField.toLowerCase();
}

function readable(error: unknown, { path }: KeyFile): unknown {
  const isOfTheFile = error instanceof CsvError || (error instanceof Error && 'syscall' in error);
  return isOfTheFile ? texts.createError('error.FileUnreadable', [path, error.message]) : error;
}
