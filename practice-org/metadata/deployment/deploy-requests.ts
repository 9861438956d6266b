import type { PracticeOrg } from '../../org/practice-org.ts';
import type { Value } from '../../storage/table.ts';
import type { DeployResult } from '../messages.ts';

/** The row that the Tooling API shows of a deployment; its Id is the deployment's. */
export function openDeployRequest(org: PracticeOrg, userId: string): string {
  const table = org.store.table('DeployRequest');
  return table.idOf(table.insert({ Status: 'Pending', CreatedById: userId, LastModifiedById: userId }));
}

export function updateDeployRequest(org: PracticeOrg, result: DeployResult): void {
  const table = org.store.table('DeployRequest');
  const row = table.rowOf(result.id);
  if (row === undefined) return;
  table.update(row, {
    Status: result.status,
    StartDate: timestamp(result.startDate),
    CompletedDate: timestamp(result.completedDate),
    CheckOnly: result.checkOnly,
    IgnoreWarnings: result.ignoreWarnings,
    RollbackOnError: result.rollbackOnError,
    NumberComponentsTotal: result.numberComponentsTotal,
    NumberComponentsDeployed: result.numberComponentsDeployed,
    NumberComponentErrors: result.numberComponentErrors,
    ErrorMessage: result.errorMessage ?? null,
  });
}

/** Rows write the time zone in digits, the Metadata API as "Z". */
function timestamp(iso: string | undefined): Value {
  return iso?.replace('Z', '+0000') ?? null;
}
