import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failedRowsFile } from '../../../src/records/failed-rows-file.js';

describe('Given a file for rows that could not be written', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'failed-rows-'));
    path = join(folder, 'failed-records.csv');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const exists = (): Promise<boolean> =>
    stat(path).then(
      () => true,
      () => false,
    );

  it('When a row fails, Then the file has it', async () => {
    const file = failedRowsFile(path);
    await file.add({ id: '001000000000001AAA', value: 'true', errorCode: 'UNABLE_TO_LOCK_ROW', message: '=locked' });
    expect([await file.close(), await readFile(path, 'utf8')]).toEqual([
      path,
      "Id,Error\n001000000000001AAA,'=locked\n",
    ]);
  });

  it('When no row fails, Then the file of an earlier run is gone', async () => {
    await writeFile(path, 'Id,Error\n001000000000001AAA,locked\n');
    expect([await failedRowsFile(path).close(), await exists()]).toEqual([null, false]);
  });

  it('When no row fails and something else has its name, Then that stays', async () => {
    await writeFile(path, 'Id,Name\n001000000000001AAA,x\n');
    await failedRowsFile(path).close();
    expect(await exists()).toBe(true);
  });
});
