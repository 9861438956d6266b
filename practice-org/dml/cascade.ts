import { SalesforceError } from '../org/errors.ts';
import type { Caller, PracticeOrg } from '../org/practice-org.ts';
import type { FieldDefinition, ObjectDefinition } from '../schema/definitions.ts';
import type { Table } from '../storage/table.ts';
import { isShareObject } from './rules/record-share.ts';
import { rowsWith } from './unique-fields.ts';

/** Records that go with their Account (help, "Deleting Accounts"); other lookups to it are emptied. */
const goWithAccount: ReadonlySet<string> = new Set(['Contact', 'Opportunity', 'Asset', 'Contract']);
const teamMembers: ReadonlySet<string> = new Set(['AccountTeamMember', 'OpportunityTeamMember']);

/** A record's manual shares end with its owner's rights to give them (Sharing Architecture guide, manual sharing). */
export function deleteManualShares(org: PracticeOrg, object: ObjectDefinition, id: string): void {
  for (const { table, field } of dependentsOf(org, object)) {
    if (!isShareObject(table.object) || !isGrantOn(table.object, field)) continue;
    const cause = table.reader('RowCause');
    for (const row of rowsWith(table, field, id)) if (cause(row) === 'Manual') table.delete(row);
  }
}

/** Takes away details with their master, and empties lookups to what is deleted. */
export function deleteDependents(org: PracticeOrg, caller: Caller, object: ObjectDefinition, id: string): void {
  if (!object.permissionable) return;
  for (const dependent of dependentsOf(org, object)) {
    const rows = rowsWith(dependent.table, dependent.field, id);
    if (rows.length > 0) release(org, caller, object, dependent, rows);
  }
}

type Dependent = { readonly table: Table; readonly field: FieldDefinition };

function* dependentsOf(org: PracticeOrg, object: ObjectDefinition): Generator<Dependent> {
  for (const child of org.schema.objects()) {
    if (!org.store.hasTable(child.name)) continue;
    for (const field of child.fields.values()) {
      if (field.referenceTo.includes(object.name)) yield { table: org.store.table(child.name), field };
    }
  }
}

function release(
  org: PracticeOrg,
  caller: Caller,
  object: ObjectDefinition,
  { table, field }: Dependent,
  rows: readonly number[],
): void {
  if (goesWith(object, table.object, field)) {
    for (const row of rows) org.dml.delete({ ...caller, system: true }, table.object.name, table.idOf(row));
    return;
  }
  if (object.name === 'Account' && table.object.name === 'Case') throw hasCases(object, table, rows);
  for (const row of rows) table.update(row, { [field.name]: null });
}

function goesWith(parent: ObjectDefinition, child: ObjectDefinition, field: FieldDefinition): boolean {
  if (field.masterDetail || isGrantOn(child, field)) return true;
  return parent.name === 'Account' && field.name === 'AccountId' && goWithAccount.has(child.name);
}

/** Shares and team members of a record, not of the user whom they name. */
function isGrantOn(child: ObjectDefinition, field: FieldDefinition): boolean {
  return (isShareObject(child) || teamMembers.has(child.name)) && !field.referenceTo.includes('User');
}

function hasCases(object: ObjectDefinition, table: Table, rows: readonly number[]): SalesforceError {
  const numbers = rows.map((row) => String(table.reader('CaseNumber')(row))).join(', ');
  return new SalesforceError(
    'DELETE_FAILED',
    `Your attempt to delete this ${object.label.toLowerCase()} could not be completed because it is associated with the following cases.: ${numbers}\n`,
  );
}
