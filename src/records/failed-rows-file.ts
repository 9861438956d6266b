import { open, rm, type FileHandle } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { FailureSink } from './progress.js';

/** Rows that stayed as they were, with the reason. The file is made only when there is one. */
export type FailedRowsFile = FailureSink & {
  /** Path, or null where there was nothing to write. */
  readonly close: () => Promise<string | null>;
};

const pieceLength = 64 * 1024;
const header = stringify([['Id', 'Error']]);

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
      if (file === null && piece === '') piece = header;
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
      if (file === null) {
        await removeFormer(path);
        return null;
      }
      await file.close();
      return path;
    },
  };
}

/** A file of an earlier run would say that records failed in this one. Whatever else has that name is left alone. */
async function removeFormer(path: string): Promise<void> {
  const former = await open(path, 'r').catch(() => null);
  if (former === null) return;
  const { buffer, bytesRead } = await former.read(Buffer.alloc(header.length), 0, header.length, 0);
  await former.close();
  if (buffer.toString('utf8', 0, bytesRead) === header) await rm(path);
}
