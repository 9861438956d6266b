import type { PracticeOrg } from '../../org/practice-org.ts';
import { isRestrictable, parseComparisons, type RestrictionRule } from '../../sharing/restriction.ts';
import { ComponentError } from '../component-error.ts';
import { compact, flag, number, text, type Document } from '../document.ts';
import type { ComponentType } from './component-type.ts';
import { outcomeOf } from './outcome.ts';
import { requirePermission } from './permissions-of-deployer.ts';

export function restrictionRuleType(org: PracticeOrg): ComponentType {
  const find = (fullName: string) =>
    org.sharing.restrictionRules.find((rule) => rule.fullName.toLowerCase() === fullName.toLowerCase());
  const type: ComponentType = {
    name: 'RestrictionRule',
    names: () => org.sharing.restrictionRules.map((rule) => rule.fullName),
    read(fullName) {
      const rule = find(fullName);
      if (rule === undefined) return undefined;
      return compact({ ...rule, fullName: null });
    },
    deploy: (fullName, document, deployment) =>
      outcomeOf(type, fullName, deployment, () => {
        requirePermission(org, deployment, 'ManageSharing');
        org.sharing.putRestrictionRule(decodeRule(org, fullName, document));
      }),
    remove: (fullName) => org.sharing.removeRestrictionRule(find(fullName)?.fullName ?? fullName),
  };
  return type;
}

function decodeRule(org: PracticeOrg, fullName: string, document: Document): RestrictionRule {
  const enforcementType = text(document, 'enforcementType');
  const targetEntity = text(document, 'targetEntity') ?? '';
  if (enforcementType !== 'Restrict' && enforcementType !== 'Scoping') {
    throw new ComponentError(`Enforcement type ${enforcementType ?? ''} is not implemented by the practice org`);
  }
  if (org.schema.object(targetEntity) === undefined) {
    throw new ComponentError(`In field: targetEntity - no CustomObject named ${targetEntity} found`);
  }
  if (enforcementType === 'Restrict' && !isRestrictable(targetEntity)) {
    throw new ComponentError(`Restriction rules are not supported for ${targetEntity}`);
  }
  const filters = {
    recordFilter: text(document, 'recordFilter') ?? '',
    userCriteria: text(document, 'userCriteria') ?? '',
  };
  for (const [element, filter] of Object.entries(filters)) requireComparisons(element, filter);
  return {
    fullName,
    active: flag(document, 'active') ?? false,
    description: text(document, 'description') ?? '',
    enforcementType,
    masterLabel: text(document, 'masterLabel') ?? '',
    targetEntity,
    version: number(document, 'version') ?? 1,
    ...filters,
  };
}

function requireComparisons(element: string, filter: string): void {
  try {
    parseComparisons(filter);
  } catch {
    throw new ComponentError(`Invalid filter in ${element}: ${filter}`);
  }
}
