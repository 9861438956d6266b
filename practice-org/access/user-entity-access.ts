import { catalogueKeys } from '../catalog/durable-id.ts';
import type { Caller, ComputedObject, PracticeOrg } from '../org/practice-org.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { normalizeId } from '../storage/record-id.ts';
import type { Value, Values } from '../storage/table.ts';
import { computedRows, hintedValues } from './computed-rows.ts';
import { userEntityAccess, userFieldAccess } from './user-access-objects.ts';

type Subject = {
  readonly userId: string;
  /** As the query wrote it, so that its filter finds the row again. */
  readonly durableId: string;
  readonly object: ObjectDefinition;
};

const mergeable = new Set(['Account', 'Contact', 'Lead', 'Case']);

/** What a user may do with an object: one row for each object and user that the filter names. */
export function userEntityAccessSource(org: PracticeOrg): ComputedObject {
  return (caller, hints) => {
    const named = hintedValues(hints, 'DurableId');
    const subjects = named ? named.flatMap((id) => entitySubject(org, id) ?? []) : subjectsOfUsers(org, hints);
    const rows = subjects.filter(({ userId }) => mayAskAbout(org, caller, userId)).map((one) => entityRow(org, one));
    return computedRows(userEntityAccess, rows);
  };
}

/** `<FieldDefinition.DurableId>.<UserId>` names a row; the server itself evaluates what the user may do with the field. */
export function userFieldAccessSource(org: PracticeOrg): ComputedObject {
  return (caller, hints) => {
    const rows = (hintedValues(hints, 'DurableId') ?? []).map((id) => fieldRow(org, caller, id));
    return computedRows(
      userFieldAccess,
      rows.filter((row) => row !== undefined),
    );
  };
}

/** Everybody may ask about the own access; about other people's, who sees the setup. */
function mayAskAbout({ access }: PracticeOrg, caller: Caller, userId: string): boolean {
  return caller.system === true || caller.userId === userId || access.systemPermission(caller.userId, 'ViewSetup');
}

function knownUser({ store }: PracticeOrg, id: string | undefined): string | undefined {
  const userId = id === undefined ? undefined : normalizeId(id);
  return userId !== undefined && store.table('User').rowOf(userId) !== undefined ? userId : undefined;
}

function knownObject(org: PracticeOrg, durableId: string | undefined): ObjectDefinition | undefined {
  const keys = catalogueKeys(org.organizationId);
  const wanted = durableId?.toLowerCase();
  return [...org.schema.objects()].find((object) => keys.entity(object).toLowerCase() === wanted);
}

function entitySubject(org: PracticeOrg, durableId: string): Subject | undefined {
  const [entity, user] = durableId.split('.');
  const object = knownObject(org, entity);
  const userId = knownUser(org, user);
  return object && userId !== undefined ? { userId, durableId, object } : undefined;
}

function subjectsOfUsers(org: PracticeOrg, hints: ReadonlyMap<string, readonly Value[]>): readonly Subject[] {
  const keys = catalogueKeys(org.organizationId);
  const users = (hintedValues(hints, 'UserId') ?? []).flatMap((id) => knownUser(org, id) ?? []);
  return users.flatMap((userId) =>
    wantedObjects(org, hints).map((object) => ({
      userId,
      durableId: `${keys.entity(object)}.${userId.slice(0, 15)}`,
      object,
    })),
  );
}

function wantedObjects(org: PracticeOrg, hints: ReadonlyMap<string, readonly Value[]>): readonly ObjectDefinition[] {
  const byId = hintedValues(hints, 'EntityDefinitionId') ?? hintedValues(hints, 'EntityDefinition.DurableId');
  if (byId) return byId.flatMap((id) => knownObject(org, id) ?? []);
  const byName = hintedValues(hints, 'EntityDefinition.QualifiedApiName');
  if (byName) return byName.flatMap((name) => org.schema.object(name) ?? []);
  return [...org.schema.objects()];
}

function entityRow(org: PracticeOrg, { userId, durableId, object }: Subject): Values {
  const access = org.access.objectAccess(userId, object.name);
  const updatable = access.edit && object.updateable;
  const deletable = access.delete && object.deletable;
  return {
    DurableId: durableId,
    EntityDefinitionId: catalogueKeys(org.organizationId).entity(object),
    UserId: userId,
    IsReadable: access.read,
    IsCreatable: access.create && object.createable,
    IsEditable: updatable,
    IsUpdatable: updatable,
    IsDeletable: deletable,
    IsUndeletable: deletable,
    IsMergeable: updatable && deletable && mergeable.has(object.name),
    IsActivateable: false,
    IsFlsUpdatable: object.permissionable && org.access.systemPermission(userId, 'ManageProfilesPermissionsets'),
  };
}

function fieldRow(org: PracticeOrg, caller: Caller, durableId: string): Values | undefined {
  const [entity, fieldKey, user] = durableId.split('.');
  const object = knownObject(org, entity);
  const userId = knownUser(org, user);
  if (!object || userId === undefined || !mayAskAbout(org, caller, userId)) return undefined;
  const keys = catalogueKeys(org.organizationId);
  const wanted = `${entity}.${fieldKey}`.toLowerCase();
  const field = [...object.fields.values()].find((one) => keys.field(object, one).toLowerCase() === wanted);
  if (!field) return undefined;
  const { read, edit } = org.access.fieldAccess(userId, object.name, field.name);
  const access = org.access.objectAccess(userId, object.name);
  return {
    DurableId: durableId,
    EntityDefinitionId: keys.entity(object),
    UserId: userId,
    IsAccessible: read,
    IsCreatable: edit && access.create && field.createable,
    IsUpdatable: edit && access.edit && field.updateable,
  };
}
