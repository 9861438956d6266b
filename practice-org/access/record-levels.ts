import type { ObjectDefinition } from '../schema/definitions.ts';
import { isControlledByParent } from '../sharing/models.ts';
import { followsParent, isPartOfParent, parentReferences } from '../sharing/parents.ts';
import type { SharingModel, SharingModelValue } from '../sharing/sharing.ts';
import { isActivity, levelOfRelatedRecord } from './activity-levels.ts';
import { implicitChildLevel, implicitParents } from './account-family.ts';
import { directLevel, highestOf, noLevel, type AccessSources, type RowLevel } from './direct-levels.ts';
import { higher, level, lower, type Level } from './levels.ts';
import type { PermissionEngine } from './permission-engine.ts';
import { rowReference } from './row-references.ts';
import { accountChildren, isAccountChild } from './share-columns.ts';
import { grantTables } from './stored-grants.ts';

const modelLevels: Readonly<Record<SharingModelValue, Level>> = {
  Private: level.none,
  Read: level.read,
  ReadSelect: level.read,
  ReadWrite: level.edit,
  ReadWriteTransfer: level.transfer,
  FullAccess: level.all,
  ControlledByParent: level.none,
  ControlledByCampaign: level.none,
  ControlledByLeadOrContact: level.none,
};

interface RecordLevels {
  /** Sharing and object permissions "View All" and "Modify All" together; what the user may do besides is not considered. */
  levelOf(userId: string, object: string): RowLevel;
  /** Every record has at least this much. */
  floorOf(userId: string, object: string): Level;
  isControlledByParent(object: string): boolean;
  /** Changes whenever the level of any record of the object may have. */
  stamp(object: string): string;
}

type Compiled = { readonly stamp: string; readonly definition: ObjectDefinition | undefined; readonly level: RowLevel };
type CompiledParents = { readonly stamp: string; readonly readable: Uint8Array };

/**
 * Levels are compiled once per user, object and effective configuration and then read live rows: changing a record's owner
 * or flag counts at once, and a batch of changes does not compile anything anew.
 */
