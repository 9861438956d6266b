import type { Table } from '../../../practice-org/storage/table.ts';

/** Live rows of FieldPermissions for a field, in order of creation. */
export function fieldPermissionRows(table: Table, field: string): readonly number[] {
  const read = table.reader('Field');
  return Array.from({ length: table.rowCount }, (_, row) => row).filter(
    (row) => table.isLive(row) && read(row) === field,
  );
}
