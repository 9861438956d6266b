import { open, rm, type FileHandle } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { FailureSink } from './progress.js';

/** Rows that stayed as they were, with the reason. The file is made only when there is one. */
export type FailedRowsFile = FailureSink & {
  /** Path, or null where there was nothing to write. */
  readonly close: () => Promise<string | null>;
};

const pieceLength = 64 * 1024;

export function failedRowsFile(path: string): FailedRowsFile {
  let file: FileHandle | null = null;
  let piece = '';
  const flush = async (): Promise<void> => {
    if (piece === '') return;
    file ??= await open(path, 'w');
    await file.write(piece);
    piece = '';
  };
  return {
    add: async ({ id, message }) => {
      if (file === null && piece === '') piece = stringify([['Id', 'Error']]);
      piece += stringify([[id, message]], { escape_formulas: true });
      if (piece.length >= pieceLength) await flush();
    },
    restart: async () => {
      piece = '';
      if (file === null) return;
      await file.close();
      await rm(path);
      file = null;
    },
    close: async () => {
      await flush();
      if (file === null) return null;
      await file.close();
      return path;
    },
  };
}
