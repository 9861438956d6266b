import { SalesforceError } from '../org/errors.ts';
import type { Value, Values } from '../storage/table.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw parserError(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

export function jsonObject(value: unknown): JsonObject {
  if (isJsonObject(value)) return value;
  throw parserError('The request body is not a JSON object');
}

export function optionalBoolean(body: JsonObject, key: string): boolean {
  const value = body[key];
  return value === true || value === 'true';
}

/** Field values of a record body. `attributes` is the record's address, not a field. */
export function recordValues(body: JsonObject): Values {
  const values: Record<string, Value> = {};
  for (const [field, value] of Object.entries(body)) {
    if (field === 'attributes') continue;
    values[field] = fieldValue(value);
  }
  return values;
}

function fieldValue(value: unknown): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return value;
  }
  const token = Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
  throw parserError(`Cannot deserialize instance of string from ${token} value ${JSON.stringify(value)}`);
}

export function recordType(body: JsonObject): string {
  const { attributes } = body;
  const type = isJsonObject(attributes) ? attributes['type'] : undefined;
  if (typeof type === 'string') return type;
  throw new SalesforceError('INVALID_FIELD', 'The attributes.type of a record must be specified');
}

function parserError(message: string): SalesforceError {
  return new SalesforceError('JSON_PARSER_ERROR', message);
}
