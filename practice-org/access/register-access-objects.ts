import type { PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { hasShareObject, shareObjectOf } from './share-objects.ts';
import { shareSource } from './share-source.ts';
import { userEntityAccess, userFieldAccess, userRecordAccess } from './user-access-objects.ts';
import { userEntityAccessSource, userFieldAccessSource } from './user-entity-access.ts';
import { userRecordAccessSource } from './user-record-access.ts';

/** Adds the objects whose rows follow from access: what a user may do with records, and share objects. */
export function registerAccessObjects(org: PracticeOrg): void {
  for (const shared of [...org.schema.objects()].filter(hasShareObject)) registerShareObject(org, shared);
  // Both are documented for the Tooling API; the describeGlobal recorded from a real org (REST, v52) lists them as queryable, too.
  const api = org.settings.quirks['user-access'];
  for (const definition of [userFieldAccess, userEntityAccess]) org.schema.putObject({ ...definition, api });
  org.schema.putObject(userRecordAccess);
  org.computed.set('userrecordaccess', userRecordAccessSource(org));
  org.computed.set('userfieldaccess', userFieldAccessSource(org));
  org.computed.set('userentityaccess', userEntityAccessSource(org));
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
