import { ComponentError } from '../component-error.ts';
import { deployComponent } from '../components/deploy-component.ts';
import type { Deployment, Outcome } from '../components/component-type.ts';
import { createSharingPlan } from '../components/sharing-plan.ts';
import type { DeployMessage, DeployOptions } from '../messages.ts';
import { parseManifest, type Manifest } from '../manifest.ts';
import { childDescription } from '../registry.ts';
import { applySharingModels } from './apply-sharing-models.ts';
import type { PackageComponent } from './component-file.ts';
import { componentMessage, type ComponentResult } from './component-result.ts';
import type { Execution } from './execution.ts';
import { guarded } from './guarded.ts';
import { selectComponents } from './package-components.ts';
import type { PackageFiles } from './package-files.ts';
import { rememberDeployed } from './remember-deployed.ts';
import { removeComponents } from './remove-components.ts';

export type ExecutionResult = { readonly messages: readonly DeployMessage[]; readonly changed: number };

/** Leaves the transaction of a deployment that must not stay. */
class RollBack extends Error {}

/**
 * Runs a whole deployment in one transaction, each component in one of its own, so that one failure undoes only itself. For
 * the locks of sharing it is one operation.
 */
export function execute(package_: PackageFiles, execution: Execution): ExecutionResult {
  let results: readonly ComponentResult[] = [];
  try {
    execution.org.store.transaction(() => {
      results = execution.org.sharing.together(() => deployPackage(package_, execution));
      const failed = results.some((result) => isFailure(result, execution.options));
      if (execution.options.checkOnly || (failed && execution.options.rollbackOnError)) throw new RollBack();
    });
  } catch (error) {
    if (!(error instanceof RollBack)) throw error;
    return { messages: messagesOf(results, execution), changed: 0 };
  }
  return { messages: messagesOf(results, execution), changed: results.filter(hasChanged).length };
}

function hasChanged(result: ComponentResult): boolean {
  return result.error === undefined && (result.deleted || result.outcome !== 'unchanged');
}

/** A warning counts as an error unless the deployment ignores warnings (Metadata API, DeployOptions). */
function isFailure(result: ComponentResult, options: DeployOptions): boolean {
  return result.error !== undefined && !(result.warning && options.ignoreWarnings);
}

function messagesOf(results: readonly ComponentResult[], execution: Execution): readonly DeployMessage[] {
  return results.map((result) => componentMessage(result, execution.now, isFailure(result, execution.options)));
}

function manifestOf(package_: PackageFiles): Manifest | ComponentError {
  const source = package_.files.get('package.xml');
  return source === undefined ? new ComponentError('No package.xml found') : guarded(() => parseManifest(source));
}

function deployPackage(package_: PackageFiles, execution: Execution): readonly ComponentResult[] {
  const manifest = manifestOf(package_);
  const manifestResult = {
    type: '',
    fullName: 'package.xml',
    fileName: `${package_.root}package.xml`,
    deleted: false,
    warning: false,
  };
  if (manifest instanceof ComponentError) return [{ ...manifestResult, outcome: 'unchanged', error: manifest }];
  const deployment: Deployment = {
    caller: execution.caller,
    version: manifest.version,
    checkOnly: execution.options.checkOnly,
    sharing: createSharingPlan(execution.org, execution.options.checkOnly),
  };
  const content = selectComponents(package_.files, manifest, execution.options);
  const inFolder = (result: ComponentResult) => ({ ...result, fileName: package_.root + result.fileName });
  const results = [
    ...removeComponents(package_, 'destructiveChangesPre.xml', deployment, execution),
    ...removeComponents(package_, 'destructiveChanges.xml', deployment, execution),
    ...content.problems.map((problem) => ({
      ...problem,
      deleted: false,
      warning: false,
      outcome: 'unchanged' as const,
    })),
    ...deployComponents(content.components, deployment, execution),
    ...removeComponents(package_, 'destructiveChangesPost.xml', deployment, execution),
  ].map(inFolder);
  return [...results, { ...manifestResult, outcome: 'unchanged', error: undefined }];
}

/** Sharing models come behind everything that they and rules refer to, all at once: they are valid only together. */
function deployComponents(
  components: readonly PackageComponent[],
  deployment: Deployment,
  execution: Execution,
): readonly ComponentResult[] {
  const isRule = (component: PackageComponent) =>
    (childDescription(component.type)?.parent.name ?? component.type) === 'SharingRules';
  const before = components.filter((component) => !isRule(component));
  const rules = components.filter(isRule);
  const deployed = before.map((component) => deployOne(component, deployment, execution));
  const withModels = applySharingModels(deployed, deployment, execution.org);
  return [...withModels, ...rules.map((component) => deployOne(component, deployment, execution))];
}

function deployOne(component: PackageComponent, deployment: Deployment, execution: Execution): ComponentResult {
  const { type, fullName, fileName, document } = component;
  const handler = execution.types.get(type);
  if (handler === undefined) throw new Error(`No component type ${type}`);
  const outcome = guarded<Outcome>(() =>
    execution.org.store.transaction(() => {
      const done = deployComponent(handler, fullName, document, deployment);
      rememberDeployed(handler, component, done, deployment, execution.records);
      return done;
    }),
  );
  const base = { type, fullName, fileName, deleted: false, warning: false, id: handler.rowId?.(fullName) };
  return outcome instanceof ComponentError
    ? { ...base, outcome: 'unchanged', error: outcome }
    : { ...base, outcome, error: undefined };
}
