import type { Connection } from '@salesforce/core';
import type { Definition } from '../../src/definition/definition.js';
import { parseDefinition } from '../../src/definition/parse.js';
import { applyAll, type ApplyOptions } from '../../src/engine/apply.js';
import type { EngineOutcome } from '../../src/engine/engine.js';
import { allFeatures } from '../../src/features/index.js';
import { leftoverFeature } from '../../src/features/leftovers/index.js';
import { createOrgPort } from '../../src/org/adapter/connection-port.js';
import { engineOptions } from './engine.ts';

/** A definition as people write it. */
export function definitionFrom(yaml: string): Definition {
  const parsed = parseDefinition(new TextEncoder().encode(yaml), { environment: {} });
  if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'));
  return parsed.definition;
}

/** One run of `apply`, in this process, with the real adapter. */
export function applyDefinition(
  connection: Connection,
  definition: Definition,
  options: Partial<ApplyOptions> = {},
): Promise<EngineOutcome> {
  return applyAll([definition], createOrgPort(connection), {
    ...engineOptions(),
    features: [...allFeatures, leftoverFeature({ prune: false })],
    outputDir: null,
    failOnChanges: false,
    planned: () => undefined,
    ...options,
  });
}
