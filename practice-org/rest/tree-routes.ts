import { SalesforceError } from '../org/errors.ts';
import { json, type Reply } from '../server/reply.ts';
import type { Values } from '../storage/table.ts';
import { parameter, type ApiCall } from './api-call.ts';
import { isJsonObject, jsonObject, recordType, recordValues, type JsonObject } from './json-body.ts';
import { pathObject } from './object-names.ts';
import { insertRecord } from './record-writes.ts';
import { RequestError } from './request-error.ts';

const mostRecords = 200;

type TreeResult = { readonly referenceId: string; readonly id: string };

class TreeFailure extends Error {
  public readonly referenceId: string;
  public readonly error: SalesforceError;

  public constructor(referenceId: string, error: SalesforceError) {
    super(error.message);
    this.referenceId = referenceId;
    this.error = error;
  }
}

/** Records with their children, created all together or not at all (REST guide, sObject Tree). */
export function createTree(call: ApiCall): Reply {
  pathObject(call, parameter(call, 'object'));
  const roots = recordsOf(jsonObject(call.json()));
  try {
    const results = call.effects.within((effects) =>
      call.services.org.store.transaction(() => {
        const created: TreeResult[] = [];
        for (const root of roots) createBranch({ ...call, effects }, root, {}, created);
        return created;
      }),
    );
    return json(201, { hasErrors: false, results });
  } catch (thrown) {
    if (thrown instanceof TreeFailure) return json(400, { hasErrors: true, results: [failure(thrown)] });
    throw thrown;
  }
}

function failure({ referenceId, error: { errorCode, message, fields } }: TreeFailure) {
  return { referenceId, errors: [{ statusCode: errorCode, message, fields }] };
}

function createBranch(call: ApiCall, record: JsonObject, parent: Values, created: TreeResult[]): void {
  if (created.length >= mostRecords) {
    throw new RequestError('LIMIT_EXCEEDED', `The tree has more than ${mostRecords} records`);
  }
  const object = recordType(record);
  const referenceId = referenceOf(record);
  const entries = Object.entries(record);
  const own = Object.fromEntries(entries.filter(([, value]) => !isJsonObject(value)));
  const id = insertNode(call, object, referenceId, { ...recordValues(own), ...parent });
  created.push({ referenceId, id });
  for (const [name, value] of entries) {
    if (name === 'attributes' || !isJsonObject(value)) continue;
    const field = childField(call, object, name);
    for (const child of recordsOf(value)) createBranch(call, child, { [field]: id }, created);
  }
}

function insertNode(call: ApiCall, object: string, referenceId: string, values: Values): string {
  try {
    return insertRecord(call, object, values);
  } catch (thrown) {
    throw thrown instanceof SalesforceError ? new TreeFailure(referenceId, thrown) : thrown;
  }
}

/** The lookup of the children that the relationship leads to. */
function childField(call: ApiCall, object: string, relationship: string): string {
  const found = call.services.org.schema
    .childRelationships(object)
    .find((child) => child.relationshipName.toLowerCase() === relationship.toLowerCase());
  if (found !== undefined) return found.field;
  throw new RequestError('INVALID_FIELD', `No such relationship '${relationship}' on sobject of type ${object}`);
}

function recordsOf(body: JsonObject): readonly JsonObject[] {
  const { records } = body;
  if (Array.isArray(records) && records.length > 0) return records.filter(isJsonObject);
  throw new RequestError('REQUIRED_FIELD_MISSING', 'At least 1 record is required');
}

function referenceOf({ attributes }: JsonObject): string {
  const referenceId = isJsonObject(attributes) ? attributes['referenceId'] : undefined;
  if (typeof referenceId === 'string') return referenceId;
  throw new RequestError('MISSING_ARGUMENT', 'Each record needs a referenceId in its attributes');
}
