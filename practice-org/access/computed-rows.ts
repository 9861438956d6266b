import type { ObjectDefinition } from '../schema/definitions.ts';
import type { RowSource, Value, Values } from '../storage/table.ts';

/** Rows made for one query. They have no index: there are only as many as were asked for. */
export function computedRows(object: ObjectDefinition, rows: readonly Values[]): RowSource {
  return {
    object,
    rowCount: rows.length,
    isLive: (row) => row < rows.length,
    reader: (field) => (row) => rows[row]?.[field] ?? null,
    rowOf: () => undefined,
    lookup: () => undefined,
  };
}

/** The values that a filter allows for a field, in any case of the field's name. */
export function hintedValues(
  hints: ReadonlyMap<string, readonly Value[]>,
  field: string,
): readonly string[] | undefined {
  for (const [name, values] of hints) {
    if (name.toLowerCase() === field.toLowerCase()) return values.filter((value) => typeof value === 'string');
  }
  return undefined;
}
