import type { Caller } from '../../org/practice-org.ts';
import type { Document } from '../document.ts';
import type { SharingPlan } from './sharing-plan.ts';

/** Which part of the org a retrieve names: some types write only what concerns the other components of the request. */
export type ReadScope = {
  readonly version: number;
  /** Members of another type named in the same request; undefined where everything is wanted. */
  readonly named: (type: string) => ReadonlySet<string> | undefined;
};

export const everything = (version: number): ReadScope => ({ version, named: () => undefined });

/** The deployment that a component is part of. */
export type Deployment = {
  readonly caller: Caller;
  /** API version of package.xml. */
  readonly version: number;
  readonly checkOnly: boolean;
  readonly sharing: SharingPlan;
};

export type Outcome = 'created' | 'changed' | 'unchanged';

/** One metadata type. Names and documents come from the org's state; deploy and remove change it or throw a ComponentError. */
export interface ComponentType {
  readonly name: string;
  names(): readonly string[];
  /** The component as Salesforce writes it, or undefined where there is none of that name. */
  read(fullName: string, scope: ReadScope): Document | undefined;
  deploy(fullName: string, document: Document, deployment: Deployment): Outcome;
  remove(fullName: string, deployment: Deployment): void;
  /** Id of the row behind the component, for types that have one. */
  rowId?(fullName: string): string | undefined;
}
