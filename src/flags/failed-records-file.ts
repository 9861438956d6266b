import { open, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { flagTexts as texts } from './texts.js';

/** Throws where the records that fail could not be told: a run that has written cannot go back. Leaves no file behind. */
export async function checkFailedRecordsFile(path: string, keysPath: string | undefined): Promise<void> {
  if (keysPath !== undefined && resolve(keysPath) === resolve(path)) {
    throw texts.createError('error.FailedRecordsFileHoldsKeys', [path]);
  }
  const isThere = await exists(path);
  try {
    const file = await open(path, 'a');
    await file.close();
  } catch (error) {
    throw texts.createError('error.FailedRecordsFileNotWritable', [path, error instanceof Error ? error.message : '']);
  }
  if (!isThere) await rm(path, { force: true });
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
