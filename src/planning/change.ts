import type { MetadataComponent } from '../metadata/component.js';

/** Where a change stands in the order in which access comes last. The array's order is the order of execution. */
export const phases = [
  'user',
  'licence',
  'hide',
  'metadata',
  'membership',
  'flags',
  // A rule that cannot be changed in place goes before it is made again.
  'retiredRules',
  // Where the default is Public Read Only a rule may come first, so that a running integration is not cut off.
  'earlyRules',
  'owd',
  'rules',
  'access',
  'cleanup',
] as const;
export type Phase = (typeof phases)[number];

export type ChangeStatus = 'planned' | 'applied' | 'written' | 'unchanged' | 'failed' | 'skipped' | 'pending';
export type ChangeAction =
  'create' | 'update' | 'delete' | 'assign' | 'unassign' | 'hide' | 'grant' | 'flag' | 'unflag' | 'reset';

/** The Id of a record that may not exist yet, by natural key ("User:name@acme.example"); see `naturalKey`. */
export type RecordReference = { readonly idOf: string };
export type RecordValue = string | number | boolean | null | RecordReference;
export type RecordValues = Readonly<Record<string, RecordValue>>;

/** What executing a change does. Executed in one place (execution/), never by a feature. */
export type Effect =
  | { readonly kind: 'none' }
  | { readonly kind: 'insert'; readonly sobject: string; readonly values: RecordValues }
  | {
      readonly kind: 'update';
      readonly sobject: string;
      readonly id: string | RecordReference;
      readonly values: RecordValues;
    }
  /** `otherwise` is deployed where the org does not let the row be deleted. */
  | { readonly kind: 'delete'; readonly sobject: string; readonly id: string; readonly otherwise?: MetadataComponent }
  /** All components of a phase go into one deployment. */
  | { readonly kind: 'deploy'; readonly component: MetadataComponent }
  | { readonly kind: 'destroy'; readonly type: string; readonly fullName: string }
  | {
      readonly kind: 'flagRecords';
      readonly sobject: string;
      readonly field: string;
      readonly value: boolean;
      readonly condition: string;
      /** Records that the condition selects and that don't have the value yet; absent where it took too long to count. */
      readonly counted?: number;
    }
  | { readonly kind: 'resetPassword'; readonly user: RecordReference };

/** A user by whose access it can be measured whether something is in effect. */
export type AccessProbe = { readonly username: string; readonly flagField: string };

/**
 * The effect takes hold only some time after it was accepted: waited for before the next phase. Where it cannot be measured
 * (the user may not read the object, or reads it through something else) the probe is null.
 */
export type Gate =
  | {
      readonly kind: 'owdEffective';
      readonly sobject: string;
      readonly internal: string;
      readonly external: string | null;
      readonly probe: AccessProbe | null;
    }
  | { readonly kind: 'ruleEffective'; readonly sobject: string; readonly probe: AccessProbe | null }
  /** Flagged records can be read at last. */
  | { readonly kind: 'flaggedReadable'; readonly sobjects: readonly string[]; readonly probe: AccessProbe };

export type Change = {
  readonly action: ChangeAction;
  /** Salesforce's name of the kind of thing: User, PermissionSetAssignment, CustomField, SharingCriteriaRule … */
  readonly type: string;
  /** Natural name within the type: username, "Account.Send_to_HubSpot__c", "Set_Name → username". */
  readonly name: string;
  readonly phase: Phase;
  readonly effect: Effect;
  readonly gate?: Gate;
  readonly before?: string;
  readonly after?: string;
  /** Id where the thing exists already. */
  readonly id?: string;
  readonly integration?: string;
  readonly message?: string;
  /** What a person outside this run has to do before an accepted change shows: until then it is pending, not failed. */
  readonly awaits?: string;
};

/** What became of a change: the shape in the result's `changes`. */
export type Outcome = {
  readonly action: ChangeAction;
  readonly type: string;
  readonly name: string;
  readonly status: ChangeStatus;
  readonly before?: string;
  readonly after?: string;
  readonly id?: string;
  readonly path?: string;
  readonly integration?: string;
  readonly message?: string;
};

export function naturalKey(type: string, name: string): string {
  return `${type}:${name.toLowerCase()}`;
}

/** Taking a thing away and making it again are two changes. */
export function changeKey(change: Pick<Change, 'action' | 'type' | 'name'>): string {
  const key = naturalKey(change.type, change.name);
  return change.action === 'delete' ? `delete ${key}` : key;
}

/** A change whose desired state is already there. */
export function isUnchanged(change: Change): boolean {
  return change.effect.kind === 'none';
}