export function createRecordLevels(sources: AccessSources, permissions: PermissionEngine): RecordLevels {
  const { store, schema, sharing } = sources;
  const compiled = new Map<string, Compiled>();
  const parents = new Map<string, CompiledParents>();

  function versions(tables: Iterable<string>): string {
    return [...tables].map((name) => (store.hasTable(name) ? store.table(name).version : '-')).join();
  }

  /** Compiled anew when the sharing configuration, a stored grant or the object's fields have changed. */
  function memoised(key: string, object: string, granting: readonly string[], compile: () => RowLevel): RowLevel {
    const definition = schema.object(object);
    const stamp = `${sharing.effective.version}|${versions(granting)}`;
    const known = compiled.get(key);
    if (known?.stamp === stamp && known.definition === definition) return known.level;
    const level = compile();
    compiled.set(key, { stamp, definition, level });
    return level;
  }

  function directOf(userId: string, object: string): RowLevel {
    const compile = () => directLevel(sources, userId, object);
    return memoised(`${userId}|${object}`, object, grantTables(store, object), compile);
  }

  function implicitChildOf(userId: string, object: string): RowLevel {
    if (!isAccountChild(object)) return noLevel;
    const compile = () => implicitChildLevel(sources, userId, object);
    return memoised(`${userId}|${object} of Account`, object, ['Account', ...grantTables(store, 'Account')], compile);
  }

  function implicitParentOf(userId: string): RowLevel {
    let readable: Uint8Array | undefined;
    return (row) => {
      readable ??= readableParents(userId);
      return readable[row] === 1 ? level.read : level.none;
    };
  }

  function readableParents(userId: string): Uint8Array {
    const tables = accountChildren.flatMap((child) => [child, ...grantTables(store, child)]);
    const stamp = `${sharing.effective.version}|${versions(tables)}|${store.table('Account').rowCount}`;
    const known = parents.get(userId);
    if (known?.stamp === stamp) return known.readable;
    const readable = implicitParents(sources, (child) => directOf(userId, child));
    parents.set(userId, { stamp, readable });
    return readable;
  }

  /** Everything but the organization-wide default and the object's permissions. */
  function sharedLevel(userId: string, object: string): RowLevel {
    const own = directOf(userId, object);
    if (object === 'Account') {
      const fromChildren = implicitParentOf(userId);
      return (row) => own(row) || fromChildren(row);
    }
    if (isActivity(object)) {
      const ofRelated = levelOfRelatedRecord(sources, object, (related) => levelOf(userId, related));
      return (row) => own(row) || ofRelated(row);
    }
    return highestOf([own, implicitChildOf(userId, object)]);
  }

  function modelOf(object: string): SharingModel | undefined {
    return sharing.effective.models.get(object);
  }

  function modelValue(userId: string, object: string): SharingModelValue {
    const model = modelOf(object);
    if (!model) return followsParent(schema, object) ? 'ControlledByParent' : openModelOf(object);
    return sharing.effective.membership.isExternal(userId) ? model.external : model.internal;
  }

  /** Objects that are not on the Sharing Settings page are open to everybody who has the object. */
  function openModelOf(object: string): SharingModelValue {
    return schema.object(object)?.ownerSharing === true ? 'ReadWrite' : 'FullAccess';
  }

  function permittedFloor(userId: string, object: string): Level {
    const { viewAllRecords, modifyAllRecords } = permissions.objectAccess(userId, object);
    if (modifyAllRecords) return level.all;
    return viewAllRecords ? level.read : level.none;
  }

  function floorOf(userId: string, object: string): Level {
    return higher(permittedFloor(userId, object), modelLevels[modelValue(userId, object)]);
  }

  function levelOf(userId: string, object: string): RowLevel {
    const floor = floorOf(userId, object);
    if (floor === level.all) return () => level.all;
    const own = isControlledByParent(modelValue(userId, object))
      ? parentLevel(userId, object)
      : sharedLevel(userId, object);
    return floor === level.none ? own : (row) => higher(floor, own(row));
  }

  /** A record without a parent is private to its owner and those above. */
  function parentLevel(userId: string, object: string): RowLevel {
    const { fields, mode } = parentReferences(schema, object);
    const byParent = fields.map((field) => levelThrough(userId, object, field));
    if (mode === 'every') {
      return (row) => byParent.map((one) => one(row) ?? level.none).reduce(lower, level.all);
    }
    const own = directOf(userId, object);
    return (row) => {
      for (const one of byParent) {
        const found = one(row);
        if (found !== undefined) return found;
      }
      return own(row);
    };
  }

  function levelThrough(userId: string, object: string, field: string): (row: number) => Level | undefined {
    const definition = schema.field(object, field);
    const parent = definition?.referenceTo[0];
    if (!definition || parent === undefined || !store.hasTable(parent)) return () => undefined;
    const parentOf = rowReference(store.table(object), field, store.table(parent));
    const parentsLevel = levelOf(userId, parent);
    const inherited = isPartOfParent(schema, object) ? partLevel(definition.metadata) : (one: Level) => one;
    return (row) => {
      const parentRow = parentOf(row);
      return parentRow < 0 ? undefined : inherited(parentsLevel(parentRow));
    };
  }

  /** Tables that decide the object's levels: its own, its parents', and the whole family of accounts for any of it. */
  function decidingTables(object: string, found = new Set<string>()): ReadonlySet<string> {
    if (found.has(object)) return found;
    found.add(object);
    for (const name of grantTables(store, object)) found.add(name);
    const { fields } = parentReferences(schema, object);
    const parentNames = fields.flatMap((field) => schema.field(object, field)?.referenceTo.slice(0, 1) ?? []);
    for (const name of [...parentNames, ...relatives(object)]) decidingTables(name, found);
    return found;
  }

  return {
    levelOf,
    floorOf,
    isControlledByParent: (object) =>
      isControlledByParent(
        modelOf(object)?.internal ?? (followsParent(schema, object) ? 'ControlledByParent' : 'Private'),
      ),
    stamp: (object) => `${sharing.effective.version}|${versions(decidingTables(object))}`,
  };
}

/** Objects whose records open this one's without being its parents. */
function relatives(object: string): readonly string[] {
  if (isActivity(object)) return relatedToActivities;
  if (object === 'Account') return accountChildren;
  return isAccountChild(object) ? ['Account'] : [];
}

const relatedToActivities = [
  'Account',
  'Contact',
  'Lead',
  'Opportunity',
  'Case',
  'Campaign',
  'Asset',
  'Contract',
  'Order',
];

/** Who may edit the master may do everything to its details; a master-detail field may lower that to who may read it. */
function partLevel(metadata: Readonly<Record<string, unknown>> | null): (master: Level) => Level {
  const needed = metadata?.['writeRequiresMasterRead'] === true ? level.read : level.edit;
  return (master) => (master >= needed ? level.all : master);
}
