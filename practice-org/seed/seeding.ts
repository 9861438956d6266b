import type { OrgSettings } from '../org/settings.ts';
import type { Schema } from '../schema/definitions.ts';
import type { SeedableStore } from '../storage/store.ts';
import type { Values } from '../storage/table.ts';

export type Seeding = {
  readonly settings: OrgSettings;
  readonly schema: Schema;
  readonly store: SeedableStore;
  readonly organizationId: string;
  readonly adminUserId: string;
  /** Salesforce's text of the moment at which the org is made. */
  readonly now: string;
};

/** Inserts a row past all rules and returns its Id. */
export function insertRow({ store }: Pick<Seeding, 'store'>, object: string, values: Values): string {
  const table = store.table(object);
  return table.idOf(table.insert(values));
}
