import type { PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { hasShareObject, shareObjectOf } from './share-objects.ts';
import { shareSource } from './share-source.ts';
import { userRecordAccess, userRecordAccessSource } from './user-record-access.ts';

/** Adds the objects whose rows follow from access: what a user may do with records, and share objects. */
export function registerAccessObjects(org: PracticeOrg): void {
  for (const shared of [...org.schema.objects()].filter(hasShareObject)) registerShareObject(org, shared);
  org.schema.putObject(userRecordAccess);
  org.computed.set(userRecordAccess.name.toLowerCase(), userRecordAccessSource(org));
}

/** A new custom object brings its share object along. */
export function registerShareObject(org: PracticeOrg, shared: ObjectDefinition): void {
  if (!hasShareObject(shared)) return;
  const definition = shareObjectOf(shared);
  org.schema.putObject(definition);
  if (!org.store.hasTable(definition.name)) org.store.createTable(definition.name);
  const key = definition.name.toLowerCase();
  org.computed.set(key, shareSource(org, shared.name));
  org.store.journal(() => void org.computed.delete(key));
}
