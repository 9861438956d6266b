import { SalesforceError } from '../org/errors.ts';
import type { ObjectDefinition } from '../schema/definitions.ts';
import { normalizeId } from '../storage/record-id.ts';
import type { Table } from '../storage/table.ts';
import { entityIsDeleted, invalidCrossReference } from './cross-references.ts';
import { wrongIdType } from './field-values.ts';

/** The row behind an Id. A record that the caller may not see is as good as none. */
export function existingRow(
  table: Table,
  object: ObjectDefinition,
  id: string,
  isVisible: (row: number) => boolean,
): number {
  const row = table.rowOf(id);
  if (row === undefined) throw unknownRecord(table, object, id);
  if (!isVisible(row)) throw invalidCrossReference(404);
  return row;
}

function unknownRecord(table: Table, object: ObjectDefinition, id: string): SalesforceError {
  const id18 = normalizeId(id);
  if (id18 === undefined) return new SalesforceError('MALFORMED_ID', `malformed id ${id}`, { fields: ['Id'] });
  if (object.keyPrefix !== null && !id18.startsWith(object.keyPrefix)) {
    return wrongIdType({ name: 'Id', label: `${object.label} ID` }, id);
  }
  return table.isDeletedId(id18) ? entityIsDeleted(404) : invalidCrossReference(404);
}
