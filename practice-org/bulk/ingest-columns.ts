import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { FieldDefinition } from '../schema/definitions.ts';
import type { Value, Values } from '../storage/table.ts';
import type { IngestJob } from './ingest-job.ts';
import { cellReader, type CellReader } from './row-values.ts';

/** Turns the cells of one row into its key and its field values. */
export type RowReader = {
  /** Id or external id of the row; null where the operation has none or the cell is empty. */
  readonly key: (cells: readonly string[]) => string | null;
  readonly values: (cells: readonly string[]) => Values;
  readonly columns: readonly string[];
};

export class InvalidBatch extends Error {}

export function rowReader(org: PracticeOrg, caller: Caller, job: IngestJob, header: readonly string[]): RowReader {
  const fields = header.map((name) => headerField(org, caller, job, name));
  const keyField = keyFieldOf(job);
  const keyColumn = fields.findIndex((field) => field.name.toLowerCase() === keyField?.toLowerCase());
  if (keyField !== null && keyColumn < 0) throw new InvalidBatch(`InvalidBatch : Field name not found : ${keyField}`);
  const readers = fields.map((field, column) => (column === keyColumn ? null : cellReader(field, column)));
  return {
    key: (cells) => (keyColumn < 0 ? null : cells[keyColumn] || null),
    values: (cells) => rowValues(fields, readers, cells),
    columns: fields.map((field) => field.name),
  };
}

function keyFieldOf(job: IngestJob): string | null {
  if (job.operation === 'insert') return null;
  return job.operation === 'upsert' ? job.externalIdFieldName : 'Id';
}

/** A field that the job's owner may not read is not found either. */
function headerField(org: PracticeOrg, caller: Caller, job: IngestJob, name: string): FieldDefinition {
  const field = org.schema.field(job.origin.object, name);
  const readable = field !== undefined && org.access.fieldAccess(caller.userId, job.origin.object, field.name).read;
  if (field === undefined || !readable) throw new InvalidBatch(`InvalidBatch : Field name not found : ${name}`);
  return field;
}

function rowValues(
  fields: readonly FieldDefinition[],
  readers: readonly (CellReader | null)[],
  cells: readonly string[],
): Values {
  if (cells.length > fields.length) {
    throw new SalesforceError('INVALID_ROW', `Row has ${cells.length} columns, the header ${fields.length}`);
  }
  const values: Record<string, Value> = {};
  for (const [column, reader] of readers.entries()) {
    const value = reader?.(cells[column] ?? '');
    const field = fields[column];
    if (value !== undefined && field !== undefined) values[field.name] = value;
  }
  return values;
}
