import type { Definition } from './definition.js';
import { type Environment, resolveEnvironment, type ResolvedValue } from './environment.js';
import type { Problem } from './problem.js';
import { contradictions, repeatedEntries, unknownRecipe } from './rules.js';
import { decodeSource, parseSource } from './source.js';
import { toDefinition } from './to-definition.js';
import { validateDocument } from './validation.js';

export type ParsedDefinition =
  | {
      readonly ok: true;
      readonly definition: Definition;
      /** Values taken from the environment, to be shown as their references. */
      readonly resolved: readonly ResolvedValue[];
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** What a definition refers to. */
export type ParseContext = {
  readonly environment: Environment;
  /** Names of the recipes there are; null where they do not matter. */
  readonly recipes?: readonly string[] | null;
};

/** A definition file's content as the request of every feature, or everything that is wrong with it. */
export function parseDefinition(bytes: Uint8Array, { environment, recipes = null }: ParseContext): ParsedDefinition {
  const text = decodeSource(bytes);
  if (typeof text !== 'string') return { ok: false, problems: [text] };
  const source = parseSource(text);
  if (source.problems.length > 0) return { ok: false, problems: inTextOrder(source.problems) };

  const { value, resolved, problems: unresolved } = resolveEnvironment(source.value, environment, source.valueAt);
  const validation = validateDocument(value, source);
  const problems = [
    ...unresolved,
    ...repeatedEntries(value, source),
    ...(validation.ok ? contradictions(validation.document, source) : validation.problems),
    ...(recipes === null ? [] : unknownRecipe(value, recipes, source)),
  ];
  if (!validation.ok || problems.length > 0) return { ok: false, problems: inTextOrder(problems) };
  return { ok: true, definition: toDefinition(validation.document), resolved };
}

function inTextOrder(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}
