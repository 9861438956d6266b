import { SalesforceError } from '../../org/errors.ts';
import { textOf, type ObjectRule } from '../object-rule.ts';
import { refreshAggregate, removeAggregate } from '../permission-set-group-aggregate.ts';
import { recordSetupChange } from '../setup-audit.ts';
import { recordById, recordsWhere, removeRowsWhere } from '../table-rows.ts';
import { duplicateOfUnknown } from '../unique-fields.ts';
import { assertPermissionSetName } from './permission-set.ts';

export const permissionSetGroupRule: ObjectRule = {
  completeInsert({ org }, values) {
    assertPermissionSetName(org, values['DeveloperName'] ?? null, undefined);
    return { ...values, Status: 'Updated' };
  },
  afterInsert({ org, caller }, group) {
    refreshAggregate(org, group.id);
    const display = `Created permission set group ${textOf(group, 'MasterLabel')}`;
    recordSetupChange(org, caller, { action: 'PermSetGroupCreate', section: 'Manage Users', display });
  },
  completeUpdate({ org }, group, changes) {
    if ('DeveloperName' in changes) assertPermissionSetName(org, changes['DeveloperName'] ?? null, group.id);
    return changes;
  },
  beforeDelete({ org }, group) {
    if (recordsWhere(org, 'PermissionSetAssignment', { PermissionSetGroupId: group.id }).length > 0) {
      throw new SalesforceError(
        'DELETE_FAILED',
        `Your attempt to delete ${textOf(group, 'MasterLabel')} could not be completed because it is assigned to users.`,
      );
    }
    removeRowsWhere(org, 'PermissionSetGroupComponent', { PermissionSetGroupId: group.id });
    removeAggregate(org, group.id);
  },
};

export const permissionSetGroupComponentRule: ObjectRule = {
  completeInsert({ org }, values) {
    const { PermissionSetGroupId = null, PermissionSetId = null } = values;
    const permissionSet = recordById(org, 'PermissionSet', PermissionSetId);
    if (permissionSet?.get('IsOwnedByProfile') === true || permissionSet?.get('Type') === 'Group') {
      throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', 'A permission set group holds permission sets only', {
        fields: ['PermissionSetId'],
      });
    }
    const same = recordsWhere(org, 'PermissionSetGroupComponent', { PermissionSetGroupId, PermissionSetId });
    if (same.length > 0) {
      throw duplicateOfUnknown();
    }
    return values;
  },
  afterInsert({ org }, component) {
    refreshAggregate(org, textOf(component, 'PermissionSetGroupId'));
  },
  afterDelete({ org }, component) {
    refreshAggregate(org, textOf(component, 'PermissionSetGroupId'));
  },
};
