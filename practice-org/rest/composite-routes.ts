import { RequestError } from './request-error.ts';
import { errorBody, replyToThrown } from '../server/error-reply.ts';
import { json, type Reply } from '../server/reply.ts';
import type { ApiCall } from './api-call.ts';
import { resolveReferences, resolveText } from './composite-references.ts';
import { createSetupWriteGuard, type SetupWriteGuard } from './composite-setup.ts';
import { isJsonObject, jsonObject, optionalBoolean, type JsonObject } from './json-body.ts';
import { runSubrequest } from './subrequest.ts';

type Subrequest = {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body: unknown;
};
type SubresponseBody = {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
};
type Composite = { readonly subrequests: readonly Subrequest[]; readonly allOrNone: boolean };

const mostSubrequests = 25;
/** Queries and sObject Collections among the subrequests (REST guide, Composite). */
const mostQueriesAndCollections = 5;

export function composite(call: ApiCall): Reply {
  const { subrequests, allOrNone } = parseComposite(call);
  const responses = allOrNone ? inOneTransaction(call, subrequests) : inOrder(call, subrequests, false);
  return json(200, { compositeResponse: responses });
}

function parseComposite(call: ApiCall): Composite {
  const body = jsonObject(call.json());
  const list = body['compositeRequest'];
  if (!Array.isArray(list)) throw new RequestError('MISSING_ARGUMENT', 'compositeRequest must be specified');
  const subrequests = list.map((item) => parseSubrequest(jsonObject(item)));
  if (subrequests.length > mostSubrequests) {
    throw new RequestError(
      'LIMIT_EXCEEDED',
      `Composite subrequests limit exceeded. Number of subrequests must not exceed ${mostSubrequests}.`,
    );
  }
  if (subrequests.filter((subrequest) => isQueryOrCollection(subrequest.url)).length > mostQueriesAndCollections) {
    throw new RequestError(
      'LIMIT_EXCEEDED',
      `Composite subrequests limit exceeded. Number of query and sObject Collections subrequests must not exceed ${mostQueriesAndCollections}.`,
    );
  }
  if (new Set(subrequests.map((subrequest) => subrequest.referenceId)).size < subrequests.length) {
    throw new RequestError('INVALID_INPUT', 'Reference IDs must be unique within a composite request');
  }
  return { subrequests, allOrNone: optionalBoolean(body, 'allOrNone') };
}

function parseSubrequest(item: JsonObject): Subrequest {
  const { method, url, referenceId, body } = item;
  if (typeof method !== 'string' || typeof url !== 'string' || typeof referenceId !== 'string') {
    throw new RequestError('MISSING_ARGUMENT', 'A subrequest needs method, url and referenceId');
  }
  if (!/^[A-Za-z0-9]\w*$/.test(referenceId)) {
    throw new RequestError(
      'INVALID_INPUT',
      `Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`,
    );
  }
  return { method: method.toUpperCase(), url, referenceId, body };
}

function isQueryOrCollection(url: string): boolean {
  return /\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/.test(url);
}

/** `stopAtFailure`: with allOrNone, what follows a failure is not tried. */
function inOrder(
  call: ApiCall,
  subrequests: readonly Subrequest[],
  stopAtFailure: boolean,
): readonly SubresponseBody[] {
  const answers = new Map<string, unknown>();
  const guard = createSetupWriteGuard(call.services.org, stopAtFailure);
  const responses: SubresponseBody[] = [];
  for (const subrequest of subrequests) {
    const response = respond(call, subrequest, answers, guard);
    responses.push(response);
    if (response.httpStatusCode < 400) answers.set(subrequest.referenceId, response.body);
    else if (stopAtFailure) break;
  }
  return responses;
}

function respond(
  call: ApiCall,
  subrequest: Subrequest,
  answers: ReadonlyMap<string, unknown>,
  guard: SetupWriteGuard,
): SubresponseBody {
  const { referenceId, method } = subrequest;
  const reply = answered(() => {
    const url = resolveText(subrequest.url, answers);
    const body = resolveReferences(subrequest.body, answers);
    guard.admit(method, url, body);
    return runSubrequest(call, method, url, body);
  });
  return {
    body: reply.content.kind === 'json' ? reply.content.value : null,
    httpHeaders: reply.headers,
    httpStatusCode: reply.status,
    referenceId,
  };
}

function answered(work: () => Reply): Reply {
  try {
    return work();
  } catch (thrown) {
    return replyToThrown(thrown);
  }
}

class RolledBack extends Error {}

function inOneTransaction(call: ApiCall, subrequests: readonly Subrequest[]): readonly SubresponseBody[] {
  let responses: readonly SubresponseBody[] = [];
  try {
    call.effects.within((effects) =>
      call.services.org.store.transaction(() => {
        responses = inOrder({ ...call, effects }, subrequests, true);
        if (responses.some(hasFailure)) throw new RolledBack();
      }),
    );
    return responses;
  } catch (thrown) {
    if (!(thrown instanceof RolledBack)) throw thrown;
    return subrequests.map((subrequest, index) => afterRollback(subrequest, responses[index]));
  }
}

function hasFailure(response: SubresponseBody): boolean {
  if (response.httpStatusCode >= 400) return true;
  // A collection answers 200 with failed rows in it; under allOrNone these fail the whole composite as well.
  return Array.isArray(response.body) && response.body.some((row) => isJsonObject(row) && row['success'] === false);
}

function afterRollback(subrequest: Subrequest, response: SubresponseBody | undefined): SubresponseBody {
  if (response !== undefined && hasFailure(response)) return response;
  const error = new RequestError(
    'PROCESSING_HALTED',
    'The transaction was rolled back since another operation in the same transaction failed.',
  );
  return { body: errorBody(error), httpHeaders: {}, httpStatusCode: 400, referenceId: subrequest.referenceId };
}
