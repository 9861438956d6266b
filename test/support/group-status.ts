import { changeRow, recordsWhere } from '../../practice-org/dml/table-rows.ts';
import type { PracticeServer } from '../../practice-org/server/start.ts';

export type GroupStatus = 'Updated' | 'Outdated' | 'Updating' | 'Failed';

/** Salesforce sets it by itself while it computes what a permission set group gives, and nobody else can. */
export function setGroupStatus({ org }: PracticeServer, developerName: string, status: GroupStatus): void {
  for (const { id } of recordsWhere(org, 'PermissionSetGroup', { DeveloperName: developerName })) {
    changeRow(org, 'PermissionSetGroup', id, { Status: status });
  }
}
