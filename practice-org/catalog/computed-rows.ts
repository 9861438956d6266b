import type { ObjectDefinition } from '../schema/definitions.ts';
import { normalizeId } from '../storage/record-id.ts';
import type { RowSource, Value } from '../storage/table.ts';

export type Columns<Item> = Readonly<Record<string, (item: Item) => Value>>;

/** Rows over a list made for one query. `key` is the column by which rows refer to these. */
export function computedRows<Item>(
  object: ObjectDefinition,
  items: readonly Item[],
  columns: Columns<Item>,
  key: string,
): RowSource {
  const columnOf = (field: string): ((row: number) => Value) => {
    const column = columns[field];
    return (row) => {
      const item = items[row];
      return column && item !== undefined ? column(item) : null;
    };
  };
  let rowsByKey: ReadonlyMap<string, number> | undefined;
  return {
    object,
    rowCount: items.length,
    isLive: (row) => row < items.length,
    reader: columnOf,
    rowOf(id) {
      rowsByKey ??= new Map(items.map((_, row) => [keyText(columnOf(key)(row)), row]));
      return rowsByKey.get(keyText(id));
    },
    lookup: () => undefined,
  };
}

/** Durable ids are texts; record Ids may come in 15 or 18 characters. */
function keyText(value: Value): string {
  const text = String(value);
  return (normalizeId(text) ?? text).toLowerCase();
}
