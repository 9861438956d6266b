import type { Caller, PracticeOrg } from '../../org/practice-org.ts';
import { SalesforceError } from '../../org/errors.ts';
import { ComponentError } from '../component-error.ts';
import type { Deployment } from './component-type.ts';

/** A deployment needs the permission of each area it touches, beside the one for the Metadata API. */
export function requirePermission(org: PracticeOrg, deployment: Deployment, permission: string): void {
  const { caller } = deployment;
  const granted = [permission, 'ModifyAllData'].some((name) => org.access.systemPermission(caller.userId, name));
  if (!granted) throw new ComponentError('INSUFFICIENT_ACCESS: insufficient access rights on object id');
}

export function requireMetadataAccess(org: PracticeOrg, caller: Caller): void {
  const granted = ['ModifyAllData', 'ModifyMetadata'].some((name) => org.access.systemPermission(caller.userId, name));
  if (granted) return;
  throw new SalesforceError(
    'INSUFFICIENT_ACCESS',
    'use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
  );
}
