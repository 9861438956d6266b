import type { Finding } from '../planning/finding.js';

/** `result` of `list --json`: every user on the integration licence, whoever made it. */
export type Inventory = {
  readonly licenses: readonly LicenseUse[];
  readonly users: readonly ListedUser[];
  /** What Salesforce did not tell, and what that leaves open. */
  readonly findings: readonly Finding[];
  /** HTTP requests made. */
  readonly apiRequests: number;
  /** What Salesforce counts against the daily limit. */
  readonly apiCalls: number;
};

export type LicenseUse = {
  readonly name: string;
  /** As Setup shows it. */
  readonly label: string;
  readonly kind: 'UserLicense' | 'PermissionSetLicense';
  readonly total: number;
  readonly used: number;
  readonly free: number;
  readonly holders: readonly string[];
};

/** All records, those that are flagged, those that are shared in some other way, or none; or Salesforce doesn't tell. */
export const sights = ['all', 'flagged', 'shared', 'none', 'unknown'] as const;
export type Sight = (typeof sights)[number];

export type ListedUser = {
  readonly username: string;
  readonly userId: string;
  readonly name: string;
  /** Null where this plugin did not make what the user holds. */
  readonly integration: string | null;
  readonly isActive: boolean;
  readonly profile: string;
  /** Null where Salesforce doesn't tell. */
  readonly hasPermissionSetLicense: boolean | null;
  /** ISO time, or null for never. */
  readonly lastLogin: string | null;
  /**
   * Records created and changed by the user in the last 30 days, of accounts, contacts, leads, opportunities, cases and
   * whatever else some integration user can read; null where Salesforce could count none of them.
   */
  readonly created: number | null;
  readonly changed: number | null;
  /** Every object of the org that permissions can open. Null where permissions can't be read. */
  readonly objects: readonly ListedObject[] | null;
  /** Grants that void filters, with who gives them. */
  readonly voids: readonly string[];
  /** What the plugin once made and is no longer as it made it. */
  readonly drift: readonly string[];
};

export type ListedObject = {
  readonly sobject: string;
  readonly sees: Sight;
  readonly operations: readonly string[];
  /** Null where it was not counted. */
  readonly created: number | null;
  readonly changed: number | null;
};

export const sortKeys = ['username', 'last-login', 'created', 'changed'] as const;
export type SortKey = (typeof sortKeys)[number];

/** By name forwards; by time and number backwards, so that what matters stands first. */
export function sortUsers(users: readonly ListedUser[], key: SortKey): readonly ListedUser[] {
  const byName = (a: ListedUser, b: ListedUser): number => (a.username < b.username ? -1 : 1);
  const values: Readonly<Record<SortKey, (user: ListedUser) => string | number>> = {
    username: () => 0,
    'last-login': ({ lastLogin }) => lastLogin ?? '',
    created: ({ created }) => created ?? -1,
    changed: ({ changed }) => changed ?? -1,
  };
  const value = values[key];
  return users.toSorted((a, b) => {
    const [first, second] = [value(a), value(b)];
    return first === second ? byName(a, b) : first < second ? 1 : -1;
  });
}
