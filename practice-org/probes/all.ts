import { addressLength } from './facts/address-length.ts';
import { checkboxWithoutDefault } from './facts/checkbox-without-default.ts';
import { defaultAndRuleTogether } from './facts/default-and-rule-together.ts';
import { duplicateGroupName } from './facts/duplicate-group-name.ts';
import { existingGroupMember } from './facts/existing-group-member.ts';
import { externalAboveInternal } from './facts/external-above-internal.ts';
import { fieldNameRules } from './facts/field-name-rules.ts';
import { fieldPermissionsOnIntegrationProfile } from './facts/field-permissions-on-integration-profile.ts';
import { licenceDefinitionKey } from './facts/licence-definition-key.ts';
import { licenceRemovedUnderPermissionSet } from './facts/licence-removed-under-permission-set.ts';
import { nestedSemiJoin } from './facts/nested-semi-join.ts';
import { organizationForIntegrationUser } from './facts/organization-for-integration-user.ts';
import { permissionSetWithoutLicence } from './facts/permission-set-without-licence.ts';
import { queriesInOneComposite } from './facts/queries-in-one-composite.ts';
import { recordAccessLimit } from './facts/record-access-limit.ts';
import { reifiedComparison } from './facts/reified-comparison.ts';
import { roleOnIntegrationLicence } from './facts/role-on-integration-licence.ts';
import { seatsUsedUp } from './facts/seats-used-up.ts';
import { severalSetupTypes } from './facts/several-setup-types.ts';
import { unknownColumn } from './facts/unknown-column.ts';
import { userAccessThroughRest } from './facts/user-access-through-rest.ts';
import type { Probe } from './probe.ts';

export const probes: readonly Probe[] = [
  licenceDefinitionKey,
  unknownColumn,
  recordAccessLimit,
  reifiedComparison,
  userAccessThroughRest,
  queriesInOneComposite,
  addressLength,
  nestedSemiJoin,
  organizationForIntegrationUser,
  externalAboveInternal,
  checkboxWithoutDefault,
  defaultAndRuleTogether,
  fieldNameRules,
  roleOnIntegrationLicence,
  seatsUsedUp,
  severalSetupTypes,
  fieldPermissionsOnIntegrationProfile,
  permissionSetWithoutLicence,
  licenceRemovedUnderPermissionSet,
  duplicateGroupName,
  existingGroupMember,
];
