import type { Document } from '../document.ts';
import { childDescription, structureOf } from '../registry.ts';
import { grammar } from '../structure/grammar.ts';
import { requireElements } from '../structure/required.ts';
import type { ComponentType, Deployment, Outcome } from './component-type.ts';

/** Deploys a component whose document has all that its type requires. */
export function deployComponent(
  type: ComponentType,
  fullName: string,
  document: Document,
  deployment: Deployment,
): Outcome {
  const structure = grammar.structure(structureOf(type.name, fullName));
  requireElements(document, structure, grammar, deployment.version, childDescription(type.name)?.element);
  return type.deploy(fullName, document, deployment);
}
