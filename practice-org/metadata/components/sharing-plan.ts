import type { PracticeOrg } from '../../org/practice-org.ts';
import { isSameRule, type RuleIdentity } from '../../sharing/rules.ts';
import type { SharingModel, SharingRule } from '../../sharing/sharing.ts';

/**
 * The sharing configuration that a deployment is heading for. Components are validated against it; only a real deployment
 * then hands the changes over to the org, where recalculations may lock them. A validation starts no recalculation and
 * foresees no lock.
 */
export interface SharingPlan {
  /** The declared models with this deployment's changes on top. */
  readonly models: ReadonlyMap<string, SharingModel>;
  /** What rules are judged by: a validation may see the new defaults or only the current ones. */
  readonly modelsForRules: ReadonlyMap<string, SharingModel>;
  setModel(object: string, model: SharingModel): void;
  changedModels(): ReadonlyMap<string, SharingModel>;
  rules(object: string): readonly SharingRule[];
  putRule(rule: SharingRule): void;
  removeRule(rule: RuleIdentity): void;
}

export function createSharingPlan(org: PracticeOrg, checkOnly: boolean): SharingPlan {
  const changed = new Map<string, SharingModel>();
  let planned = org.sharing.declared.rules;
  const combined = () => new Map([...org.sharing.declared.models, ...changed]);
  const foresees = !checkOnly || org.settings.quirks['check-only'] === 'combined';
  return {
    get models() {
      return combined();
    },
    get modelsForRules() {
      return foresees ? combined() : org.sharing.declared.models;
    },
    setModel: (object, model) => void changed.set(object, model),
    changedModels: () => changed,
    rules: (object) => planned.filter((rule) => rule.object.toLowerCase() === object.toLowerCase()),
    putRule(rule) {
      planned = [...planned.filter((one) => !isSameRule(one, rule)), rule];
      if (!checkOnly) org.sharing.putRule(rule);
    },
    removeRule(rule) {
      planned = planned.filter((one) => !isSameRule(one, rule));
      if (!checkOnly) org.sharing.removeRule(rule);
    },
  };
}
