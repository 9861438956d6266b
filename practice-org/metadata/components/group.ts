import { recordsWhere } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import { compact, flag, text } from '../document.ts';
import type { ComponentType } from './component-type.ts';
import { outcomeOf, systemCaller } from './outcome.ts';

export function publicGroup(org: PracticeOrg, developerName: string): StoredRecord | undefined {
  return recordsWhere(org, 'Group', { Type: 'Regular', DeveloperName: developerName })[0];
}

/** Public groups. Their members are no metadata: GroupMember rows hold them. */
export function groupType(org: PracticeOrg): ComponentType {
  const type: ComponentType = {
    name: 'Group',
    names: () => recordsWhere(org, 'Group', { Type: 'Regular' }).map((group) => String(group.get('DeveloperName'))),
    rowId: (fullName) => publicGroup(org, fullName)?.id,
    read(fullName) {
      const group = publicGroup(org, fullName);
      if (group === undefined) return undefined;
      return compact({
        description: group.get('Description'),
        doesIncludeBosses: group.get('DoesIncludeBosses') === true,
        name: group.get('Name'),
      });
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        const values = {
          Name: text(document, 'name') ?? null,
          DoesIncludeBosses: flag(document, 'doesIncludeBosses') ?? true,
          Description: text(document, 'description') ?? null,
        };
        const group = publicGroup(org, fullName);
        const caller = systemCaller(deployment);
        if (group === undefined) {
          org.dml.insert(caller, 'Group', { ...values, DeveloperName: fullName, Type: 'Regular' });
        } else org.dml.update(caller, 'Group', group.id, values);
      }),
    remove(fullName, deployment) {
      const group = publicGroup(org, fullName);
      if (group === undefined) return;
      refuseWhileUsed(org, fullName);
      org.dml.delete(systemCaller(deployment), 'Group', group.id);
    },
  };
  return type;
}

/** Worded after the refusal for custom fields: no source quotes one for groups. */
function refuseWhileUsed(org: PracticeOrg, developerName: string): void {
  const users = org.sharing.declared.rules.filter((rule) =>
    [rule.sharedTo, rule.sharedFrom].some(
      (principal) => principal?.kind === 'group' && principal.name.toLowerCase() === developerName.toLowerCase(),
    ),
  );
  if (users.length === 0) return;
  const names = users.map((rule) => `Sharing Rule - ${rule.object}.${rule.fullName}`).join(', ');
  throw new ComponentError(`This group is referenced elsewhere in salesforce.com. : ${names}`);
}
