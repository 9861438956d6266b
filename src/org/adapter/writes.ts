import type { Row } from '../../observation/question.js';
import type { WriteFailure, WriteOutcome, WriteRequest } from '../port.js';
import { certaintyOf, toOrgError, type RawFailure } from '../failure.js';
import { RequestFailure, type Transport } from './transport.js';

type SubAnswer = { readonly referenceId: string; readonly httpStatusCode: number; readonly body: unknown };
type CompositeAnswer = { readonly compositeResponse: readonly SubAnswer[] };
type SaveResult = { readonly id?: string; readonly success: boolean; readonly errors: readonly unknown[] };

/** Composite takes 25 subrequests (REST guide). */
const compositeSize = 25;
/** Collections take 200 rows (REST guide). */
const collectionSize = 200;

type Outcomes = ReadonlyArray<WriteOutcome | undefined>;

/**
 * Setup rows of several types in one composite: some orgs take it, some refuse it. It is tried once for a chunk; refused
 * before anything was done, the rows go one by one. Throws OrgError where the effect is not known.
 */
export async function write(transport: Transport, requests: readonly WriteRequest[]): Promise<Outcomes> {
  const outcomes: Array<WriteOutcome | undefined> = [];
  const idOf = new Map<string, string>();
  for (let start = 0; start < requests.length; start += compositeSize) {
    const chunk = requests.slice(start, start + compositeSize).map((request) => withKnownReferences(request, idOf));
    const done = await writeChunk(transport, chunk);
    done.forEach((outcome, index) => {
      const referenceId = chunk[index]?.referenceId;
      if (outcome?.ok === true && referenceId !== undefined) idOf.set(referenceId, outcome.id);
    });
    outcomes.push(...done);
    if (done.some((outcome) => outcome?.ok !== true)) break;
  }
  return requests.map((_, index) => outcomes[index]);
}

/** Rows of one object in collections of 200, each with its own outcome. */
export async function writeRows(
  transport: Transport,
  method: 'POST' | 'PATCH' | 'DELETE',
  sobject: string,
  rows: readonly Row[],
): Promise<readonly WriteOutcome[]> {
  const outcomes: WriteOutcome[] = [];
  for (let start = 0; start < rows.length; start += collectionSize) {
    outcomes.push(...(await writeCollection(transport, method, sobject, rows.slice(start, start + collectionSize))));
  }
  return outcomes;
}

async function writeChunk(transport: Transport, requests: readonly WriteRequest[]): Promise<Outcomes> {
  const tried = requests.length < 2 ? requests.map(() => undefined) : await tryComposite(transport, requests);
  return finishOneByOne(transport, requests, tried);
}

/** What one composite achieved; undefined for rows that it did not attempt, or refused only for the company they were in. */
async function tryComposite(transport: Transport, requests: readonly WriteRequest[]): Promise<Outcomes> {
  try {
    return await writeComposite(transport, requests);
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    if (!refusesMixture(error.failure)) throw toOrgError(error.failure);
    return requests.map(() => undefined);
  }
}

async function writeComposite(transport: Transport, requests: readonly WriteRequest[]): Promise<Outcomes> {
  const version = transport.connection.getApiVersion();
  const compositeRequest = requests.map((request) => ({
    method: request.method,
    url: `/services/data/v${version}${rowPath(request)}`,
    referenceId: request.referenceId,
    ...(request.method === 'DELETE' ? {} : { body: request.values }),
  }));
  const answer = await transport.sendOnce(
    { method: 'POST', path: '/composite', body: { allOrNone: false, compositeRequest } },
    isComposite,
  );
  const byReference = new Map(answer.compositeResponse.map((sub) => [sub.referenceId, sub]));
  return requests.map((request) => outcomeOf(request, byReference.get(request.referenceId)));
}

/** In order, each row that is still open on its own, until one is refused. */
async function finishOneByOne(
  transport: Transport,
  requests: readonly WriteRequest[],
  tried: Outcomes,
): Promise<Outcomes> {
  const outcomes: Array<WriteOutcome | undefined> = [...tried];
  const idOf = new Map<string, string>();
  for (const [index, request] of requests.entries()) {
    const outcome = outcomes[index] ?? (await writeSingle(transport, withKnownReferences(request, idOf)));
    outcomes[index] = outcome;
    if (!outcome.ok) break;
    idOf.set(request.referenceId, outcome.id);
  }
  return outcomes;
}

async function writeSingle(transport: Transport, request: WriteRequest): Promise<WriteOutcome> {
  try {
    const path = rowPath(request);
    if (request.method === 'POST') {
      const saved = await transport.sendOnce({ method: 'POST', path, body: request.values }, isCreated);
      return { ok: true, id: saved.id, created: true };
    }
    const body = request.method === 'PATCH' ? { body: request.values } : {};
    await transport.sendOnce({ method: request.method, path, ...body }, isNothing);
    return { ok: true, id: request.id, created: false };
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    return rowRefusalOrThrown(error.failure);
  }
}

