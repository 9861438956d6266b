import { isObject, NotAskable, type ProbeApi, type Row } from './probe-api.ts';

export type Write = {
  readonly method: 'POST' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly referenceId: string;
  readonly body?: unknown;
};

const haltedCode = 'PROCESSING_HALTED';

/**
 * Writes in one composite with allOrNone whose last subrequest cannot succeed, so that nothing stays in the org. Returns the
 * error of the first write that failed by itself, or `accepted`.
 */
export async function rolledBack(api: ProbeApi, writes: readonly Write[]): Promise<string> {
  const certainFailure = {
    method: 'GET',
    url: '/services/data/v66.0/sobjects/NoSuchObject__c/000000000000000',
    referenceId: 'last',
  };
  const { status, body } = await api.post('/services/data/v66.0/composite', {
    allOrNone: true,
    compositeRequest: [...writes, certainFailure],
  });
  if (!isObject(body) || !Array.isArray(body['compositeResponse']))
    throw new NotAskable(`composite answered ${status}`);
  const own = body['compositeResponse'].filter(isObject).filter((response) => response['referenceId'] !== 'last');
  const errors = own.map(firstError).filter((error) => error !== undefined && error['errorCode'] !== haltedCode);
  const [error] = errors;
  return error === undefined ? 'accepted' : `${String(error['errorCode'])}: ${String(error['message']).trim()}`;
}

function firstError(response: Row): Row | undefined {
  const { body } = response;
  const first: unknown = Array.isArray(body) ? body[0] : undefined;
  return isObject(first) && 'errorCode' in first ? first : undefined;
}
