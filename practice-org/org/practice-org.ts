import type { AccessEngine } from '../access/access.ts';
import type { Schema } from '../schema/definitions.ts';
import type { Sharing } from '../sharing/sharing.ts';
import type { RowSource, Store, Value, Values } from '../storage/table.ts';
import type { OrgSettings } from './settings.ts';

/** Who asks. `system` skips permissions (used by seeding and by metadata deployments, which check their own). */
export type Caller = { readonly userId: string; readonly apiVersion: number; readonly system?: boolean };

/** Equality and IN filters found in a WHERE clause's top-level ANDs: computed objects need them (UserRecordAccess). */
export type FilterHints = ReadonlyMap<string, readonly Value[]>;

/** An object whose rows are computed at query time. May throw Salesforce's refusal for a query it does not accept. */
export type ComputedObject = (caller: Caller, hints: FilterHints) => RowSource;

/** Updates one record: values in the order of the prepared columns. Returns whether anything changed. */
export type RowUpdate = (id: string, values: readonly Value[]) => boolean;

/** Rules of create, update and delete; raised errors are SalesforceErrors. Each call is one transaction. */
export interface Dml {
  insert(caller: Caller, object: string, values: Values): string;
  /** Returns whether anything changed. */
  update(caller: Caller, object: string, id: string, values: Values): boolean;
  /**
   * Checks object, columns and permissions once for many rows. Which records the caller may edit is read once as well: as
   * Bulk API does, prepare again for every batch.
   */
  prepareUpdate(caller: Caller, object: string, columns: readonly string[]): RowUpdate;
  delete(caller: Caller, object: string, id: string): void;
  /** Names taken in other orgs: user names are unique across all of Salesforce. Lower case. */
  readonly foreignUsernames: Set<string>;
  /** Users whom a setting of the org names (default case owner, …), with Salesforce's refusal to deactivate them. By Id. */
  readonly indispensableUsers: Map<string, string>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Salesforce's datetime text of now. */
  timestamp(): string;
}

export interface PracticeOrg {
  readonly settings: OrgSettings;
  readonly organizationId: string;
  readonly adminUserId: string;
  readonly clock: Clock;
  readonly schema: Schema;
  readonly store: Store;
  readonly dml: Dml;
  readonly access: AccessEngine;
  readonly sharing: Sharing;
  /** Keyed by lower-case object name. */
  readonly computed: Map<string, ComputedObject>;
}