async function writeCollection(
  transport: Transport,
  method: 'POST' | 'PATCH' | 'DELETE',
  sobject: string,
  rows: readonly Row[],
): Promise<readonly WriteOutcome[]> {
  try {
    const answers = await transport.sendOnce(collectionRequest(method, sobject, rows), isSaveResults);
    return rows.map((row, index) => collectionOutcome(row, answers[index], method));
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error;
    throw toOrgError(error.failure);
  }
}

function collectionRequest(
  method: 'POST' | 'PATCH' | 'DELETE',
  sobject: string,
  rows: readonly Row[],
): { readonly method: typeof method; readonly path: string; readonly body?: unknown } {
  if (method === 'DELETE') {
    const ids = rows.map((row) => String(row['Id'])).join(',');
    return { method, path: `/composite/sobjects?ids=${ids}&allOrNone=false` };
  }
  const records = rows.map((row) => ({ attributes: { type: sobject }, ...row }));
  return { method, path: '/composite/sobjects', body: { allOrNone: false, records } };
}

function collectionOutcome(row: Row, answer: SaveResult | undefined, method: string): WriteOutcome {
  if (answer === undefined) return { ok: false, failure: rowFailure(undefined) };
  if (!answer.success) return { ok: false, failure: rowFailure(answer.errors[0]) };
  return { ok: true, id: answer.id ?? String(row['Id']), created: method === 'POST' };
}

function outcomeOf(request: WriteRequest, sub: SubAnswer | undefined): WriteOutcome | undefined {
  if (sub === undefined) return undefined;
  if (sub.httpStatusCode < 300) {
    if (request.method !== 'POST') return { ok: true, id: request.id, created: false };
    return isCreated(sub.body) ? { ok: true, id: sub.body.id, created: true } : undefined;
  }
  const first: unknown = Array.isArray(sub.body) ? sub.body[0] : sub.body;
  const failure = rowFailure(first);
  return wasNotAttempted(failure) ? undefined : { ok: false, failure };
}

/** Halted because of another row, referring to one that failed, or refused only for the company it was in. */
function wasNotAttempted({ errorCode, message }: WriteFailure): boolean {
  if (errorCode === 'PROCESSING_HALTED' || /Invalid reference specified/i.test(message)) return true;
  return refusesMixture({ errorCode, message, status: 400, kind: 'answer' });
}

/**
 * "You can't create records for multiple object types in one call when one of the types is related to … Setup" (REST guide),
 * and the transaction rule of setup objects, MIXED_DML_OPERATION.
 */
function refusesMixture(failure: RawFailure): boolean {
  if (failure.kind !== 'answer') return false;
  return failure.errorCode === 'MIXED_DML_OPERATION' || /multiple object types|setup object/i.test(failure.message);
}

function rowRefusalOrThrown(failure: RawFailure): WriteOutcome {
  const speaksOfRow =
    failure.kind === 'answer' && failure.status !== 401 && failure.status !== 429 && certaintyOf(failure) === 'refused';
  if (!speaksOfRow || failure.errorCode === 'REQUEST_LIMIT_EXCEEDED') throw toOrgError(failure);
  return { ok: false, failure: { errorCode: failure.errorCode, message: failure.message, fields: [] } };
}

function rowFailure(error: unknown): WriteFailure {
  if (!isRecord(error)) return { errorCode: 'UNKNOWN', message: 'Salesforce gave no reason.', fields: [] };
  const code = error['errorCode'] ?? error['statusCode'];
  const fields = Array.isArray(error['fields']) ? error['fields'].map(String) : [];
  return { errorCode: textOr(code, 'UNKNOWN'), message: textOr(error['message'], ''), fields };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

/** References to rows that an earlier request made become their Ids. */
function withKnownReferences(request: WriteRequest, idOf: ReadonlyMap<string, string>): WriteRequest {
  const resolved = (value: unknown): unknown =>
    typeof value === 'string'
      ? value.replace(/@\{([^.}]+)\.id\}/g, (whole, reference: string) => idOf.get(reference) ?? whole)
      : value;
  if (request.method === 'DELETE') return request;
  const values = Object.fromEntries(Object.entries(request.values).map(([field, value]) => [field, resolved(value)]));
  return { ...request, values };
}

function rowPath(request: WriteRequest): string {
  const object = `/sobjects/${request.sobject}`;
  return request.method === 'POST' ? object : `${object}/${request.id}`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCreated(body: unknown): body is { readonly id: string } {
  return isRecord(body) && typeof body['id'] === 'string' && body['success'] !== false;
}

function isNothing(body: unknown): body is undefined {
  return body === undefined || body === null || body === '';
}

function isComposite(body: unknown): body is CompositeAnswer {
  return isRecord(body) && Array.isArray(body['compositeResponse']);
}

function isSaveResults(body: unknown): body is readonly SaveResult[] {
  return Array.isArray(body) && body.every((item) => isRecord(item) && typeof item['success'] === 'boolean');
}
