import type { ObjectDefinition } from '../schema/definitions.ts';
import type { Value } from './table.ts';

type Reader = (row: number) => Value;

/** Fields that the platform computes from others at every read; undefined for a stored field. */
export function derivedReader(
  object: ObjectDefinition,
  fieldName: string,
  read: (field: string) => Reader,
): Reader | undefined {
  const field = object.fields.get(fieldName.toLowerCase());
  if (field?.nameField && !field.createable && object.fields.has('lastname'))
    return fullNameReader(read('FirstName'), read('LastName'));
  if (field?.autoNumber) return autoNumberReader(field.metadata?.['displayFormat']);
  return undefined;
}

function fullNameReader(readFirst: Reader, readLast: Reader): Reader {
  return (row) => {
    const first = readFirst(row);
    const last = readLast(row);
    return first === null || first === '' ? last : `${String(first)} ${String(last)}`;
  };
}

/** Standard auto numbers have eight digits; a custom one follows its display format, such as "INV-{0000}". */
function autoNumberReader(displayFormat: unknown): Reader {
  const format = typeof displayFormat === 'string' ? displayFormat : '{00000000}';
  return (row) => format.replace(/\{(0+)\}/, (_, zeros: string) => String(row + 1).padStart(zeros.length, '0'));
}
