import { recordById, recordsWhere } from '../../dml/table-rows.ts';
import type { StoredRecord } from '../../dml/object-rule.ts';
import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import { compact, flag, text, type Document } from '../document.ts';
import type { ComponentType } from './component-type.ts';
import { outcomeOf, systemCaller } from './outcome.ts';

export function roleNamed(org: PracticeOrg, developerName: string): StoredRecord | undefined {
  return recordsWhere(org, 'UserRole', { DeveloperName: developerName })[0];
}

/** What the owner of an account gets of its children, by element of the document. */
const childAccess = {
  caseAccessLevel: { column: 'CaseAccessForAccountOwner', object: 'Case' },
  contactAccessLevel: { column: 'ContactAccessForAccountOwner', object: 'Contact' },
  opportunityAccessLevel: { column: 'OpportunityAccessForAccountOwner', object: 'Opportunity' },
} as const;
const levels = ['None', 'Read', 'Edit'];

export function roleType(org: PracticeOrg): ComponentType {
  const type: ComponentType = {
    name: 'Role',
    names: () => recordsWhere(org, 'UserRole', {}).map((role) => String(role.get('DeveloperName'))),
    rowId: (fullName) => roleNamed(org, fullName)?.id,
    read(fullName) {
      const role = roleNamed(org, fullName);
      if (role === undefined) return undefined;
      const accessOf = (element: keyof typeof childAccess) =>
        org.sharing.declaredModel(childAccess[element].object).internal === 'ControlledByParent'
          ? null
          : role.get(childAccess[element].column);
      return compact({
        caseAccessLevel: accessOf('caseAccessLevel'),
        contactAccessLevel: accessOf('contactAccessLevel'),
        description: role.get('RollupDescription'),
        mayForecastManagerShare: role.get('MayForecastManagerShare') === true,
        name: role.get('Name'),
        opportunityAccessLevel: accessOf('opportunityAccessLevel'),
        parentRole: recordById(org, 'UserRole', role.get('ParentRoleId'))?.get('DeveloperName') ?? null,
      });
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        const values = {
          Name: text(document, 'name') ?? null,
          RollupDescription: text(document, 'description') ?? null,
          ParentRoleId: parentRoleId(org, fullName, document),
          MayForecastManagerShare: flag(document, 'mayForecastManagerShare') ?? false,
          ...accessLevels(org, document),
        };
        const role = roleNamed(org, fullName);
        const caller = systemCaller(deployment);
        if (role === undefined) org.dml.insert(caller, 'UserRole', { ...values, DeveloperName: fullName });
        else org.dml.update(caller, 'UserRole', role.id, values);
      }),
    remove(fullName, deployment) {
      const role = roleNamed(org, fullName);
      if (role !== undefined) org.dml.delete(systemCaller(deployment), 'UserRole', role.id);
    },
  };
  return type;
}

function parentRoleId(org: PracticeOrg, fullName: string, document: Document): string | null {
  const parent = text(document, 'parentRole');
  if (parent === undefined) return null;
  const role = roleNamed(org, parent);
  if (role === undefined || parent.toLowerCase() === fullName.toLowerCase()) {
    throw new ComponentError(`In field: parentRole - no Role named ${parent} found`);
  }
  return role.id;
}

/** A level below the organization-wide default is refused (help 000385879); under "Controlled by Parent" it has no meaning. */
function accessLevels(org: PracticeOrg, document: Document): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const [element, { column, object }] of Object.entries(childAccess)) {
    const { internal } = org.sharing.declaredModel(object);
    const least =
      internal === 'Private' || internal === 'ControlledByParent' ? 'None' : internal === 'Read' ? 'Read' : 'Edit';
    const level = text(document, element);
    if (level !== undefined && !levels.includes(level)) {
      throw new ComponentError(`'${level}' is not a valid value for the enum 'AccountAccessLevel'`);
    }
    if (level !== undefined && levels.indexOf(level) < levels.indexOf(least)) {
      throw new ComponentError(`${object} access level below organization default`);
    }
    values[column] = level ?? least;
  }
  return values;
}
