/**
 * How the practice org answers over HTTP with many records: `node bench/practice-org-server.ts [records]`, default 1,000,000
 * accounts (3.25 million rows). Prints times and the memory of the process.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { defaultSettings } from '../practice-org/server/command-line.ts';
import { startServer, type PracticeServer } from '../practice-org/server/start.ts';

type Job = { readonly id: string; readonly state: string; readonly numberRecordsFailed: number };

const base = '/services/data/v66.0';
const records = Number(process.argv[2] ?? 1_000_000);

const server = await timed('start', () => startServer({ ...defaultSettings, records }, { port: 0 }));
await timed('count of accounts', () => query('SELECT COUNT() FROM Account'));
await timed('count with a filter', () => query("SELECT COUNT() FROM Account WHERE Industry = 'Technology'"));
await timed('first page', () => query('SELECT Id, Name FROM Account ORDER BY Name'));
const file = await timed('bulk export of every Id', exportIds);
await timed('bulk update of every account', () => updateAll(file));
const mebibytes = Math.round(process.memoryUsage().rss / 2 ** 20);
process.stdout.write(`memory: ${mebibytes} MiB\n`);
await server.close();

async function exportIds(): Promise<readonly string[]> {
  const description = { operation: 'query', query: 'SELECT Id FROM Account' };
  const { id } = await send<Job>(server, 'POST', '/jobs/query', description);
  await ended('query', id);
  const ids: string[] = [];
  let locator: string | null = '';
  while (locator !== 'null' && locator !== null) {
    const address: string = `${server.url}${base}/jobs/query/${id}/results${locator === '' ? '' : `?locator=${locator}`}`;
    const response: Response = await fetch(address, { headers: { Authorization: `Bearer ${server.accessToken}` } });
    for (const [found] of (await response.text()).matchAll(/001\w{15}/g)) ids.push(found);
    locator = response.headers.get('sforce-locator');
  }
  return ids;
}

async function updateAll(ids: readonly string[]): Promise<void> {
  const { id } = await send<Job>(server, 'POST', '/jobs/ingest', { object: 'Account', operation: 'update' });
  await send(server, 'PUT', `/jobs/ingest/${id}/batches`, `Id,Rating\n${ids.map((row) => `${row},Hot\n`).join('')}`);
  await send(server, 'PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });
  await ended('ingest', id);
}

/** Prints the slowest answer as well: a job must not hold up other requests. */
async function ended(kind: 'ingest' | 'query', id: string): Promise<void> {
  let slowest = 0;
  let job: Job | undefined;
  while (job?.state !== 'JobComplete') {
    await delay(50);
    const begun = performance.now();
    job = await send<Job>(server, 'GET', `/jobs/${kind}/${id}`);
    slowest = Math.max(slowest, performance.now() - begun);
  }
  process.stdout.write(`  slowest answer meanwhile: ${Math.round(slowest)} ms\n`);
}

function query(soql: string): Promise<unknown> {
  return send(server, 'GET', `/query?q=${encodeURIComponent(soql)}`);
}

async function send<Body>(target: PracticeServer, method: string, path: string, body?: unknown): Promise<Body> {
  const response = await fetch(`${target.url}${base}${path}`, {
    method,
    headers: { Authorization: `Bearer ${target.accessToken}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as Body;
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const result = await work();
  process.stdout.write(`${what}: ${Math.round(performance.now() - begun)} ms\n`);
  return result;
}
