import { RequestError } from './request-error.ts';
import { defaultDeployOptions, type DeployOptions } from '../metadata/messages.ts';
import { json, type Reply } from '../server/reply.ts';
import type { Route } from '../server/router.ts';
import { parameter, type ApiCall, type Handler } from './api-call.ts';
import { isJsonObject, jsonObject, parseJson, type JsonObject } from './json-body.ts';
import { multipartParts } from './multipart.ts';

const base = '/services/data/:version/metadata/deployRequest';

export const deployRequestRoutes: readonly Route<Handler>[] = [
  { pattern: base, methods: { POST: start } },
  { pattern: `${base}/:id`, methods: { GET: status, PATCH: cancel } },
];

/** Zip and options as multipart (`file`, and `json` in the guide or `entity_content` from the CLI), or a validation to deploy. */
function start(call: ApiCall): Reply {
  const contentType = call.headers['content-type'] ?? '';
  if (contentType.startsWith('application/json')) return startValidated(call, jsonObject(call.json()));
  const parts = multipartParts(call.bytes, contentType);
  const zip = parts.find((part) => part.name === 'file')?.content;
  const description = parts.find((part) => part.name === 'json' || part.name === 'entity_content')?.content;
  if (zip === undefined || description === undefined) {
    throw new RequestError('MISSING_ARGUMENT', 'The parts "json" and "file" are required');
  }
  const given = jsonObject(parseJson(description.toString('utf8')))['deployOptions'];
  const options = readOptions(isJsonObject(given) ? given : {});
  return started(call, call.services.metadata.deploy(call.caller, zip, options), 201);
}

function startValidated(call: ApiCall, body: JsonObject): Reply {
  const id = body['validatedDeployRequestId'];
  if (typeof id !== 'string') throw new RequestError('MISSING_ARGUMENT', 'validatedDeployRequestId is required');
  return started(call, call.services.metadata.deployRecentValidation(call.caller, id), 201);
}

type Ticket = { readonly id: string; readonly changed: Promise<number> };

function started(call: ApiCall, ticket: Ticket, httpStatus: number): Reply {
  const { metadata } = call.services;
  void ticket.changed.then((changed) => {
    call.effects.changed += changed;
  });
  return json(httpStatus, {
    id: ticket.id,
    deployOptions: metadata.deployOptions(call.caller, ticket.id),
    deployResult: metadata.deployStatus(call.caller, ticket.id, false),
  });
}

function status(call: ApiCall): Reply {
  const id = parameter(call, 'id');
  const includeDetails = call.query.get('includeDetails') === 'true';
  return json(200, {
    id,
    deployResult: call.services.metadata.deployStatus(call.caller, id, includeDetails),
    deployOptions: call.services.metadata.deployOptions(call.caller, id),
  });
}

/** `{"deployResult":{"status":"Canceling"}}` is the one change that may be asked for. */
function cancel(call: ApiCall): Reply {
  const id = parameter(call, 'id');
  const requested = jsonObject(call.json())['deployResult'];
  if (!isJsonObject(requested) || requested['status'] !== 'Canceling') {
    throw new RequestError('INVALID_FIELD', 'Only the status Canceling can be set');
  }
  call.services.metadata.cancel(call.caller, id);
  return json(202, { id, deployResult: call.services.metadata.deployStatus(call.caller, id, false) });
}

function readOptions(given: JsonObject): DeployOptions {
  const flag = (name: keyof DeployOptions): boolean => given[name] === true;
  const { testLevel, runTests } = given;
  return {
    ...defaultDeployOptions,
    checkOnly: flag('checkOnly'),
    rollbackOnError: flag('rollbackOnError'),
    ignoreWarnings: flag('ignoreWarnings'),
    singlePackage: flag('singlePackage'),
    purgeOnDelete: flag('purgeOnDelete'),
    allowMissingFiles: flag('allowMissingFiles'),
    autoUpdatePackage: flag('autoUpdatePackage'),
    performRetrieve: flag('performRetrieve'),
    testLevel: typeof testLevel === 'string' ? testLevel : null,
    runTests: Array.isArray(runTests) ? runTests.map(String) : [],
  };
}
