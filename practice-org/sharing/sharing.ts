import type { Membership } from './membership.ts';
import type { RestrictionRule } from './restriction.ts';

export type SharingModelValue =
  | 'Private'
  | 'Read'
  | 'ReadSelect'
  | 'ReadWrite'
  | 'ReadWriteTransfer'
  | 'FullAccess'
  | 'ControlledByParent'
  | 'ControlledByLeadOrContact'
  | 'ControlledByCampaign';
export type SharingModel = { readonly internal: SharingModelValue; readonly external: SharingModelValue };

/** Metadata names of principals: a public group's developer name, a role's, or everybody inside. */
export type SharedTo =
  | {
      readonly kind: 'group' | 'role' | 'roleAndSubordinates' | 'roleAndSubordinatesInternal' | 'queue';
      readonly name: string;
    }
  | { readonly kind: 'allInternalUsers' | 'allPartnerUsers' | 'allCustomerPortalUsers' }
  | { readonly kind: 'guestUser'; readonly name: string };

export type CriteriaItem = {
  readonly field: string;
  readonly operation: string;
  readonly value: string;
  readonly valueField?: string;
};

export type AccountSettings = {
  readonly caseAccessLevel: string;
  readonly contactAccessLevel: string;
  readonly opportunityAccessLevel: string;
};

export type SharingRule = {
  readonly kind: 'criteria' | 'owner' | 'guest';
  readonly object: string;
  readonly fullName: string;
  readonly label: string;
  readonly description: string | null;
  readonly accessLevel: 'Read' | 'Edit';
  readonly accountSettings: AccountSettings | null;
  readonly sharedTo: SharedTo;
  readonly sharedFrom: SharedTo | null;
  readonly booleanFilter: string | null;
  readonly criteriaItems: readonly CriteriaItem[];
  readonly includeRecordsOwnedByAll: boolean;
  readonly includeHVUOwnedRecords: boolean;
};

/** What an administrator has asked for. Takes effect only when the recalculation that it starts has ended. */
export type SharingConfiguration = {
  readonly models: ReadonlyMap<string, SharingModel>;
  readonly rules: readonly SharingRule[];
};

/** What decides access: the configuration, and who belonged to which group and role when it was last calculated. */
export type EffectiveConfiguration = SharingConfiguration & {
  /** Differs between any two configurations: for caches. */
  readonly version: number;
  readonly membership: Membership;
};

export interface Sharing {
  readonly declared: SharingConfiguration;
  /** What decides access now. */
  readonly effective: EffectiveConfiguration;
  /** Applied at query time, without a recalculation. */
  readonly restrictionRules: readonly RestrictionRule[];
  /** Throws a SalesforceError with the lock text in the org's language when a recalculation forbids it, or Salesforce's refusal. */
  setModels(models: ReadonlyMap<string, SharingModel>): void;
  putRule(rule: SharingRule): void;
  removeRule(rule: Pick<SharingRule, 'object' | 'kind' | 'fullName'>): void;
  putRestrictionRule(rule: RestrictionRule): void;
  removeRestrictionRule(fullName: string): void;
  /** Told by DML when group members, roles, role assignments or user activation changed. */
  membershipChanged(): void;
  /** Refuses a change of group members or roles while an organization-wide default is being recalculated. */
  requireMembershipUnlocked(): void;
  /** Rules that share with a group go with the group. */
  principalDeleted(principal: SharedTo): void;
  /** Changes made by `work` are one operation (one deployment): they do not lock each other out. */
  together<T>(work: () => T): T;
  /** The model asked for, "Controlled by Parent" included. */
  declaredModel(object: string): SharingModel;
  /** The object's model as EntityDefinition shows it now (quirk entity-definition; effective value for ControlledByParent). */
  reportedModel(object: string): SharingModel;
  recalculating(): boolean;
  /** Everything declared, and every row as it is, takes effect now: for the end of seeding. */
  settle(): void;
}
