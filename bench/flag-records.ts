/**
 * Flagging many records beside the stock way, in one run: `node bench/flag-records.ts [accounts]`, default 1,000,000. Prints time
 * and largest resident memory of the processes, and their ratios. The practice org runs in a process of its own.
 */
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { PluginCli } from '../test/support/login.ts';
import { measured, type Measured } from '../test/support/measured.ts';
import { startPracticeProcess } from '../test/support/practice-process.ts';
import { StockCli } from '../test/support/stock-cli.ts';

const accounts = Number(process.argv[2] ?? 1_000_000);
const flag = 'Send_to_HubSpot__c';
const editors = 'HubSpot_Flag_Editor';
/** Names end in the running number. */
const half = ['1', '3', '5', '7', '9'].map((digit) => `Name LIKE '%${digit}'`).join(' OR ');
const hundredth = "Name LIKE '%77'";
const target = ['--target-org', 'practice'];

const practice = await startPracticeProcess(accounts);
const plugin = await PluginCli.create();
const stock = await StockCli.create();
try {
  await plugin.login(practice, 'practice');
  await stock.login(practice, 'practice');
  await makeFlag();
  await compare();
} finally {
  await plugin.dispose();
  await stock.dispose();
  await practice.stop();
}

async function compare(): Promise<void> {
  const few = await flagRecords(hundredth, accounts / 100);
  await flagRecords(hundredth, accounts / 100, '--unflag');
  const many = await flagRecords(half, accounts / 2);
  await expectFlagged(half, accounts / 2);
  await flagRecords(half, accounts / 2, '--unflag');
  const byHand = await stockWay(half);
  await expectFlagged(half, accounts / 2);
  print(`flag-records, ${accounts / 100} of ${accounts}`, few);
  print(`flag-records, ${accounts / 2} of ${accounts}`, many);
  print(`stock way, ${accounts / 2} of ${accounts}`, byHand);
  ratio('memory of many : few', many.mebibytes / few.mebibytes);
  ratio('time, flag-records : stock way', many.seconds / byHand.seconds);
  ratio('memory, flag-records : stock way', many.mebibytes / byHand.mebibytes);
}

async function flagRecords(where: string, rows: number, ...more: readonly string[]): Promise<Measured> {
  const argv = [
    ...['integration-user', 'flag-records', ...target, '--integration', 'HubSpot', '--sobject', 'Account'],
    ...['--where', where, '--no-prompt', '--json', ...more],
  ];
  const run = await measured((environment) => plugin.run(argv, plugin.home, environment));
  const { result } = JSON.parse(run.stdout) as { readonly result: { readonly records: { readonly written: number } } };
  expectEqual(result.records.written, rows);
  return run;
}

/** What the CLI offers: export the Ids, add a column, update. */
async function stockWay(where: string): Promise<Measured> {
  const exported = join(stock.home, 'accounts.csv');
  const edited = join(stock.home, 'flagged.csv');
  const soql = `SELECT Id FROM Account WHERE (${where}) AND ${flag} = false`;
  const first = await sf('data', 'export', 'bulk', '--query', soql, '--output-file', exported, '--wait', '60');
  const begun = performance.now();
  await pipeline(withColumn(exported), createWriteStream(edited));
  const seconds = (performance.now() - begun) / 1000;
  const second = await sf('data', 'update', 'bulk', '--sobject', 'Account', '--file', edited, '--wait', '60');
  return {
    seconds: first.seconds + seconds + second.seconds,
    mebibytes: Math.max(first.mebibytes, second.mebibytes),
    stdout: second.stdout,
  };
}

async function* withColumn(path: string): AsyncGenerator<string> {
  let isHeader = true;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    yield `${line},${isHeader ? flag : 'true'}\n`;
    isHeader = false;
  }
}

function sf(...argv: readonly string[]): Promise<Measured> {
  return measured((environment) => stock.run([...argv, ...target, '--json'], { environment }));
}

/** The flag, and the administrator among those who may tick it. */
async function makeFlag(): Promise<void> {
  const folder = join(stock.home, 'flag');
  const permission = `<fieldPermissions><editable>true</editable><field>Account.${flag}</field><readable>true</readable></fieldPermissions>`;
  const files = {
    'package.xml': document(
      'Package',
      `<types><members>Account.${flag}</members><name>CustomField</name></types><types><members>${editors}</members><name>PermissionSet</name></types><version>66.0</version>`,
    ),
    'objects/Account.object': document(
      'CustomObject',
      `<fields><fullName>${flag}</fullName><defaultValue>false</defaultValue><label>Send to HubSpot</label><type>Checkbox</type></fields>`,
    ),
    [`permissionsets/${editors}.permissionset`]: document('PermissionSet', `${permission}<label>Flag Editor</label>`),
  };
  for (const part of ['objects', 'permissionsets']) await mkdir(join(folder, part), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  await sf('project', 'deploy', 'start', '--metadata-dir', folder, '--wait', '10');
  await sf('org', 'assign', 'permset', '--name', editors);
}

function document(type: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><${type} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${type}>`;
}

/** Exactly the right rows: as many are flagged as should be, and as many of those that should be. */
async function expectFlagged(where: string, rows: number): Promise<void> {
  expectEqual(await count(`${flag} = true`), rows);
  expectEqual(await count(`(${where}) AND ${flag} = true`), rows);
}

async function count(where: string): Promise<number> {
  const soql = encodeURIComponent(`SELECT COUNT() FROM Account WHERE ${where}`);
  const response = await fetch(`${practice.url}/services/data/v66.0/query?q=${soql}`, {
    headers: { Authorization: `Bearer ${practice.accessToken}` },
  });
  const body = (await response.json()) as { readonly totalSize: number };
  return body.totalSize;
}

function expectEqual(found: number, expected: number): void {
  if (found !== expected) throw new Error(`${found} rows instead of ${expected}`);
}

function print(what: string, { seconds, mebibytes }: Measured): void {
  process.stdout.write(`${what}: ${seconds.toFixed(1)} s, ${mebibytes.toFixed(0)} MiB\n`);
}

function ratio(what: string, value: number): void {
  process.stdout.write(`${what}: ${value.toFixed(2)}\n`);
}
