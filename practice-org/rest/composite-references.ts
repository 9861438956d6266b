import { SalesforceError } from '../org/errors.ts';
import { isJsonObject } from './json-body.ts';

/** Answers of earlier subrequests, by referenceId; undefined stands for one that failed. */
export type Answers = ReadonlyMap<string, unknown>;

const reference = /@\{([^}]+)\}/g;

/** Replaces every `@{refId.path[0].field}` in the texts of a URL or a body. */
export function resolveReferences(value: unknown, answers: Answers): unknown {
  if (typeof value === 'string') return resolveText(value, answers);
  if (Array.isArray(value)) return value.map((item) => resolveReferences(item, answers));
  if (isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveReferences(item, answers)]));
  }
  return value;
}

export function resolveText(text: string, answers: Answers): string {
  return text.replace(reference, (_match, path: string) => lookUp(path, answers));
}

function lookUp(path: string, answers: Answers): string {
  const [name = '', ...steps] = path.replaceAll(/\[(\d+)\]/g, '.$1').split('.');
  let value = answers.get(name);
  for (const step of steps) value = child(value, step);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new SalesforceError('PROCESSING_HALTED', `Invalid reference specified. No value for ${path} found in ${name}`);
}

/** Field names are matched in any case: `@{ref.id}` and `@{ref.Id}` both occur in the REST guide. */
function child(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  if (!isJsonObject(value)) return undefined;
  if (step in value) return value[step];
  const key = Object.keys(value).find((name) => name.toLowerCase() === step.toLowerCase());
  return key === undefined ? undefined : value[key];
}
