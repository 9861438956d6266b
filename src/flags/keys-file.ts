import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { withScratchFolder } from '../records/scratch-folder.js';
import { withStandardInput } from '../records/standard-input.js';

export const standardInput = '-';

/** Keys are looked at twice, but a pipe can be read once: it is kept in a file for as long as `work` runs. */
export async function withKeysFile<T>(path: string, work: (path: string) => Promise<T>): Promise<T> {
  if (path === standardInput) return withStandardInput(work);
  return (await isReadOnce(path)) ? withCopy(path, work) : work(path);
}

async function isReadOnce(path: string): Promise<boolean> {
  try {
    const kind = await stat(path);
    return !kind.isFile() && !kind.isDirectory();
  } catch {
    // Who reads the file says what is wrong with it.
    return false;
  }
}

function withCopy<T>(path: string, work: (path: string) => Promise<T>): Promise<T> {
  return withScratchFolder(async (folder) => {
    const copy = join(folder, 'keys.csv');
    await pipeline(createReadStream(path), createWriteStream(copy));
    return work(copy);
  });
}
