import type { PracticeOrg } from '../../org/practice-org.ts';
import { ComponentError } from '../component-error.ts';
import type { ComponentType } from './component-type.ts';

/** The file of an object's sharing rules. It is there as long as it has a rule, and has no content but its rules. */
export function sharingRulesType(org: PracticeOrg): ComponentType {
  const names = () => [...new Set(org.sharing.declared.rules.map((rule) => rule.object))];
  return {
    name: 'SharingRules',
    names,
    read: (fullName) => (names().some((name) => name.toLowerCase() === fullName.toLowerCase()) ? {} : undefined),
    deploy: () => 'unchanged',
    remove() {
      throw new ComponentError('SharingRules cannot be deleted as a whole: delete the rules');
    },
  };
}
