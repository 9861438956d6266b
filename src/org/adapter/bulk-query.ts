import { setTimeout as wait } from 'node:timers/promises';
import { toBulkError } from '../failure.js';
import type { IdBlock } from '../id-block.js';
import { isReply, slicesOfFile, type Reply } from './bulk-stream.js';
import type { StreamedAnswer } from './proxied-fetch.js';
import { idBlocks } from './id-file.js';
import { named, RequestFailure, type OrgRequest, type Transport } from './transport.js';

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
  await untilQueried(transport, id, signal);
  const columns = columnsOf(soql);
  let locator: string | null = '';
  while (locator !== null) locator = yield* pageOf(transport, id, columns, locator);
}

/** The first line of a result names the columns of the query, in its order (Bulk API 2.0 guide, "Get Results for a Query Job"). */
function columnsOf(soql: string): readonly string[] {
  const list = /^\s*SELECT\s+([\w\s,]+?)\s+FROM\s/i.exec(soql)?.[1];
  if (list === undefined) throw new RangeError(`"${soql}" is not a query of Ids`);
  return list.split(',').map((column) => column.trim());
}

async function* pageOf(
  transport: Transport,
  id: string,
  columns: readonly string[],
  locator: string,
): AsyncGenerator<IdBlock, string | null> {
  const from = locator === '' ? '' : `&locator=${encodeURIComponent(locator)}`;
  const seen: { next: string | null } = { next: null };
  try {
    const path = `/jobs/query/${id}/results?maxRecords=${pageRows}${from}`;
    const onAnswer = ({ headers }: StreamedAnswer): number | null => {
      seen.next = headers.get('sforce-locator');
      return rowsAnnounced(headers.get('sforce-numberofrecords'));
    };
    yield* slicesOfFile(transport, path, (body) => idBlocks(body, columns), onAnswer);
  } catch (error) {
    throw error instanceof RequestFailure ? toBulkError(error.failure) : error;
  }
  return seen.next === 'null' ? null : seen.next;
}

function rowsAnnounced(header: string | null): number | null {
  return header !== null && /^\d+$/.test(header) ? Number(header) : null;
}

async function readReply(transport: Transport, request: OrgRequest): Promise<Reply> {
  try {
    return await transport.tryRead(request, isReply);
  } catch (error) {
    throw error instanceof RequestFailure ? toBulkError(error.failure) : error;
  }
}

async function untilQueried(transport: Transport, id: string, signal: AbortSignal): Promise<void> {
  for (let delayMs = firstPollMs; ; delayMs = Math.min(delayMs * 2, longestPollMs)) {
    const job = await readReply(transport, { method: 'GET', path: `/jobs/query/${id}` });
    if (job['state'] === 'JobComplete') return;
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
