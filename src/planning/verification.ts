import type { IntegrationUserResult } from './result.js';

/** Every check that `verify` knows, in the order in which they are shown. Titles come from messages/verification.md. */
export const checkIds = [
  'user-active',
  'user-not-frozen',
  'user-as-defined',
  'license',
  'permission-set-license',
  'api-only',
  'login',
  'permission-sets',
  'access-set',
  'object-access',
  'hidden-fields',
  'formulas',
  'server-agrees',
  'view-all-records',
  'view-all-fields',
  'elevation',
  'role-hierarchy',
  'ownership',
  'other-rules',
  'teams-and-territories',
  'other-shares',
  'organization-wide-defaults',
  'recalculation',
  'flag',
  'flag-editors',
  'group',
  'rule',
  'shared-profile',
  'records',
] as const;
export type CheckId = (typeof checkIds)[number];

export type CheckStatus = 'pass' | 'fail' | 'unknown';

export type Check = {
  readonly id: CheckId;
  readonly title: string;
  readonly status: CheckStatus;
  readonly evidence: readonly string[];
  /** What to do where the check did not pass. */
  readonly fixes: readonly string[];
};

/** How the record proof was made: each has its own limits, which `scheme` states in words. */
export type ProofMethod = 'as-user' | 'user-record-access' | 'sample' | 'permissions' | 'not-measured';

export const causes = [
  'viewAll',
  'organizationWideDefault',
  'owner',
  'subordinateOwner',
  'queue',
  'rule',
  'manual',
  'team',
  'territory',
  'apex',
  'implicitParent',
  'implicitChild',
  'accountRule',
  'noAccount',
  'unexplained',
] as const;
export type Cause = (typeof causes)[number];

/** Rows that are visible without being flagged, or flagged without being visible, by cause. */
export type Explanation = {
  readonly cause: Cause;
  readonly records: 'visibleUnflagged' | 'hiddenFlagged';
  readonly count: number;
  /** The platform or the definition means it so: counted and said, but no failure. */
  readonly expected: boolean;
  readonly message: string;
  readonly examples: readonly string[];
};

/** Numbers are null where they are not known; a sample's numbers are what was found in it. */
export type RecordProof = {
  readonly sobject: string;
  /** Null where the object is not filtered by a flag: then every row counts as unflagged. */
  readonly flagField: string | null;
  readonly flagged: number | null;
  readonly unflagged: number | null;
  readonly visibleFlagged: number | null;
  readonly visibleUnflagged: number | null;
  readonly method: ProofMethod;
  readonly exact: boolean;
  readonly status: CheckStatus;
  /** What was asked and what it proves, in a sentence. */
  readonly scheme: string;
  readonly explanation: readonly Explanation[];
};

export type ObjectAccess = {
  readonly sobject: string;
  readonly label: string;
  /** Of read, create, edit, delete, viewAllRecords, modifyAllRecords, viewAllFields. */
  readonly operations: readonly string[];
  readonly sources: readonly string[];
  readonly filter: 'flag' | 'sharing' | 'none';
};

export type FieldAccess = {
  readonly sobject: string;
  readonly field: string;
  readonly read: boolean;
  readonly edit: boolean;
  readonly sources: readonly string[];
};

/** `result` of `verify --json`: the common result, what was checked, and what the user can see. */
export type VerificationResult = IntegrationUserResult & {
  readonly checks: readonly Check[];
  readonly proof: readonly RecordProof[];
  readonly objects: readonly ObjectAccess[];
  readonly fields: readonly FieldAccess[];
};
