import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { unreadable } from '../records/keys-file.js';
import { withScratchFolder } from '../records/scratch-folder.js';
import { recordTexts } from '../records/texts.js';

export const standardInput = '-';

/** A file with keys by the name that a person knows it by, and the copy that is read. */
export type KeptKeys = { readonly path: string; readonly copy: string };

/**
 * Keys are looked at for the preview and again for writing. A pipe can be read once, and a file can change in between: then
 * something would be written that no preview showed. So a copy is kept for as long as `work` runs.
 */
export function withKeysFile<T>(path: string, work: (keys: KeptKeys) => Promise<T>): Promise<T> {
  const isPiped = path === standardInput;
  const name = isPiped ? recordTexts.getMessage('standardInput') : path;
  return withScratchFolder(async (folder) => {
    const copy = join(folder, 'keys.csv');
    try {
      await pipeline(isPiped ? process.stdin : createReadStream(path), createWriteStream(copy));
    } catch (error) {
      throw isOfReading(error) ? unreadable(error, name) : error;
    }
    return work({ path: name, copy });
  });
}

/** A full disk, for example, is no fault of the file with the keys. */
function isOfReading(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall !== 'write';
}
