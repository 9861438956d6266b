import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withKeysFile } from '../../../src/flags/keys-file.js';
import { keysIn } from '../../../src/records/keys-file.js';

describe('Given a file with keys', () => {
  let path: string;

  beforeEach(async () => {
    path = join(await mkdtemp(join(tmpdir(), 'integration-user-')), 'keys.csv');
  });
  afterEach(() => rm(join(path, '..'), { recursive: true }));

  const keysOf = async (
    content: string,
    isPossible = (key: string): boolean => key !== '',
  ): Promise<readonly string[]> => {
    await writeFile(path, content);
    return all(keysIn({ path, keyField: 'Num__c' }, isPossible));
  };
  const isDigits = (key: string): boolean => /^\d+$/.test(key);

  it.each([
    ['commas', 'Name,Num__c\nx,1\ny,2\n'],
    ['semicolons', '\uFEFFName;NUM__C\r\nx;1\r\n"a;b";2\r\n'],
    ['semicolons, with every cell in quotes', '"Name";"Num__c"\n"x";"1"\n"y";"2"\n'],
    ['semicolons, with commas in a name', 'Name, first;Num__c\nx, y;1\n;2\n'],
    ['tabs, with an empty cell in front', 'Name\tNum__c\n\t1\ny\t2\n'],
  ])('When its columns are separated by %s, Then the column of the key field is read', async (_, content) => {
    expect(await keysOf(content)).toEqual(['1', '2']);
  });

  it('When its one column has keys with separators, Then they are keys as they are', async () => {
    expect(await keysOf('a;b\nc\td\n"e,f"\n')).toEqual(['a;b', 'c\td', 'e,f']);
  });

  it.each([';', '\t', ','])(
    'When no column of several, separated by "%s", has the name, Then the error says so',
    async (separator) => {
      await expect(keysOf(`1${separator}x\n2${separator}y\n`, isDigits)).rejects.toMatchObject({
        name: 'KeyColumnNotFoundError',
      });
    },
  );

  it.each([
    ['a header', 'Num__c\n7\n1,004\n'],
    ['no header', '6\n7\n1,004\n'],
    ['several columns', 'Num__c;Name\n7;x\n8;y;z\n'],
  ])('When it has %s and a row with more cells, Then the error names the line', async (_, content) => {
    await expect(keysOf(content)).rejects.toMatchObject({
      name: 'TooManyCellsError',
      message: expect.stringMatching(/^Line 3 of .*keys\.csv has more cells/) as string,
      actions: [expect.any(String)],
    });
  });

  it('When it changes while the work goes on, Then each reading is of what it was', async () => {
    await writeFile(path, '1\n2\n');
    const readings = await withKeysFile(path, async (keys) => {
      const read = () => all(keysIn({ ...keys, keyField: 'Num__c' }, isDigits));
      const first = await read();
      await writeFile(path, '');
      return { name: keys.path, first, second: await read() };
    });
    expect(readings).toEqual({ name: path, first: ['1', '2'], second: ['1', '2'] });
  });

  it('When it is a folder, Then the error names it as it was given', async () => {
    const folder = join(path, '..');
    await expect(withKeysFile(folder, () => Promise.resolve())).rejects.toMatchObject({
      name: 'FileUnreadableError',
      message: expect.stringContaining(folder) as string,
    });
  });
});

async function all(slices: AsyncIterable<readonly string[]>): Promise<readonly string[]> {
  const keys: string[] = [];
  for await (const slice of slices) keys.push(...slice);
  return keys;
}
