import { setTimeout as wait } from 'node:timers/promises';
import { toBulkError } from '../failure.js';
import type { IdBlock } from '../id-block.js';
import { incomplete, isReply, slicesOfFile, type Reply } from './bulk-stream.js';
import type { StreamedAnswer } from './proxied-fetch.js';
import { idBlocks } from './id-file.js';
import { garbage, named, RequestFailure, type OrgRequest, type Transport } from './transport.js';

const firstPollMs = 200;
const longestPollMs = 5_000;
/** Rows of one result page; a page is streamed, so this bounds requests, not memory. */
const pageRows = 250_000;

/** What a query of Ids, and perhaps a checkbox, finds: page by page, in blocks as they arrive. */
export async function* queryIds(transport: Transport, soql: string, signal: AbortSignal): AsyncGenerator<IdBlock> {
  // A query changes nothing, so a job whose answer was lost may be made again.
  const body = { operation: 'query', query: soql };
  const job = await readReply(transport, { method: 'POST', path: '/jobs/query', body });
  const id = String(job['id']);
  const processed = await untilQueried(transport, id, signal);
  const columns = columnsOf(soql);
  let rows = 0;
  for (let next: Page['next'] = first; next !== last;) {
    const page: Page = { next };
    for await (const block of blocksOf(transport, id, columns, page)) {
      rows += block.length;
      yield block;
    }
    next = page.next;
  }
  if (processed !== null && rows < processed) throw toBulkError(incomplete(rows, processed).failure);
}

/** The page that is asked for by its locator, and once it is read the one that follows. */
type Page = { next: string };
const first = '';
/** How Salesforce says that nothing follows (guide, "Get Results for a Query Job"). A header that is missing says nothing. */
const last = 'null';

/** The first line of a result names the columns of the query, in its order (Bulk API 2.0 guide, "Get Results for a Query Job"). */
function columnsOf(soql: string): readonly string[] {
  const list = /^\s*SELECT\s+([\w\s,]+?)\s+FROM\s/i.exec(soql)?.[1];
  if (list === undefined) throw new RangeError(`"${soql}" is not a query of Ids`);
  return list.split(',').map((column) => column.trim());
}

async function* blocksOf(
  transport: Transport,
  id: string,
  columns: readonly string[],
  page: Page,
): AsyncGenerator<IdBlock> {
  const from = page.next === first ? '' : `&locator=${encodeURIComponent(page.next)}`;
  const path = `/jobs/query/${id}/results?maxRecords=${pageRows}${from}`;
  const verify = (rows: number, { headers }: StreamedAnswer): void => {
    const announced = numberIn(headers.get('sforce-numberofrecords'));
    if (announced !== null && rows !== announced) throw incomplete(rows, announced);
    page.next = locatorIn(headers);
  };
  try {
    yield* slicesOfFile(transport, path, (body) => idBlocks(body, columns), verify);
  } catch (error) {
    throw error instanceof RequestFailure ? toBulkError(error.failure) : error;
  }
}

function locatorIn(headers: StreamedAnswer['headers']): string {
  const locator = headers.get('sforce-locator') ?? '';
  if (locator === '') throw new RequestFailure(garbage('a result that does not say whether more of it follows'));
  return locator;
}

function numberIn(text: unknown): number | null {
  return /^\d+$/.test(String(text)) ? Number(text) : null;
}

async function readReply(transport: Transport, request: OrgRequest): Promise<Reply> {
  try {
    return await transport.tryRead(request, isReply);
  } catch (error) {
    throw error instanceof RequestFailure ? toBulkError(error.failure) : error;
  }
}

/** So many rows the result has; null where the job doesn't tell. */
async function untilQueried(transport: Transport, id: string, signal: AbortSignal): Promise<number | null> {
  for (let delayMs = firstPollMs; ; delayMs = Math.min(delayMs * 2, longestPollMs)) {
    const job = await readReply(transport, { method: 'GET', path: `/jobs/query/${id}` });
    if (job['state'] === 'JobComplete') return numberIn(job['numberRecordsProcessed']);
    if (job['state'] === 'Failed' || job['state'] === 'Aborted') await refuse(job);
    signal.throwIfAborted();
    await wait(delayMs);
  }
}

/** The job's text is "CODE: message", as a refused query would be answered. */
function refuse(job: Reply): Promise<never> {
  const text = typeof job['errorMessage'] === 'string' ? job['errorMessage'] : String(job['state']);
  const [, errorCode = 'BULK_QUERY_FAILED', message = text] = /^([A-Z_]+): ([^]*)$/.exec(text) ?? [];
  return named(() => {
    throw new RequestFailure({ errorCode, message, status: 400, kind: 'answer' });
  });
}
