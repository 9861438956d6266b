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

export interface Sharing {
  readonly declared: SharingConfiguration;
  /** What decides access now. */
  readonly effective: SharingConfiguration;
  /** Throws a SalesforceError with the lock text in the org's language when a recalculation forbids it, or Salesforce's refusal. */
  setModels(models: ReadonlyMap<string, SharingModel>): void;
  putRule(rule: SharingRule): void;
  removeRule(object: string, fullName: string): void;
  /** Told by DML when group members, roles, role assignments or user activation changed. */
  membershipChanged(): void;
  /** The object's model as EntityDefinition shows it now (quirk entity-definition; effective value for ControlledByParent). */
  reportedModel(object: string): SharingModel;
  recalculating(): boolean;
}
