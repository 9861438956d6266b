import type { ComputedObject, PracticeOrg } from '../org/practice-org.ts';
import { formatId, normalizeId, parseId } from '../storage/record-id.ts';
import type { RowSource, Value } from '../storage/table.ts';
import { hintedValues } from './computed-rows.ts';
import { shareColumns } from './share-columns.ts';
import { shareEntries, shareValue, type ShareEntry, type ShareFilter } from './share-entries.ts';

/** Rows that are not stored are numbered far above those that are. */
const firstComputedSequence = 1_000_000_000;

type ShareOrg = Pick<PracticeOrg, 'store' | 'schema' | 'sharing' | 'access'>;

/** AccountShare and its kind as queries see them: shares of records that the caller can read. */
export function shareSource(org: ShareOrg, object: string): ComputedObject {
  return (caller, hints) => {
    const table = org.store.table(object);
    const filter = filterOf(org, object, hints);
    const visible = caller.system ? undefined : org.access.visibleRows(caller.userId, object);
    const entries: ShareEntry[] = [];
    for (const entry of shareEntries(org, object, filter)) if (visible?.has(entry.row) ?? true) entries.push(entry);
    return shareRowSource(org, object, table.idOf(0).slice(3, 6), entries);
  };
}

function filterOf({ store }: ShareOrg, object: string, hints: ReadonlyMap<string, readonly Value[]>): ShareFilter {
  const causes = hintedValues(hints, 'RowCause');
  const principals = hintedValues(hints, 'UserOrGroupId');
  const records = hintedValues(hints, shareColumns(object).record);
  const table = store.table(object);
  return {
    ...(causes && { rowCauses: new Set(causes) }),
    ...(principals && { principalIds: new Set(principals.map((id) => normalizeId(id) ?? id)) }),
    ...(records && { rows: [...new Set(records)].flatMap((id) => table.rowOf(id) ?? []) }),
  };
}

function shareRowSource(org: ShareOrg, object: string, instance: string, entries: readonly ShareEntry[]): RowSource {
  const { shareObject } = shareColumns(object);
  const definition = org.store.table(shareObject).object;
  const table = org.store.table(object);
  const idFormat = { keyPrefix: definition.keyPrefix ?? '02c', instance };
  const idOf = (row: number): string => entries[row]?.grant.id ?? formatId(idFormat, firstComputedSequence + row);
  return {
    object: definition,
    rowCount: entries.length,
    isLive: (row) => row < entries.length,
    reader(field) {
      if (field === 'Id') return idOf;
      return (row) => {
        const entry = entries[row];
        return entry ? shareValue(object, table, entry, field) : null;
      };
    },
    rowOf(id) {
      const id18 = normalizeId(id);
      if (id18 === undefined) return undefined;
      const row = (parseId(idFormat, id18) ?? 0) - firstComputedSequence;
      if (entries[row]) return row;
      const stored = entries.findIndex(({ grant }) => grant.id === id18);
      return stored < 0 ? undefined : stored;
    },
    lookup: () => undefined,
  };
}
