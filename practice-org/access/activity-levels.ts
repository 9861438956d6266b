import type { ObjectDefinition } from '../schema/definitions.ts';
import type { Table } from '../storage/table.ts';
import type { AccessSources, RowLevel } from './direct-levels.ts';
import { level, type Level } from './levels.ts';

const relatedFields = ['WhatId', 'WhoId'];
const keyPrefixLength = 3;

export function isActivity(object: string): boolean {
  return object === 'Task' || object === 'Event';
}

/**
 * Private activities: "users with read access to the record to which the activity is associated can view and report on the
 * activity"; only its owner and users above edit it (Salesforce Help, organization-wide default access settings).
 */
export function levelOfRelatedRecord(
  { schema, store }: AccessSources,
  object: string,
  levelOf: (related: string) => RowLevel,
): RowLevel {
  const table = store.table(object);
  const readers = relatedFields
    .filter((field) => table.object.fields.has(field.toLowerCase()))
    .map((field) => table.reader(field));
  const targets = new Map<string, { readonly table: Table; readonly level: RowLevel } | undefined>();

  function targetOf(id: string) {
    const prefix = id.slice(0, keyPrefixLength);
    if (!targets.has(prefix)) {
      const related = objectWithPrefix([...schema.objects()], prefix);
      const exists = related !== undefined && store.hasTable(related.name) && related.permissionable;
      targets.set(prefix, exists ? { table: store.table(related.name), level: levelOf(related.name) } : undefined);
    }
    return targets.get(prefix);
  }

  function isReadable(id: string): boolean {
    const target = targetOf(id);
    const row = target?.table.rowOf(id);
    return target !== undefined && row !== undefined && target.level(row) >= level.read;
  }

  return (row): Level => {
    const ids = readers.map((read) => read(row)).filter((id) => typeof id === 'string');
    return ids.some(isReadable) ? level.read : level.none;
  };
}

function objectWithPrefix(objects: readonly ObjectDefinition[], prefix: string): ObjectDefinition | undefined {
  return objects.find(({ keyPrefix }) => keyPrefix === prefix);
}
