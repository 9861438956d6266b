import { ComponentError } from '../component-error.ts';
import { everything, type Deployment } from '../components/component-type.ts';
import { parseManifest } from '../manifest.ts';
import { childDescription, deploymentOrder, typeDescription } from '../registry.ts';
import type { ComponentResult } from './component-result.ts';
import type { Execution } from './execution.ts';
import { guarded } from './guarded.ts';
import type { PackageFiles } from './package-files.ts';

/** Deletes what a destructive manifest names. */
export function removeComponents(
  package_: PackageFiles,
  fileName: string,
  deployment: Deployment,
  execution: Execution,
): readonly ComponentResult[] {
  const source = package_.files.get(fileName);
  if (source === undefined) return [];
  const manifest = guarded(() => parseManifest(source));
  const failed = { fileName, deleted: false, warning: false, outcome: 'unchanged' as const };
  if (manifest instanceof ComponentError) return [{ ...failed, type: '', fullName: fileName, error: manifest }];
  // What refers to others goes before what it refers to.
  const types = [...manifest.types].sort((one, other) => deploymentOrder(other.name) - deploymentOrder(one.name));
  return types.flatMap(({ name, members }) =>
    members.map((fullName): ComponentResult => {
      if (typeDescription(name) === undefined && childDescription(name) === undefined) {
        const error = new ComponentError(`Entity type '${name}' is not implemented by the practice org`);
        return { ...failed, type: '', fullName, error };
      }
      return removeComponent(name, fullName, fileName, deployment, execution);
    }),
  );
}

function removeComponent(
  type: string,
  fullName: string,
  fileName: string,
  deployment: Deployment,
  execution: Execution,
): ComponentResult {
  const handler = execution.types.get(type);
  const base = { type, fullName, fileName, outcome: 'unchanged' as const };
  const id = handler?.rowId?.(fullName);
  const absent = handler?.read(fullName, everything(deployment.version)) === undefined;
  if (handler === undefined || absent) {
    return { ...base, deleted: false, warning: true, error: new ComponentError(`No ${type} named: ${fullName} found`) };
  }
  const error = guarded(() =>
    execution.org.store.transaction(() => {
      handler.remove(fullName, deployment);
      execution.records.remove(type, fullName);
    }),
  );
  return error instanceof ComponentError
    ? { ...base, deleted: false, warning: false, error, id }
    : { ...base, deleted: true, warning: false, error: undefined, id };
}
