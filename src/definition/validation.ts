import type { z } from 'zod';
import { nearest, type Path, type PathSegment, pathText, type Problem, shownValue } from './problem.js';
import { type DefinitionDocument, definitionSchema } from './schema.js';
import type { Source } from './source.js';
import { definitionText } from './texts.js';

export type Validation =
  | { readonly ok: true; readonly document: DefinitionDocument }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Issue = z.core.$ZodIssue;
type Positions = Pick<Source, 'keyAt' | 'valueAt'>;

/** Checks the shape of a document; every issue becomes a problem with position, value and suggestion. */
export function validateDocument(value: unknown, positions: Positions): Validation {
  const result = definitionSchema.safeParse(value);
  if (result.success) return { ok: true, document: result.data };
  return { ok: false, problems: result.error.issues.flatMap((issue) => problemsOf(issue, value, positions)) };
}

function problemsOf(issue: Issue, root: unknown, positions: Positions): readonly Problem[] {
  const path = issue.path.filter((segment): segment is PathSegment => typeof segment !== 'symbol');
  const value = valueAtPath(root, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, positions));
  if (issue.code === 'invalid_key')
    return [malformed(issue.issues[0]?.message ?? '', path, path.at(-1), positions.keyAt(path))];
  if (issue.code === 'invalid_format') return [malformed(issue.message, path, value, positions.valueAt(path))];
  if (issue.code === 'invalid_value') return [notAllowed(issue.values.map(String), path, value, positions)];
  return [value === undefined ? missing(path, positions) : wrongType(expectedOf(issue), path, value, positions)];
}

function unknownKey(key: string, parent: Path, positions: Positions): Problem {
  const path = [...parent, key];
  const known = knownKeys(parent);
  const meant = nearest(key, known);
  const message = definitionText('problem.UnknownKey', [key, describePath(parent), known.join(', ')]);
  return { ...positions.keyAt(path), path: pathText(path), message, value: key, ...suggestion(meant) };
}

function missing(path: Path, positions: Positions): Problem {
  const message = definitionText('problem.Missing', [pathText(path)]);
  return { ...positions.keyAt(path.slice(0, -1)), path: pathText(path), message };
}

function wrongType(expected: string, path: Path, value: unknown, positions: Positions): Problem {
  const message = definitionText('problem.WrongType', [
    describePath(path),
    definitionText(`type.${expected}`),
    described(value),
  ]);
  const fix = suggestion(typeSuggestion(expected, value));
  return { ...positions.valueAt(path), path: pathText(path), message, value: shownValue(value), ...fix };
}

function malformed(shape: string, path: Path, value: unknown, position: Pick<Problem, 'line' | 'column'>): Problem {
  const message = definitionText(`problem.Shape.${shape}`, [pathText(path), shownValue(value)]);
  return { ...position, path: pathText(path), message, value: shownValue(value) };
}

function notAllowed(allowed: readonly string[], path: Path, value: unknown, positions: Positions): Problem {
  if (value === undefined) return missing(path, positions);
  const message = definitionText('problem.NotAllowed', [pathText(path), allowed.join(', '), shownValue(value)]);
  const meant = typeof value === 'string' ? nearest(value, allowed) : undefined;
  return { ...positions.valueAt(path), path: pathText(path), message, value: shownValue(value), ...suggestion(meant) };
}

function expectedOf(issue: Issue): string {
  if (issue.code === 'invalid_union') return 'simple';
  return issue.code === 'invalid_type' ? issue.expected : 'object';
}

/** YAML 1.2 reads `no` and `on` as texts and `0123` as a number: say what to write instead. */
function typeSuggestion(expected: string, value: unknown): string | undefined {
  if (expected === 'boolean' && typeof value === 'string') {
    if (/^(yes|y|on|true|1)$/i.test(value)) return 'true';
    if (/^(no|n|off|false|0)$/i.test(value)) return 'false';
  }
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return JSON.stringify(String(value));
  if (expected === 'array' && typeof value === 'string') return `[${value}]`;
  return undefined;
}

function described(value: unknown): string {
  if (value === null) return definitionText('actual.nothing');
  if (Array.isArray(value)) return definitionText('actual.list');
  if (typeof value === 'object') return definitionText('actual.group');
  return definitionText(`actual.${typeof value}`, [shownValue(value)]);
}

function describePath(path: Path): string {
  return path.length === 0 ? definitionText('path.root') : pathText(path);
}

function suggestion(text: string | undefined): { readonly suggestion?: string } {
  return text === undefined ? {} : { suggestion: text };
}

function valueAtPath(root: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      typeof value === 'object' && value !== null
        ? (value as Readonly<Record<PathSegment, unknown>>)[segment]
        : undefined,
    root,
  );
}

/** Keys that the schema allows at a path. */
function knownKeys(path: Path): readonly string[] {
  let schema: unknown = definitionSchema;
  for (const segment of path) schema = childSchema(unwrapped(schema), segment);
  const { shape } = unwrapped(schema) as { readonly shape?: Readonly<Record<string, unknown>> };
  return Object.keys(shape ?? {}).filter((key) => key !== '$schema');
}

type SchemaDefinition = {
  readonly innerType?: unknown;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly valueType?: unknown;
};

function unwrapped(schema: unknown): SchemaDefinition {
  const { def } = schema as { readonly def: SchemaDefinition };
  return def.innerType === undefined ? def : unwrapped(def.innerType);
}

function childSchema(definition: SchemaDefinition, segment: PathSegment): unknown {
  return definition.shape?.[segment] ?? definition.valueType;
}
