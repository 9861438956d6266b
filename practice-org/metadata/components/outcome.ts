import type { Caller } from '../../org/practice-org.ts';
import { encodeComponent } from '../structure/encode-component.ts';
import { everything, type ComponentType, type Deployment, type Outcome } from './component-type.ts';

type Readable = Pick<ComponentType, 'name' | 'read'>;

/** Does the work and tells by the component's own documents before and after whether anything is different. */
export function outcomeOf(type: Readable, fullName: string, deployment: Deployment, work: () => void): Outcome {
  const state = () => {
    const document = type.read(fullName, everything(deployment.version));
    return document === undefined ? undefined : encodeComponent(type.name, fullName, document, deployment.version);
  };
  const before = state();
  work();
  if (before === undefined) return 'created';
  return before === state() ? 'unchanged' : 'changed';
}

/** A deployment has checked its own permissions; rows are written without those of the caller. */
export function systemCaller(deployment: Deployment): Caller {
  return { ...deployment.caller, system: true };
}
