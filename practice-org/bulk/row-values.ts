import { SalesforceError } from '../org/errors.ts';
import type { FieldDefinition } from '../schema/definitions.ts';
import type { Value } from '../storage/table.ts';

/** The text that sets a field to null; an empty cell leaves it as it is (Bulk API 2.0 guide, "Valid CSV Record Rows"). */
const nullMarker = '#N/A';

export type CellReader = (cell: string) => Value | undefined;

/** How a column's cells become values; undefined means that the row does not touch the field. */
export function cellReader(field: FieldDefinition, column: number): CellReader {
  const convert = converter(field, column);
  return (cell) => {
    if (cell === '') return undefined;
    return cell === nullMarker ? null : convert(cell);
  };
}

function converter(field: FieldDefinition, column: number): (cell: string) => Value {
  switch (field.type) {
    case 'boolean':
      return (cell) => booleanValue(cell, column);
    case 'int':
      return (cell) => numberValue(cell, column, 'xsd:int');
    case 'double':
    case 'currency':
    case 'percent':
      return (cell) => numberValue(cell, column, 'xsd:double');
    default:
      return (cell) => cell;
  }
}

function booleanValue(cell: string, column: number): boolean {
  switch (cell.toLowerCase()) {
    case 'true':
    case '1':
      return true;
    case 'false':
    case '0':
      return false;
    default:
      throw wrongType(cell, column, 'xsd:boolean');
  }
}

function numberValue(cell: string, column: number, type: string): number {
  const value = Number(cell);
  if (cell.trim() === '' || !Number.isFinite(value)) throw wrongType(cell, column, type);
  return value;
}

function wrongType(cell: string, column: number, type: string): SalesforceError {
  return new SalesforceError(
    'INVALID_TYPE_ON_FIELD_IN_RECORD',
    `Error converting value to correct data type: Failed to deserialize field at col ${column}. Due to, '${cell}' is not a valid value for the type ${type}`,
  );
}
