import type { PracticeOrg } from '../../org/practice-org.ts';
import type { ComponentRecords } from '../component-records.ts';
import type { ComponentType } from './component-type.ts';
import { customFieldType } from './custom-field.ts';
import { customObjectType } from './custom-object.ts';
import { groupType } from './group.ts';
import { layoutType } from './layout.ts';
import { hasComponent, type NamedComponents } from './named-components.ts';
import { permissionSetGroupType } from './permission-set-group.ts';
import { permissionSetType } from './permission-set.ts';
import { profileType } from './profile.ts';
import { queueType } from './queue.ts';
import { recordTypeType } from './record-type.ts';
import { restrictionRuleType } from './restriction-rule.ts';
import { roleType } from './role.ts';
import { ruleKinds, sharingRuleType, type RuleTypeName } from './sharing-rule.ts';
import { sharingRulesType } from './sharing-rules.ts';
import { sharingSettingsType } from './sharing-settings.ts';

/** Every implemented type by its name. */
export function createComponentTypes(
  org: PracticeOrg,
  records: ComponentRecords,
  named: NamedComponents,
): ReadonlyMap<string, ComponentType> {
  const has = (type: string, name: string) => hasComponent(org, named, type, name);
  const types = [
    sharingSettingsType(org, records),
    roleType(org),
    groupType(org),
    customObjectType(org),
    customFieldType(org),
    recordTypeType(org, records),
    queueType(org),
    layoutType(org, records),
    permissionSetType(org, records, has, 'PermissionSet'),
    permissionSetType(org, records, has, 'MutingPermissionSet'),
    permissionSetGroupType(org),
    profileType(org, records, has),
    sharingRulesType(org),
    ...(Object.keys(ruleKinds) as readonly RuleTypeName[]).map((name) => sharingRuleType(org, name)),
    restrictionRuleType(org),
  ];
  return new Map(types.map((type) => [type.name, type]));
}
