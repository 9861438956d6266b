import { open, type FileHandle } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { FailedRow } from '../org/bulk.js';

/** Rows that stayed as they were, with the reason: made only when there is one. */
export type FailedRowsFile = {
  readonly add: (row: FailedRow) => Promise<void>;
  /** Path, or null where there was nothing to write. */
  readonly close: () => Promise<string | null>;
};

export function failedRowsFile(path: string): FailedRowsFile {
  let file: Promise<FileHandle> | undefined;
  const opened = async (): Promise<FileHandle> => {
    const handle = await open(path, 'w');
    await handle.write(stringify([['Id', 'Error']]));
    return handle;
  };
  return {
    add: async ({ id, message }) => {
      file ??= opened();
      await (await file).write(stringify([[id, message]], { escape_formulas: true }));
    },
    close: async () => {
      if (file === undefined) return null;
      await (await file).close();
      return path;
    },
  };
}
