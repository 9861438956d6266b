import type { Table } from '../storage/table.ts';

const noRow = -1;
/** Below this, exact resolution costs nothing worth saving. */
const smallTable = 20_000;
const prefixLength = 6;
const id15Length = 15;

/**
 * Reads a reference as a row number of the referenced table, -1 where it is empty or dangling. Large tables number their Ids
 * consecutively, so that a million references are resolved by arithmetic instead of by normalising as many strings.
 */
export function rowReference(table: Table, field: string, target: Table): (row: number) => number {
  const read = table.reader(field);
  const resolve = target.rowCount < smallTable ? exactly(target) : byArithmetic(target);
  return (row) => {
    const id = read(row);
    return typeof id === 'string' ? resolve(id) : noRow;
  };
}

function exactly(target: Table): (id: string) => number {
  return (id) => target.rowOf(id) ?? noRow;
}

function byArithmetic(target: Table): (id: string) => number {
  const first = target.idOf(0);
  const prefix = first.slice(0, prefixLength);
  const offset = sequenceOf(first);
  return (id) => {
    if (!id.startsWith(prefix)) return noRow;
    const row = sequenceOf(id) - offset;
    return target.isLive(row) ? row : noRow;
  };
}

function sequenceOf(id: string): number {
  let sequence = 0;
  for (let at = prefixLength; at < id15Length; at++) sequence = sequence * 62 + digitValue(id.charCodeAt(at));
  return sequence;
}

function digitValue(code: number): number {
  if (code < 58) return code - 48;
  return code < 91 ? code - 55 : code - 61;
}
