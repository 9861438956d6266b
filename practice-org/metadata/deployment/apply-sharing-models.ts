import type { PracticeOrg } from '../../org/practice-org.ts';
import { checkModels } from '../../sharing/models.ts';
import { ComponentError } from '../component-error.ts';
import type { Deployment } from '../components/component-type.ts';
import type { ComponentResult } from './component-result.ts';
import { guarded } from './guarded.ts';

/** Puts the organization-wide defaults of a deployment into force; a refusal falls on the object that it names. */
export function applySharingModels(
  results: readonly ComponentResult[],
  deployment: Deployment,
  org: PracticeOrg,
): readonly ComponentResult[] {
  const changed = deployment.sharing.changedModels();
  if (changed.size === 0) return results;
  const error = guarded(() => {
    if (deployment.checkOnly) checkModels(deployment.sharing.models, [...changed.keys()], org.schema, org.settings);
    else org.sharing.setModels(changed);
  });
  if (!(error instanceof ComponentError)) return results;
  const culprits = [...changed.keys()].filter((object) => error.message.includes(` for ${object}`));
  const blamed = new Set(culprits.length > 0 ? culprits : changed.keys());
  return results.map((result) =>
    result.type === 'CustomObject' && blamed.has(result.fullName) && result.error === undefined
      ? { ...result, outcome: 'unchanged', error }
      : result,
  );
}
