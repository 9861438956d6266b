/** Prints how fast the practice org's storage is with a million accounts: `node bench/practice-org-storage.ts [RECORDS]`. */
import { createPracticeOrg } from '../practice-org/org/create-org.ts';
import { defaultSettings } from '../practice-org/server/command-line.ts';
import type { Table, Value } from '../practice-org/storage/table.ts';

const records = Number(process.argv[2] ?? 1_000_000);

function measure<T>(title: string, work: () => T): T {
  const start = performance.now();
  const result = work();
  const megabytes = Math.round(process.memoryUsage().rss / 1_048_576);
  console.log(`${title.padEnd(52)} ${(performance.now() - start).toFixed(0).padStart(6)} ms  ${megabytes} MB resident`);
  return result;
}

function countWhere(table: Table, field: string, accepts: (value: Value) => boolean): number {
  const read = table.reader(field);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) if (table.isLive(row) && accepts(read(row))) count++;
  return count;
}

function overwrite(table: Table, field: string, valueOf: (row: number) => Value): void {
  for (let row = 0; row < table.rowCount; row++) table.update(row, { [field]: valueOf(row) });
}

const org = measure(`org with ${records} accounts, 3.25 rows each`, () =>
  createPracticeOrg({ ...defaultSettings, records }),
);
const accounts = org.store.table('Account');
measure('count by a generated picklist', () => countWhere(accounts, 'Industry', (value) => value === 'Technology'));
measure('count by a generated reference', () =>
  countWhere(org.store.table('Contact'), 'AccountId', (value) => value === null),
);
measure('tick a checkbox on every row', () => overwrite(accounts, 'IsCustomerPortal', () => true));
measure('count by the overwritten checkbox', () => countWhere(accounts, 'IsCustomerPortal', (value) => value === true));
measure('write a distinct text to every row', () => overwrite(accounts, 'Site', (row) => `Site ${row}`));
measure('find every row by Id', () => countWhere(accounts, 'Id', (id) => accounts.rowOf(String(id)) === undefined));
measure('insert 100,000 rows', () => {
  for (let row = 0; row < 100_000; row++) accounts.insert({ Name: `Inserted ${row}` });
});
measure('roll 10,000 updates back', () => {
  try {
    org.store.transaction(() => {
      for (let row = 0; row < 10_000; row++) accounts.update(row, { Rating: 'Hot', Site: null });
      throw new Error('rolled back');
    });
  } catch {
    return;
  }
});
