import { normalizeId } from './record-id.ts';
import type { Value } from './table.ts';

/** Rows by the value of one field. Text is kept without regard to case, as SOQL compares it; nulls are not indexed. */
export class FieldIndex {
  private readonly rowsByKey = new Map<Value, Set<number>>();

  public add(value: Value, row: number): void {
    if (value === null) return;
    const key = indexKey(value);
    const rows = this.rowsByKey.get(key);
    if (rows) rows.add(row);
    else this.rowsByKey.set(key, new Set([row]));
  }

  public remove(value: Value, row: number): void {
    if (value === null) return;
    const key = indexKey(value);
    const rows = this.rowsByKey.get(key);
    rows?.delete(row);
    if (rows?.size === 0) this.rowsByKey.delete(key);
  }

  public rows(value: Value): ReadonlySet<number> {
    return this.rowsByKey.get(indexKey(value)) ?? new Set();
  }
}

function indexKey(value: Value): Value {
  if (typeof value !== 'string') return value;
  const id = value.length === 15 ? normalizeId(value) : undefined;
  return (id ?? value).toLowerCase();
}
