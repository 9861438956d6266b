import { SalesforceError } from '../../org/errors.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';

/**
 * A user whom a setting of the org names cannot be deactivated (help 000384586, 000384761, 005385527). The texts are theirs;
 * their error code is not quoted anywhere.
 */
export function assertMayDeactivate(org: PracticeOrg, userId: string): void {
  const refusal = org.dml.indispensableUsers.get(userId);
  if (refusal !== undefined) throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', refusal);
}
