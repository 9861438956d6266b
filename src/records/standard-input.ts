import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { withScratchFolder } from './scratch-folder.js';

/** Standard input is read once, but looked at twice: it is kept in a file for as long as `work` runs. */
export function withStandardInput<T>(work: (path: string) => Promise<T>): Promise<T> {
  return withScratchFolder(async (folder) => {
    const path = join(folder, 'keys.csv');
    await pipeline(process.stdin, createWriteStream(path));
    return work(path);
  });
}
