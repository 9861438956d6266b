import { recordById, recordsWhere } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import { compact, flag, text, texts, type Document } from '../document.ts';
import type { ComponentType, Deployment } from './component-type.ts';
import { outcomeOf, systemCaller } from './outcome.ts';
import { permissionSetNamed } from './permission-set.ts';

export function permissionSetGroupType(org: PracticeOrg): ComponentType {
  const find = (fullName: string) => recordsWhere(org, 'PermissionSetGroup', { DeveloperName: fullName })[0];
  const type: ComponentType = {
    name: 'PermissionSetGroup',
    names: () => recordsWhere(org, 'PermissionSetGroup', {}).map((group) => String(group.get('DeveloperName'))),
    rowId: (fullName) => find(fullName)?.id,
    read(fullName) {
      const group = find(fullName);
      return group === undefined ? undefined : readGroup(org, group);
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        const members = memberIds(org, document);
        const values = {
          MasterLabel: text(document, 'label') ?? null,
          Description: text(document, 'description') ?? null,
          HasActivationRequired: flag(document, 'hasActivationRequired') ?? false,
        };
        const caller = systemCaller(deployment);
        const existing = find(fullName);
        if (existing !== undefined) org.dml.update(caller, 'PermissionSetGroup', existing.id, values);
        const id = existing?.id ?? org.dml.insert(caller, 'PermissionSetGroup', { ...values, DeveloperName: fullName });
        replaceMembers(org, id, members, deployment);
      }),
    remove(fullName, deployment) {
      const group = find(fullName);
      if (group !== undefined) org.dml.delete(systemCaller(deployment), 'PermissionSetGroup', group.id);
    },
  };
  return type;
}

function membersOf(org: PracticeOrg, group: StoredRecord): readonly StoredRecord[] {
  return recordsWhere(org, 'PermissionSetGroupComponent', { PermissionSetGroupId: group.id }).flatMap(
    (component) => recordById(org, 'PermissionSet', component.get('PermissionSetId')) ?? [],
  );
}

function readGroup(org: PracticeOrg, group: StoredRecord): Document {
  const members = membersOf(org, group);
  const names = (muting: boolean) =>
    members
      .filter((set) => (set.get('Type') === 'Muting') === muting)
      .map((set) => String(set.get('Name')))
      .sort();
  return compact({
    description: group.get('Description'),
    hasActivationRequired: group.get('HasActivationRequired') === true,
    label: group.get('MasterLabel'),
    mutingPermissionSets: names(true),
    permissionSets: names(false),
    status: group.get('Status'),
  });
}

function memberIds(org: PracticeOrg, document: Document): readonly string[] {
  const lists = [
    ['permissionSets', 'PermissionSet'],
    ['mutingPermissionSets', 'MutingPermissionSet'],
  ] as const;
  return lists.flatMap(([element, kind]) =>
    texts(document, element).map((name) => {
      const set = permissionSetNamed(org, kind, name);
      if (set === undefined) throw new ComponentError(`In field: ${element} - no ${kind} named ${name} found`);
      return set.id;
    }),
  );
}

function replaceMembers(org: PracticeOrg, groupId: string, wanted: readonly string[], deployment: Deployment): void {
  const caller = systemCaller(deployment);
  const components = recordsWhere(org, 'PermissionSetGroupComponent', { PermissionSetGroupId: groupId });
  for (const component of components) {
    if (wanted.includes(String(component.get('PermissionSetId')))) continue;
    org.dml.delete(caller, 'PermissionSetGroupComponent', component.id);
  }
  const present = new Set(components.map((component) => component.get('PermissionSetId')));
  for (const PermissionSetId of new Set(wanted)) {
    if (present.has(PermissionSetId)) continue;
    org.dml.insert(caller, 'PermissionSetGroupComponent', { PermissionSetGroupId: groupId, PermissionSetId });
  }
}
