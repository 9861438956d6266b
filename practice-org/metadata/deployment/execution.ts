import type { Caller, PracticeOrg } from '../../org/practice-org.ts';
import type { ComponentRecords } from '../component-records.ts';
import type { ComponentType } from '../components/component-type.ts';
import type { DeployOptions } from '../messages.ts';

/** What a deployment runs with. */
export type Execution = {
  readonly org: PracticeOrg;
  readonly records: ComponentRecords;
  readonly types: ReadonlyMap<string, ComponentType>;
  readonly caller: Caller;
  readonly options: DeployOptions;
  readonly now: string;
};
