import { seedClassification } from './classification.ts';
import { seedHistory } from './history.ts';
import { countUsedLicences, seedPermissionSetLicences, seedUserLicences } from './licences.ts';
import { seedOrganization } from './organization.ts';
import { seedPersonRecordTypes } from './person-accounts.ts';
import { seedProfiles } from './profiles.ts';
import { generatedRecords } from './records.ts';
import { seedRoles } from './roles.ts';
import type { Seeding } from './seeding.ts';
import { seedUsers } from './users.ts';

/** Creates every table and fills them as a new org has them, with `settings.records` accounts and what belongs to them. */
export function seedOrg(seeding: Seeding, instance: string): void {
  for (const { name, queryable } of seeding.schema.objects()) if (queryable) seeding.store.createTable(name);
  seedClassification(seeding);
  seedOrganization(seeding);
  const profiles = seedProfiles(seeding, seedUserLicences(seeding));
  seedPermissionSetLicences(seeding);
  const owners = seedUsers(seeding, profiles, seedRoles(seeding));
  countUsedLicences(seeding);
  seedHistory(seeding);
  if (seeding.settings.quirks['person-accounts'] === 'on') seedPersonRecordTypes(seeding);
  seedRecords(seeding, owners, instance);
}

function seedRecords(seeding: Seeding, owners: readonly string[], instance: string): void {
  const { records, seed, quirks } = seeding.settings;
  const generated = generatedRecords({
    seed,
    instance,
    accounts: records,
    owners,
    personAccounts: quirks['person-accounts'] === 'on',
  });
  for (const [object, rows] of generated) seeding.store.createTable(object, rows);
}
