import type { ComponentRecords } from '../component-records.ts';
import { everything, type ComponentType, type Deployment, type Outcome } from '../components/component-type.ts';
import { encodeComponent } from '../structure/encode-component.ts';
import type { PackageComponent } from './component-file.ts';

/** Types that merge what is deployed into what is there: the document deployed last is not the component. */
const merging: ReadonlySet<string> = new Set(['Profile', 'CustomObject', 'SharingRules', 'Settings']);

/** Keeps who changed a component and, for orgs that return it word for word, the document itself. */
export function rememberDeployed(
  type: ComponentType,
  component: PackageComponent,
  outcome: Outcome,
  deployment: Deployment,
  records: ComponentRecords,
): void {
  const known = records.get(component.type, component.fullName);
  if (outcome === 'unchanged' && known !== undefined) return;
  records.put(component.type, component.fullName, deployment.caller.userId, {
    deployed: merging.has(component.type) ? null : deployedForm(type, component, deployment.version),
  });
}

function deployedForm(type: ComponentType, component: PackageComponent, version: number) {
  const written = type.read(component.fullName, everything(version));
  if (written === undefined) return null;
  return {
    document: component.document,
    normalised: encodeComponent(component.type, component.fullName, written, version),
  };
}
