import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { usePracticeServer } from '../support/practice-server.ts';
import { StockCli } from '../support/stock-cli.ts';

const rows = 100_000;
const installMs = 600_000;
/** The CLI looks at a bulk job every five seconds only. */
const jobMs = 180_000;

describe(
  `Given the stock CLI and a practice org with ${rows.toLocaleString('en')} accounts`,
  { timeout: jobMs },
  () => {
    const client = usePracticeServer({ records: rows });
    let cli: StockCli;
    let file: string;

    beforeAll(async () => {
      cli = await StockCli.create();
      file = join(cli.home, 'accounts.csv');
      await cli.login(client.server, 'practice');
    }, installMs);
    afterAll(() => cli.dispose());

    const sf = (...argv: readonly string[]) => cli.json(['data', ...argv, '--target-org', 'practice', '--wait', '5']);

    it('when all of them are exported in bulk, then the file has every row', async () => {
      await sf('export', 'bulk', '--query', 'SELECT Id, Rating FROM Account', '--output-file', file);
      expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(rows + 1);
    });

    it('when all of them are updated in bulk, then every row is processed and none fails', async () => {
      const accounts = client.server.org.store.table('Account');
      const ids = Array.from({ length: rows }, (_, row) => accounts.idOf(row));
      await writeFile(file, `Id,Rating\n${ids.map((id) => `${id},Hot\n`).join('')}`);
      const { result } = await sf('update', 'bulk', '--sobject', 'Account', '--file', file);
      expect(result).toMatchObject({ processedRecords: rows, successfulRecords: rows, failedRecords: 0 });
    });
  },
);
